//! Accounts as administrators list them.

use super::account::{Account, beginnings, status_name};
use super::directory::NameCursor;
use crate::number::bigint;
use anamnesis_domain::account::Status;
use anamnesis_domain::{AccountId, Role};
use chrono::{DateTime, Utc};
use sqlx::PgExecutor;
use uuid::Uuid;

/// Which accounts are wanted.
#[derive(Clone, Debug)]
pub struct AccountFilter {
    /// Those of this status.
    pub status: Status,
    /// Those of this role; by default all.
    pub role: Option<Role>,
    /// Those with these beginnings of words in their names, as in
    /// [`DoctorFilter`](super::DoctorFilter::name).
    pub name: Option<String>,
}

/// At most `limit` (of 200) accounts by name, after the cursor. Cost: one page of an index where
/// no name is asked for; with a name, all accounts whose names match are sorted.
pub async fn accounts_by_name(
    executor: impl PgExecutor<'_>,
    filter: &AccountFilter,
    after: &NameCursor,
    limit: u32,
) -> Result<Vec<Account>, sqlx::Error> {
    let words = filter.name.as_deref().and_then(beginnings);
    let roles = filter.role.as_ref().map_or(Role::ALL.as_slice(), std::slice::from_ref);
    let query = match (words, filter.role) {
        // `OFFSET 0` keeps the two apart: otherwise everybody is gone through by name until there
        // are enough to fill a page.
        (Some(words), _) => sqlx::query_as(
            "SELECT account_id, username, email, name, bio, bio_event_id, phone,
                 phone_event_id, picture_id, role, requested_role, status, availability,
                 specialty, registered_at, version, last_position
             FROM (
                 SELECT * FROM accounts
                 WHERE array_to_tsvector(string_to_array(name_key, ' ')) @@ $5::text::tsquery
                     AND status = $1 AND role = ANY($6)
                 OFFSET 0
             ) AS named
             WHERE (name, account_id) > ($2, $3)
             ORDER BY name, account_id LIMIT $4",
        )
        .bind(status_name(filter.status))
        .bind(&after.name)
        .bind(after.account_id)
        .bind(i64::from(limit.min(200)))
        .bind(words)
        .bind(roles.iter().map(|role| role.as_str()).collect::<Vec<_>>()),
        (None, Some(role)) => sqlx::query_as(
            "SELECT account_id, username, email, name, bio, bio_event_id, phone,
                 phone_event_id, picture_id, role, requested_role, status, availability,
                 specialty, registered_at, version, last_position
             FROM accounts
             WHERE status = $1 AND role = $5 AND (name, account_id) > ($2, $3)
             ORDER BY name, account_id LIMIT $4",
        )
        .bind(status_name(filter.status))
        .bind(&after.name)
        .bind(after.account_id)
        .bind(i64::from(limit.min(200)))
        .bind(role.as_str()),
        (None, None) => sqlx::query_as(
            "SELECT account_id, username, email, name, bio, bio_event_id, phone,
                 phone_event_id, picture_id, role, requested_role, status, availability,
                 specialty, registered_at, version, last_position
             FROM accounts
             WHERE status = $1 AND (name, account_id) > ($2, $3)
             ORDER BY name, account_id LIMIT $4",
        )
        .bind(status_name(filter.status))
        .bind(&after.name)
        .bind(after.account_id)
        .bind(i64::from(limit.min(200))),
    };
    query.fetch_all(executor).await
}

/// At most `limit` (of 200) accounts with these beginnings of words in their names, as in
/// [`DoctorFilter`](super::DoctorFilter::name), whatever became of them, by name; none where there
/// is no word. Cost: all accounts whose names match are sorted.
pub async fn accounts_named(
    executor: impl PgExecutor<'_>,
    name: &str,
    role: Option<Role>,
    limit: u32,
) -> Result<Vec<Account>, sqlx::Error> {
    let Some(words) = beginnings(name) else { return Ok(Vec::new()) };
    sqlx::query_as(
        "SELECT account_id, username, email, name, bio, bio_event_id, phone,
             phone_event_id, picture_id, role, requested_role, status, availability,
             specialty, registered_at, version, last_position
         FROM accounts
         WHERE array_to_tsvector(string_to_array(name_key, ' ')) @@ $1::text::tsquery
             AND ($2::text IS NULL OR role = $2)
         ORDER BY name, account_id LIMIT $3",
    )
    .bind(words)
    .bind(role.map(Role::as_str))
    .bind(i64::from(limit.min(200)))
    .fetch_all(executor)
    .await
}

/// At most `limit` (of 200) accounts that wait for an administrator, the first who asked first,
/// after that instant and account.
pub async fn accounts_waiting(
    executor: impl PgExecutor<'_>,
    after: (DateTime<Utc>, AccountId),
    limit: u32,
) -> Result<Vec<Account>, sqlx::Error> {
    sqlx::query_as(
        "SELECT account_id, username, email, name, bio, bio_event_id, phone,
             phone_event_id, picture_id, role, requested_role, status, availability,
             specialty, registered_at, version, last_position
         FROM accounts
         WHERE status = 'pending' AND (registered_at, account_id) > ($1, $2)
         ORDER BY registered_at, account_id LIMIT $3",
    )
    .bind(after.0)
    .bind(after.1.0)
    .bind(i64::from(limit.min(200)))
    .fetch_all(executor)
    .await
}

/// At most `limit` (of 1,000) accounts to which anything happened after `position`, in the order
/// of their last events.
pub async fn accounts_changed_after(
    executor: impl PgExecutor<'_>,
    position: u64,
    limit: u32,
) -> Result<Vec<AccountId>, sqlx::Error> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "SELECT account_id FROM accounts WHERE last_position > $1
         ORDER BY last_position LIMIT $2",
    )
    .bind(bigint(position))
    .bind(i64::from(limit.min(1_000)))
    .fetch_all(executor)
    .await?;
    Ok(ids.into_iter().map(AccountId).collect())
}
