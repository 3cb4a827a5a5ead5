//! Finding notices.

use super::UNREAD_MAX;
use crate::number::{bigint, unsigned};
use anamnesis_domain::AccountId;
use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgExecutor, Row, postgres::PgRow};
use uuid::Uuid;

/// Something that somebody was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The event that it is made of; names it.
    pub position: u64,
    /// What happened, as a word of a fixed list.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The appointment, consultation, account or grant that it is about.
    pub about: Uuid,
    /// Who did it; `None` when the server did.
    pub from_id: Option<AccountId>,
}

impl FromRow<'_, PgRow> for Notice {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            position: unsigned(row.try_get(0)?),
            kind: row.try_get(1)?,
            at: row.try_get(2)?,
            about: row.try_get(3)?,
            from_id: row.try_get::<Option<Uuid>, _>(4)?.map(AccountId),
        })
    }
}

/// At most `limit` (of 100) notices of an account, or of [`super::ADMINISTRATORS`], before a
/// position, the latest first. What is about something deleted or dealt with is left out; that a
/// request was approved is no request.
pub async fn notices(
    executor: impl PgExecutor<'_>,
    account: Uuid,
    before: u64,
    limit: u32,
) -> Result<Vec<Notice>, sqlx::Error> {
    sqlx::query_as(
        "SELECT position, kind, at, about, from_id FROM notices
         WHERE account_id = $1 AND position < $2 AND (kind = 'account_approved' OR NOT EXISTS (
             SELECT FROM notice_subjects AS subject
             WHERE subject.about = notices.about AND subject.hidden))
         ORDER BY position DESC LIMIT $3",
    )
    .bind(account)
    .bind(bigint(before))
    .bind(i64::from(limit.min(100)))
    .fetch_all(executor)
    .await
}

/// How many notices the account, or the administrators, have after a position; counting stops
/// at [`UNREAD_MAX`].
pub async fn unread(
    executor: impl PgExecutor<'_>,
    account: Uuid,
    after: u64,
) -> Result<u64, sqlx::Error> {
    let count: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM (
             SELECT FROM notices
             WHERE account_id = $1 AND position > $2 AND (kind = 'account_approved' OR NOT EXISTS (
                 SELECT FROM notice_subjects AS subject
                 WHERE subject.about = notices.about AND subject.hidden))
             LIMIT $3) AS counted",
    )
    .bind(account)
    .bind(bigint(after))
    .bind(bigint(UNREAD_MAX))
    .fetch_one(executor)
    .await?;
    Ok(unsigned(count))
}

/// How far the account has seen its notices; 0 at first.
pub async fn seen_through(
    executor: impl PgExecutor<'_>,
    account: AccountId,
) -> Result<u64, sqlx::Error> {
    let seen: Option<i64> =
        sqlx::query_scalar("SELECT seen_through FROM notice_marks WHERE account_id = $1")
            .bind(account.0)
            .fetch_optional(executor)
            .await?;
    Ok(seen.map_or(0, unsigned))
}
