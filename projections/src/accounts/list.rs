//! Accounts as administrators list them.

use super::account::{Account, status_name};
use super::directory::NameCursor;
use crate::number::bigint;
use anamnesis_domain::account::Status;
use anamnesis_domain::{AccountId, Role};
use chrono::{DateTime, Utc};
use sqlx::PgExecutor;
use uuid::Uuid;

/// At most `limit` (of 200) accounts of this status, and of this role where one is asked for, by
/// name, after the cursor.
pub async fn accounts_by_name(
    executor: impl PgExecutor<'_>,
    status: Status,
    role: Option<Role>,
    after: &NameCursor,
    limit: u32,
) -> Result<Vec<Account>, sqlx::Error> {
    let query = match role {
        Some(role) => sqlx::query_as(
            "SELECT account_id, username, email, name, bio, bio_event_id, phone,
                 phone_event_id, picture_id, role, requested_role, status, availability,
                 specialty, registered_at, version, last_position
             FROM read.accounts
             WHERE status = $1 AND role = $5 AND (name, account_id) > ($2, $3)
             ORDER BY name, account_id LIMIT $4",
        )
        .bind(status_name(status))
        .bind(&after.name)
        .bind(after.account_id)
        .bind(i64::from(limit.min(200)))
        .bind(role.as_str()),
        None => sqlx::query_as(
            "SELECT account_id, username, email, name, bio, bio_event_id, phone,
                 phone_event_id, picture_id, role, requested_role, status, availability,
                 specialty, registered_at, version, last_position
             FROM read.accounts
             WHERE status = $1 AND (name, account_id) > ($2, $3)
             ORDER BY name, account_id LIMIT $4",
        )
        .bind(status_name(status))
        .bind(&after.name)
        .bind(after.account_id)
        .bind(i64::from(limit.min(200))),
    };
    query.fetch_all(executor).await
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
         FROM read.accounts
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
        "SELECT account_id FROM read.accounts WHERE last_position > $1
         ORDER BY last_position LIMIT $2",
    )
    .bind(bigint(position))
    .bind(i64::from(limit.min(1_000)))
    .fetch_all(executor)
    .await?;
    Ok(ids.into_iter().map(AccountId).collect())
}
