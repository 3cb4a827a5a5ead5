//! Accounts as administrators manage them: who somebody is, never what they wrote.

use super::answer::Json;
use super::caller::Caller;
use super::error::ApiError;
use super::etag::Versioned;
use super::extract::{Body, Ids, Params, bad_page};
use super::reasons::{DeactivateReason, RefuseReason, RestoreAccountReason};
use crate::app::App;
use crate::commands::people::Decision;
use anamnesis_domain::account::{Specialty, Status};
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::accounts::{self, Account, AccountFilter, NameCursor};
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "User")]
pub(super) struct UserView {
    account_id: AccountId,
    /// Null once it was erased.
    username: Option<String>,
    email: Option<String>,
    name: String,
    role: Role,
    /// What was asked for; null for patients.
    requested_role: Option<Role>,
    status: Status,
    specialty: Option<Specialty>,
    registered_at: DateTime<Utc>,
    /// What `ETag` says of it alone.
    version: u64,
}

impl From<Account> for UserView {
    fn from(account: Account) -> Self {
        Self {
            account_id: account.account_id,
            username: account.username,
            email: account.email,
            name: account.name,
            role: account.role,
            requested_role: account.requested_role,
            status: account.status,
            specialty: account.specialty,
            registered_at: account.registered_at,
            version: account.version,
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Users {
    users: Vec<UserView>,
    /// Send it as `after` for the next page; null on the last.
    next: Option<AccountId>,
}

impl Users {
    fn of(found: Vec<Account>, limit: u32) -> Self {
        let full = found.len() == limit as usize;
        let next = found.last().map(|last| last.account_id).filter(|_| full);
        Self { users: found.into_iter().map(UserView::from).collect(), next }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// By default `active`.
    status: Option<Status>,
    /// Only those of this role; by default all.
    role: Option<Role>,
    /// The last account of the page before.
    after: Option<AccountId>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

/// Accounts of one status, by name.
pub(super) async fn list_users(
    State(app): State<Arc<App>>,
    Params(page): Params<Page>,
) -> Result<Json<Users>, ApiError> {
    listed(&app, None, page).await
}

/// A body and no query: names and addresses are not for URLs, which are kept on their way.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UserSearch")]
pub(super) struct Search {
    /// Beginnings of words of the name.
    #[schemars(example = &"noor had")]
    name: Option<String>,
    /// The whole username or e-mail address of one account, whatever its status; nothing else
    /// can be asked together with it.
    login: Option<String>,
    /// By default `active`.
    status: Option<Status>,
    /// Only those of this role; by default all.
    role: Option<Role>,
    /// The last account of the page before.
    after: Option<AccountId>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

/// Accounts of one status whose name begins so, by name; or the one that logs in with this.
pub(super) async fn search_users(
    State(app): State<Arc<App>>,
    Body(search): Body<Search>,
) -> Result<Json<Users>, ApiError> {
    let Search { name, login, status, role, after, limit } = search;
    let Some(login) = login else {
        return listed(&app, name, Page { status, role, after, limit }).await;
    };
    if (name, status, role, after, limit) != (None, None, None, None, None) {
        return Err(ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "body_invalid",
            "give login alone",
        ));
    }
    let found = accounts::account_by_login(&app.pool, &login).await?;
    let users = found.into_iter().map(UserView::from).collect();
    Ok(Json(Users { users, next: None }))
}

async fn listed(app: &App, name: Option<String>, page: Page) -> Result<Json<Users>, ApiError> {
    let Page { status, role, after, limit } = page;
    let limit = limit.unwrap_or(50).clamp(1, 100);
    let after = match after {
        Some(id) => {
            let last = accounts::account_by_id(&app.pool, id).await?.ok_or_else(bad_page)?;
            NameCursor { name: last.name, account_id: id.0 }
        }
        None => NameCursor::default(),
    };
    let filter = AccountFilter { status: status.unwrap_or(Status::Active), role, name };
    let found = accounts::accounts_by_name(&app.pool, &filter, &after, limit).await?;
    Ok(Json(Users::of(found, limit)))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Waiting {
    /// The last account of the page before.
    after: Option<AccountId>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

/// Staff accounts that wait for an administrator, the first who asked first.
pub(super) async fn list_approvals(
    State(app): State<Arc<App>>,
    Params(page): Params<Waiting>,
) -> Result<Json<Users>, ApiError> {
    let limit = page.limit.unwrap_or(50).clamp(1, 100);
    let after = match page.after {
        Some(id) => {
            let last = accounts::account_by_id(&app.pool, id).await?.ok_or_else(bad_page)?;
            (last.registered_at, id)
        }
        None => (DateTime::UNIX_EPOCH, AccountId(Uuid::nil())),
    };
    let found = accounts::accounts_waiting(&app.pool, after, limit).await?;
    Ok(Json(Users::of(found, limit)))
}

/// One account.
pub(super) async fn read_user(
    State(app): State<Arc<App>>,
    Ids(account_id): Ids<AccountId>,
) -> Result<Versioned<UserView>, ApiError> {
    shown(&app, account_id).await
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RoleChoice")]
pub(super) struct OfRole {
    #[schemars(example = &"doctor")]
    role: Role,
}

/// Lets a requested account in, with the role it shall have.
pub(super) async fn approve_account(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(account_id): Ids<AccountId>,
    Body(OfRole { role }): Body<OfRole>,
) -> Result<Versioned<UserView>, ApiError> {
    decide(&app, &caller, account_id, Decision::Approve { role }).await
}

/// Gives a member of staff another role, which ends their sessions.
pub(super) async fn change_role(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(account_id): Ids<AccountId>,
    Body(OfRole { role }): Body<OfRole>,
) -> Result<Versioned<UserView>, ApiError> {
    decide(&app, &caller, account_id, Decision::ChangeRole { role }).await
}

/// Turns a requested account down, for good.
pub(super) async fn refuse_account(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(account_id): Ids<AccountId>,
    Body(Because { reason }): Body<Because<RefuseReason>>,
) -> Result<Versioned<UserView>, ApiError> {
    decide(&app, &caller, account_id, Decision::Refuse { reason: reason.code() }).await
}

/// Takes an account out of use, which ends its sessions.
pub(super) async fn deactivate_account(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(account_id): Ids<AccountId>,
    Body(Because { reason }): Body<Because<DeactivateReason>>,
) -> Result<Versioned<UserView>, ApiError> {
    decide(&app, &caller, account_id, Decision::Deactivate { reason: reason.code() }).await
}

/// Brings a deactivated account back, as it was.
pub(super) async fn restore_account(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(account_id): Ids<AccountId>,
    Body(Because { reason }): Body<Because<RestoreAccountReason>>,
) -> Result<Versioned<UserView>, ApiError> {
    decide(&app, &caller, account_id, Decision::Restore { reason: reason.code() }).await
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "{R}Given")]
pub(super) struct Because<R> {
    reason: R,
}

async fn decide(
    app: &App,
    caller: &Caller,
    account_id: AccountId,
    decision: Decision,
) -> Result<Versioned<UserView>, ApiError> {
    let executed = app.people.decide(&caller.request(None), account_id, decision).await?;
    app.settle(&executed).await;
    shown(app, account_id).await
}

async fn shown(app: &App, account_id: AccountId) -> Result<Versioned<UserView>, ApiError> {
    let found = accounts::account_by_id(&app.pool, account_id).await?;
    let account = found.ok_or_else(ApiError::not_found)?;
    Ok(Versioned(account.version, UserView::from(account)))
}
