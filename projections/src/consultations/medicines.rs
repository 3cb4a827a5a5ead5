//! What a patient takes, or took: the prescriptions of signed consultations.

use crate::SealedText;
use crate::number::{bigint, unsigned};
use anamnesis_domain::{AccountId, ConsultationId, Sealed};
use chrono::NaiveDate;
use sqlx::{FromRow, PgExecutor, Row, postgres::PgRow};
use uuid::Uuid;

/// A prescription of a signed consultation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medicine {
    /// The consultation.
    pub consultation_id: ConsultationId,
    /// The prescription in it.
    pub prescription_id: Uuid,
    /// Who prescribed it.
    pub doctor_id: AccountId,
    /// The last day of it.
    pub ends_on: Option<NaiveDate>,
    /// What is to be taken, and how.
    pub content: SealedText,
    /// Where the list goes on.
    pub cursor: MedicineCursor,
}

/// The last medicine of a page: the next page comes after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MedicineCursor {
    /// The position at which it was first written.
    pub position: u64,
    /// Which one of those that were written then.
    pub prescription_id: Uuid,
}

impl MedicineCursor {
    /// Before everything.
    const NEWEST: Self = Self { position: u64::MAX, prescription_id: Uuid::max() };
}

impl FromRow<'_, PgRow> for Medicine {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let prescription_id = row.try_get("prescription_id")?;
        let position = unsigned(row.try_get("position")?);
        let sealed = Sealed(row.try_get("content")?);
        Ok(Self {
            consultation_id: ConsultationId(row.try_get("consultation_id")?),
            prescription_id,
            doctor_id: AccountId(row.try_get("doctor_id")?),
            ends_on: row.try_get("ends_on")?,
            content: SealedText { sealed, event_id: row.try_get("content_event_id")? },
            cursor: MedicineCursor { position, prescription_id },
        })
    }
}

/// At most `limit` (of 200) medicines of the patient, the newest first, after the cursor.
pub async fn medicines(
    executor: impl PgExecutor<'_>,
    patient: AccountId,
    after: Option<MedicineCursor>,
    limit: u32,
) -> Result<Vec<Medicine>, sqlx::Error> {
    let after = after.unwrap_or(MedicineCursor::NEWEST);
    sqlx::query_as(
        "SELECT consultation_id, prescription_id, doctor_id, position, ends_on, content,
             content_event_id
         FROM prescriptions
         WHERE patient_id = $1 AND active AND (position, prescription_id) < ($2, $3)
         ORDER BY position DESC, prescription_id DESC LIMIT $4",
    )
    .bind(patient.0)
    .bind(bigint(after.position))
    .bind(after.prescription_id)
    .bind(i64::from(limit.min(200)))
    .fetch_all(executor)
    .await
}

/// Those of them that have not ended before `today`.
pub async fn current_medicines(
    executor: impl PgExecutor<'_>,
    patient: AccountId,
    today: NaiveDate,
    after: Option<MedicineCursor>,
    limit: u32,
) -> Result<Vec<Medicine>, sqlx::Error> {
    let after = after.unwrap_or(MedicineCursor::NEWEST);
    sqlx::query_as(
        "SELECT consultation_id, prescription_id, doctor_id, position, ends_on, content,
             content_event_id
         FROM prescriptions
         WHERE patient_id = $1 AND active AND (position, prescription_id) < ($2, $3)
             AND (ends_on IS NULL OR ends_on >= $5)
         ORDER BY position DESC, prescription_id DESC LIMIT $4",
    )
    .bind(patient.0)
    .bind(bigint(after.position))
    .bind(after.prescription_id)
    .bind(i64::from(limit.min(200)))
    .bind(today)
    .fetch_all(executor)
    .await
}

/// Those of them that ended before `today`.
pub async fn past_medicines(
    executor: impl PgExecutor<'_>,
    patient: AccountId,
    today: NaiveDate,
    after: Option<MedicineCursor>,
    limit: u32,
) -> Result<Vec<Medicine>, sqlx::Error> {
    let after = after.unwrap_or(MedicineCursor::NEWEST);
    sqlx::query_as(
        "SELECT consultation_id, prescription_id, doctor_id, position, ends_on, content,
             content_event_id
         FROM prescriptions
         WHERE patient_id = $1 AND active AND (position, prescription_id) < ($2, $3)
             AND ends_on < $5
         ORDER BY position DESC, prescription_id DESC LIMIT $4",
    )
    .bind(patient.0)
    .bind(bigint(after.position))
    .bind(after.prescription_id)
    .bind(i64::from(limit.min(200)))
    .bind(today)
    .fetch_all(executor)
    .await
}
