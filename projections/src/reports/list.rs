//! Listing reports.

use crate::number::{bigint, unsigned};
use anamnesis_domain::chat_room::{HideDecision, HideReason};
use anamnesis_domain::{AccountId, RoomId};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sqlx::{FromRow, PgExecutor, Row, postgres::PgRow};

/// Whether a report was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ReportState {
    Open,
    Decided,
}

impl ReportState {
    /// The name used in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Decided => "decided",
        }
    }
}

/// A message that was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The position of the event that hid the message.
    pub position: u64,
    /// The message's room.
    pub room_id: RoomId,
    /// Its number there.
    pub message: u64,
    /// Who wrote it.
    pub author_id: AccountId,
    /// Why it was reported.
    pub reason: HideReason,
    /// By whom.
    pub reported_by: AccountId,
    /// When.
    pub reported_at: DateTime<Utc>,
    /// What became of it, once that is decided.
    pub decided: Option<Decided>,
}

/// What was decided about a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What becomes of the message.
    pub decision: HideDecision,
    /// Who decided.
    pub by: AccountId,
    /// When.
    pub at: DateTime<Utc>,
}

impl FromRow<'_, PgRow> for Report {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let decided = match row.try_get::<Option<String>, _>("decision")? {
            None => None,
            Some(decision) => Some(Decided {
                decision: code(decision)?,
                by: AccountId(row.try_get("decided_by")?),
                at: row.try_get("decided_at")?,
            }),
        };
        Ok(Self {
            position: unsigned(row.try_get("position")?),
            room_id: RoomId(row.try_get("room_id")?),
            message: unsigned(row.try_get("message")?),
            author_id: AccountId(row.try_get("author_id")?),
            reason: code(row.try_get("reason")?)?,
            reported_by: AccountId(row.try_get("reported_by")?),
            reported_at: row.try_get("reported_at")?,
            decided,
        })
    }
}

/// A code as the domain writes it.
fn code<T: DeserializeOwned>(text: String) -> Result<T, sqlx::Error> {
    serde_json::from_value(text.into()).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// At most `limit` (of 200) reports in this state, the last reported first, before that
/// position. Cost: one page of an index.
pub async fn reports(
    executor: impl PgExecutor<'_>,
    state: ReportState,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<Report>, sqlx::Error> {
    let query = match state {
        ReportState::Open => sqlx::query_as(
            "SELECT position, room_id, message, author_id, reason, reported_by, reported_at,
                 decision, decided_by, decided_at
             FROM reports WHERE decided_at IS NULL AND position < $1
             ORDER BY position DESC LIMIT $2",
        ),
        ReportState::Decided => sqlx::query_as(
            "SELECT position, room_id, message, author_id, reason, reported_by, reported_at,
                 decision, decided_by, decided_at
             FROM reports WHERE decided_at IS NOT NULL AND position < $1
             ORDER BY position DESC LIMIT $2",
        ),
    };
    query
        .bind(bigint(before.unwrap_or(u64::MAX)))
        .bind(i64::from(limit.min(200)))
        .fetch_all(executor)
        .await
}
