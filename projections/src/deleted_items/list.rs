//! Listing what is deleted.

use crate::number::{bigint, unsigned};
use anamnesis_domain::AccountId;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgExecutor, Row, postgres::PgRow};
use uuid::Uuid;

/// What can be deleted and restored.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum DeletedKind {
    Message,
    Appointment,
    Consultation,
    Account,
}

impl DeletedKind {
    pub(super) const ALL: [Self; 4] =
        [Self::Message, Self::Appointment, Self::Consultation, Self::Account];

    /// The name used in the table and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Appointment => "appointment",
            Self::Consultation => "consultation",
            Self::Account => "account",
        }
    }
}

/// Something that is deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletedItem {
    /// What it is.
    pub kind: DeletedKind,
    /// Of the room, the appointment, the consultation or the account.
    pub id: Uuid,
    /// A message's number in its room; 0 for everything else.
    pub number: u64,
    /// Whom it concerns: patient and doctor, or the account itself.
    pub people: Vec<AccountId>,
    /// Who deleted it.
    pub deleted_by: AccountId,
    /// When.
    pub deleted_at: DateTime<Utc>,
    /// The position of the deletion in the log.
    pub position: u64,
}

/// What is asked for; the default is everything.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeletedItemFilter {
    /// Only this.
    pub kind: Option<DeletedKind>,
    /// Only what concerns this person.
    pub person: Option<AccountId>,
    /// Only what was deleted at this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// Only what was deleted before this instant.
    pub to: Option<DateTime<Utc>>,
}

impl FromRow<'_, PgRow> for DeletedItem {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let name: &str = row.try_get("kind")?;
        let kind = DeletedKind::ALL.into_iter().find(|kind| kind.as_str() == name);
        let people: Vec<Uuid> = row.try_get("people")?;
        Ok(Self {
            kind: kind.ok_or_else(|| sqlx::Error::Decode("an unknown kind".into()))?,
            id: row.try_get("id")?,
            number: unsigned(row.try_get("number")?),
            people: people.into_iter().map(AccountId).collect(),
            deleted_by: AccountId(row.try_get("deleted_by")?),
            deleted_at: row.try_get("deleted_at")?,
            position: unsigned(row.try_get("position")?),
        })
    }
}

/// At most `limit` (of 200) deleted items, the last deleted first, before that position. Cost:
/// one page of an index, and everything deleted since the end of the period; of a person, everything
/// deleted that concerns them.
pub async fn deleted_items(
    executor: impl PgExecutor<'_>,
    filter: DeletedItemFilter,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<DeletedItem>, sqlx::Error> {
    let kind = filter.kind.map(DeletedKind::as_str);
    let statement = match (filter.person, kind) {
        // `OFFSET 0` keeps the two apart: otherwise everything is gone through by position until
        // there is enough to fill a page.
        (Some(_), _) => {
            "SELECT kind, id, number, people, deleted_by, deleted_at, position
             FROM (
                 SELECT * FROM deleted_items WHERE people @> ARRAY[$5::uuid] OFFSET 0
             ) AS theirs
             WHERE position < $1 AND deleted_at >= COALESCE($3, '-infinity'::timestamptz)
                 AND deleted_at < COALESCE($4, 'infinity'::timestamptz)
                 AND ($6::text IS NULL OR kind = $6)
             ORDER BY position DESC LIMIT $2"
        }
        (None, Some(_)) => {
            "SELECT kind, id, number, people, deleted_by, deleted_at, position
             FROM deleted_items
             WHERE kind = $6 AND position < $1 AND deleted_at >= COALESCE($3, '-infinity'::timestamptz)
                 AND deleted_at < COALESCE($4, 'infinity'::timestamptz)
                 AND $5::uuid IS NULL
             ORDER BY position DESC LIMIT $2"
        }
        (None, None) => {
            "SELECT kind, id, number, people, deleted_by, deleted_at, position
             FROM deleted_items
             WHERE position < $1 AND deleted_at >= COALESCE($3, '-infinity'::timestamptz)
                 AND deleted_at < COALESCE($4, 'infinity'::timestamptz)
                 AND $5::uuid IS NULL AND $6::text IS NULL
             ORDER BY position DESC LIMIT $2"
        }
    };
    sqlx::query_as(statement)
        .bind(bigint(before.unwrap_or(u64::MAX)))
        .bind(i64::from(limit.min(200)))
        .bind(filter.from)
        .bind(filter.to)
        .bind(filter.person.map(|person| person.0))
        .bind(kind)
        .fetch_all(executor)
        .await
}

/// What is deleted of one record: itself (number 0), or at most 200 messages with these numbers.
pub async fn deletions(
    executor: impl PgExecutor<'_>,
    kind: DeletedKind,
    id: Uuid,
    (first, last): (u64, u64),
) -> Result<Vec<DeletedItem>, sqlx::Error> {
    sqlx::query_as(
        "SELECT kind, id, number, people, deleted_by, deleted_at, position
         FROM deleted_items WHERE kind = $1 AND id = $2 AND number BETWEEN $3 AND $4
         ORDER BY number LIMIT 200",
    )
    .bind(kind.as_str())
    .bind(id)
    .bind(bigint(first))
    .bind(bigint(last))
    .fetch_all(executor)
    .await
}
