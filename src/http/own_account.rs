//! What people see and say of themselves.

use super::answer::Json;
use super::caller::Caller;
use super::error::ApiError;
use super::etag::{IfMatch, Versioned};
use super::extract::Body;
use super::pictures::picture_path;
use super::views;
use crate::app::App;
use crate::commands::people::Profile;
use crate::sealing::SealedAt;
use anamnesis_domain::account::{Account as AccountAggregate, Availability, Specialty};
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::{SealedText, accounts};
use axum::extract::State;
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Serialize, JsonSchema)]
pub(super) struct OwnAccount {
    pub(super) account_id: AccountId,
    pub(super) username: Option<String>,
    pub(super) email: Option<String>,
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) registered_at: DateTime<Utc>,
    /// Null when there is none.
    pub(super) bio: Option<String>,
    pub(super) phone: Option<String>,
    /// Where the picture is; null when there is none.
    pub(super) picture: Option<String>,
    /// A doctor's; null for everybody else.
    availability: Option<Availability>,
    specialty: Option<Specialty>,
}

/// The caller's own account.
pub(super) async fn read_own_account(
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Versioned<OwnAccount>, ApiError> {
    let (version, own) = own_account(&app, caller.actor.account_id).await?;
    Ok(Versioned(version, own))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileChanges {
    /// What others see.
    name: Option<String>,
    /// An empty text clears.
    bio: Option<String>,
    /// An empty text clears.
    #[schemars(example = &"+49 30 1234")]
    phone: Option<String>,
    /// Of doctors only.
    specialty: Option<Specialty>,
}

/// Changes what is given and leaves the rest.
pub(super) async fn change_own_account(
    State(app): State<Arc<App>>,
    caller: Caller,
    IfMatch(version): IfMatch,
    Body(changes): Body<ProfileChanges>,
) -> Result<Versioned<OwnAccount>, ApiError> {
    let ProfileChanges { name, bio, phone, specialty } = changes;
    let profile = Profile { name, bio, phone, specialty };
    let executed = app.people.change_profile(&caller.request(None), version, profile).await?;
    app.settle(&executed).await;
    let (version, own) = own_account(&app, caller.actor.account_id).await?;
    Ok(Versioned(version, own))
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AvailabilityChange {
    availability: Availability,
}

/// A doctor says whether they can be reached.
pub(super) async fn change_own_availability(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(change): Body<AvailabilityChange>,
) -> Result<Json<AvailabilityChange>, ApiError> {
    let request = caller.request(None);
    let executed = app.people.change_availability(&request, change.availability).await?;
    app.settle(&executed).await;
    Ok(Json(change))
}

/// An account as its person sees it, and its version.
pub(super) async fn own_account(
    app: &App,
    account_id: AccountId,
) -> Result<(u64, OwnAccount), ApiError> {
    let account = accounts::account_by_id(&app.pool, account_id).await?;
    // Registered, but the read model is not there yet.
    let account = account.ok_or_else(|| {
        ApiError::unavailable("read_models_lag", "the account exists; the server is catching up")
    })?;
    let is_doctor = account.role == Role::Doctor;
    let own = OwnAccount {
        account_id,
        bio: opened(app, account_id, "bio", account.bio.as_ref()).await?,
        phone: opened(app, account_id, "phone", account.phone.as_ref()).await?,
        username: account.username,
        email: account.email,
        name: account.name,
        role: account.role,
        registered_at: account.registered_at,
        picture: account.picture_id.map(|_| picture_path(account_id)),
        availability: is_doctor.then_some(account.availability),
        specialty: account.specialty.filter(|_| is_doctor),
    };
    Ok((account.version, own))
}

/// A text of somebody's profile; what opens to an empty one was cleared.
pub(super) async fn opened(
    app: &App,
    account_id: AccountId,
    field: &str,
    text: Option<&SealedText>,
) -> Result<Option<String>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    let at = SealedAt {
        event_id: text.event_id,
        aggregate_type: AccountAggregate::TYPE,
        aggregate_id: &account_id.to_string(),
        field,
    };
    let opened = app.gateway.open_profile(at, &text.sealed).await;
    Ok(views::in_clear(std::iter::once(Some(opened)))?
        .pop()
        .flatten()
        .filter(|text| !text.is_empty()))
}
