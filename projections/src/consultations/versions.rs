//! What stood in a consultation when it was signed, and after each amendment.

use super::Content;
use crate::SealedText;
use crate::number::{bigint, unsigned};
use anamnesis_domain::{AccountId, ConsultationId};
use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, PgExecutor, Row, postgres::PgRow};

/// A consultation as its doctor stood by it at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsultationVersion {
    /// Sequence of the signing or the amendment.
    pub version: u64,
    /// Who wrote it.
    pub written_by: AccountId,
    /// When.
    pub written_at: DateTime<Utc>,
    /// Why it was amended; `None` for what was signed first.
    pub reason: Option<SealedText>,
    /// What stood in it from then on.
    pub content: Content,
}

impl FromRow<'_, PgRow> for ConsultationVersion {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let Json(content) = row.try_get("content")?;
        Ok(Self {
            version: unsigned(row.try_get("version")?),
            written_by: AccountId(row.try_get("written_by")?),
            written_at: row.try_get("written_at")?,
            reason: SealedText::from_columns(
                row.try_get("reason")?,
                row.try_get("reason_event_id")?,
            ),
            content,
        })
    }
}

/// At most `limit` (of 50) versions after `after` (0 for all), the one that was signed first.
pub async fn consultation_versions(
    executor: impl PgExecutor<'_>,
    consultation: ConsultationId,
    after: u64,
    limit: u32,
) -> Result<Vec<ConsultationVersion>, sqlx::Error> {
    sqlx::query_as(
        "SELECT version, written_by, written_at, reason, reason_event_id, content
         FROM consultation_versions WHERE consultation_id = $1 AND version > $2
         ORDER BY version LIMIT $3",
    )
    .bind(consultation.0)
    .bind(bigint(after))
    .bind(i64::from(limit.min(50)))
    .fetch_all(executor)
    .await
}
