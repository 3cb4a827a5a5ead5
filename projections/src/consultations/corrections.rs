//! What the patient asked to have corrected, and what the doctor answered.

use super::fold::{Fold, Requested};
use crate::SealedText;
use crate::number::{bigint, unsigned};
use crate::projection::ApplyError;
use anamnesis_domain::{ConsultationId, Sealed};
use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgExecutor, Row, postgres::PgRow};

/// A request for a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Names it within the consultation, from 1.
    pub number: u32,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
    /// What is wrong.
    pub text: SealedText,
    /// When it was answered; `None` while it waits.
    pub answered_at: Option<DateTime<Utc>>,
    /// The version that corrected it.
    pub amendment: Option<u64>,
    /// Why it was not.
    pub statement: Option<SealedText>,
}

/// The doctor's answer to a request.
pub(super) struct Answered {
    pub(super) number: u32,
    pub(super) at: DateTime<Utc>,
    pub(super) amendment: Option<u64>,
    pub(super) statement: Option<SealedText>,
}

impl FromRow<'_, PgRow> for Correction {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let sealed = Sealed(row.try_get("text")?);
        Ok(Self {
            number: u32::try_from(row.try_get::<i32, _>("number")?).unwrap_or(0),
            requested_at: row.try_get("requested_at")?,
            text: SealedText { sealed, event_id: row.try_get("text_event_id")? },
            answered_at: row.try_get("answered_at")?,
            amendment: row.try_get::<Option<i64>, _>("amendment")?.map(unsigned),
            statement: SealedText::from_columns(
                row.try_get("statement")?,
                row.try_get("statement_event_id")?,
            ),
        })
    }
}

/// At most `limit` (of 100) requests after the number `after` (0 for all), the first first.
pub async fn corrections(
    executor: impl PgExecutor<'_>,
    consultation: ConsultationId,
    after: u32,
    limit: u32,
) -> Result<Vec<Correction>, sqlx::Error> {
    sqlx::query_as(
        "SELECT number, requested_at, text, text_event_id, answered_at, amendment, statement,
             statement_event_id
         FROM corrections WHERE consultation_id = $1 AND number > $2
         ORDER BY number LIMIT $3",
    )
    .bind(consultation.0)
    .bind(integer(after))
    .bind(i64::from(limit.min(100)))
    .fetch_all(executor)
    .await
}

pub(super) async fn insert_requested(
    conn: &mut PgConnection,
    fold: &Fold,
) -> Result<(), ApplyError> {
    let rows = &fold.requested;
    if rows.is_empty() {
        return Ok(());
    }
    let texts = || rows.iter().map(|Requested { text, .. }| text);
    sqlx::query(
        "INSERT INTO corrections (consultation_id, number, requested_at, text, text_event_id)
         SELECT * FROM unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::text[],
             $5::uuid[])",
    )
    .bind(rows.iter().map(|row| row.id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| integer(row.number)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.at).collect::<Vec<_>>())
    .bind(texts().map(|text| text.sealed.as_str()).collect::<Vec<_>>())
    .bind(texts().map(|text| text.event_id).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// After [`insert_requested`], as a batch may have both.
pub(super) async fn update_answered(
    conn: &mut PgConnection,
    fold: &Fold,
) -> Result<(), ApplyError> {
    let rows = &fold.answered;
    if rows.is_empty() {
        return Ok(());
    }
    let statements = || rows.iter().map(|(_, row)| row.statement.as_ref());
    let updated = sqlx::query(
        "UPDATE corrections SET answered_at = answer.at, amendment = answer.amendment,
             statement = answer.statement, statement_event_id = answer.event_id
         FROM unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::bigint[], $5::text[],
             $6::uuid[]) AS answer (id, number, at, amendment, statement, event_id)
         WHERE corrections.consultation_id = answer.id AND corrections.number = answer.number",
    )
    .bind(rows.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|(_, row)| integer(row.number)).collect::<Vec<_>>())
    .bind(rows.iter().map(|(_, row)| row.at).collect::<Vec<_>>())
    .bind(rows.iter().map(|(_, row)| row.amendment.map(bigint)).collect::<Vec<_>>())
    .bind(statements().map(|it| it.map(|it| it.sealed.as_str())).collect::<Vec<_>>())
    .bind(statements().map(|it| it.map(|it| it.event_id)).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    if updated.rows_affected() == rows.len() as u64 {
        return Ok(());
    }
    Err(ApplyError::Misfit("an answer to what nobody asked for"))
}

/// Numbers beyond the column's have no rows.
fn integer(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
