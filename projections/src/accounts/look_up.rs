//! Finding accounts.

use super::account::{Account, named, normalise};
use anamnesis_domain::AccountId;
use anamnesis_domain::account::Availability;
use sqlx::{FromRow, PgExecutor, Row, postgres::PgRow};
use std::collections::HashMap;
use uuid::Uuid;

/// A doctor as patients find them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doctor {
    /// The account.
    pub account_id: AccountId,
    /// The name that others see.
    pub name: String,
    /// Whether they can be reached.
    pub availability: Availability,
}

/// The last doctor of a page: the next page comes after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoctorCursor {
    /// The name.
    pub name: String,
    /// The account, as names repeat.
    pub account_id: AccountId,
}

impl FromRow<'_, PgRow> for Doctor {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            account_id: AccountId(row.try_get("account_id")?),
            name: row.try_get("name")?,
            availability: named(row, "availability")?,
        })
    }
}

/// The account with this id.
pub async fn account_by_id(
    executor: impl PgExecutor<'_>,
    account: AccountId,
) -> Result<Option<Account>, sqlx::Error> {
    sqlx::query_as(
        "SELECT account_id, username, email, name, bio, bio_event_id, picture,
             picture_event_id, phone, phone_event_id, role, status, availability,
             registered_at, version
         FROM read.accounts WHERE account_id = $1",
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
    sqlx::query_as(
        "SELECT account_id, username, email, name, bio, bio_event_id, picture,
             picture_event_id, phone, phone_event_id, role, status, availability,
             registered_at, version
         FROM read.accounts WHERE username_key = $1 OR email_key = $1
         ORDER BY (username_key = $1) DESC NULLS LAST, account_id LIMIT 1",
    )
    .bind(normalise(login))
    .fetch_optional(executor)
    .await
}

/// At most `limit` (of 200) active doctors by name, after the cursor.
pub async fn doctors(
    executor: impl PgExecutor<'_>,
    after: Option<&DoctorCursor>,
    limit: u32,
) -> Result<Vec<Doctor>, sqlx::Error> {
    sqlx::query_as(
        "SELECT account_id, name, availability FROM read.accounts
         WHERE role = 'doctor' AND status = 'active'
             AND ($1::text IS NULL OR (name, account_id) > ($1, $2))
         ORDER BY name, account_id LIMIT $3",
    )
    .bind(after.map(|cursor| cursor.name.as_str()))
    .bind(after.map(|cursor| cursor.account_id.0))
    .bind(i64::from(limit.min(200)))
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
        sqlx::query_as("SELECT account_id, name FROM read.accounts WHERE account_id = ANY($1)")
            .bind(ids)
            .fetch_all(executor)
            .await?;
    Ok(rows.into_iter().map(|(id, name)| (AccountId(id), name)).collect())
}
