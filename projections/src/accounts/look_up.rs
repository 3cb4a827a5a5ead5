//! Finding accounts.

use super::account::{Account, normalise};
use anamnesis_domain::AccountId;
use sqlx::PgExecutor;
use std::collections::HashMap;
use uuid::Uuid;

/// The account with this id.
pub async fn account_by_id(
    executor: impl PgExecutor<'_>,
    account: AccountId,
) -> Result<Option<Account>, sqlx::Error> {
    sqlx::query_as(
        "SELECT account_id, username, email, name, bio, bio_event_id, phone,
             phone_event_id, picture_id, role, requested_role, status, availability,
             specialty, registered_at, version, last_position
         FROM accounts WHERE account_id = $1",
    )
    .bind(account.0)
    .fetch_optional(executor)
    .await
}

/// The account that signs in with this username or e-mail address, however it is written. A
/// username comes before an address of the same text.
pub async fn account_by_login(
    executor: impl PgExecutor<'_>,
    login: &str,
) -> Result<Option<Account>, sqlx::Error> {
    let key = normalise(login);
    // No name has a control character, and the database could not even be asked about some.
    if key.chars().any(char::is_control) {
        return Ok(None);
    }
    sqlx::query_as(
        "SELECT account_id, username, email, name, bio, bio_event_id, phone,
             phone_event_id, picture_id, role, requested_role, status, availability,
             specialty, registered_at, version, last_position
         FROM accounts WHERE username_key = $1 OR email_key = $1
         ORDER BY (username_key = $1) DESC NULLS LAST, account_id LIMIT 1",
    )
    .bind(key)
    .fetch_optional(executor)
    .await
}

/// These accounts (at most 100 of them), by name; unknown ones are left out.
pub async fn accounts_by_ids(
    executor: impl PgExecutor<'_>,
    accounts: &[AccountId],
) -> Result<Vec<Account>, sqlx::Error> {
    let ids: Vec<Uuid> = accounts.iter().take(100).map(|account| account.0).collect();
    sqlx::query_as(
        "SELECT account_id, username, email, name, bio, bio_event_id, phone,
             phone_event_id, picture_id, role, requested_role, status, availability,
             specialty, registered_at, version, last_position
         FROM accounts WHERE account_id = ANY($1) ORDER BY name, account_id",
    )
    .bind(ids)
    .fetch_all(executor)
    .await
}

/// The names of these accounts (at most 1,000 of them); unknown ones are left out.
pub async fn names_of(
    executor: impl PgExecutor<'_>,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, String>, sqlx::Error> {
    let ids: Vec<Uuid> = accounts.iter().take(1_000).map(|account| account.0).collect();
    let rows: Vec<(Uuid, String)> =
        sqlx::query_as("SELECT account_id, name FROM accounts WHERE account_id = ANY($1)")
            .bind(ids)
            .fetch_all(executor)
            .await?;
    Ok(rows.into_iter().map(|(id, name)| (AccountId(id), name)).collect())
}
