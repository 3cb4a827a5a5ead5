//! One consultation.

use super::Content;
use crate::number::unsigned;
use anamnesis_domain::{AccountId, AppointmentId, ConsultationId};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, PgExecutor, Row, postgres::PgRow};
use std::collections::BTreeSet;

/// A consultation as it stands, also when it is deleted or not signed: whoever shows it looks
/// at that first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consultation {
    /// Its id.
    pub consultation_id: ConsultationId,
    /// The appointment that it is the record of.
    pub appointment_id: AppointmentId,
    /// The patient.
    pub patient_id: AccountId,
    /// The doctor.
    pub doctor_id: AccountId,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// At which position; lists are in this order.
    pub opened_position: u64,
    /// What stands in it.
    pub content: Content,
    /// The days of which the doctor was reminded.
    pub reminded: BTreeSet<NaiveDate>,
    /// When its doctor signed it.
    pub signed_at: Option<DateTime<Utc>>,
    /// Whether it is hidden from everybody.
    pub deleted: bool,
    /// Sequence of its last event.
    pub version: u64,
    /// Position of its last event.
    pub last_position: u64,
}

impl Consultation {
    /// The day of which the doctor is still to be reminded.
    pub(super) fn review_due_on(&self) -> Option<NaiveDate> {
        let stands = self.signed_at.is_some() && !self.deleted;
        self.content.review_on.filter(|day| stands && !self.reminded.contains(day))
    }

    /// Whether the patient takes what is prescribed in it.
    pub(super) fn is_active(&self) -> bool {
        self.signed_at.is_some() && !self.deleted
    }
}

impl FromRow<'_, PgRow> for Consultation {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let Json(content) = row.try_get("content")?;
        let Json(reminded) = row.try_get("reminded")?;
        Ok(Self {
            consultation_id: ConsultationId(row.try_get("consultation_id")?),
            appointment_id: AppointmentId(row.try_get("appointment_id")?),
            patient_id: AccountId(row.try_get("patient_id")?),
            doctor_id: AccountId(row.try_get("doctor_id")?),
            opened_at: row.try_get("opened_at")?,
            opened_position: unsigned(row.try_get("opened_position")?),
            content,
            reminded,
            signed_at: row.try_get("signed_at")?,
            deleted: row.try_get("deleted")?,
            version: unsigned(row.try_get("version")?),
            last_position: unsigned(row.try_get("last_position")?),
        })
    }
}

/// The consultation with this id, whatever became of it.
pub async fn consultation(
    executor: impl PgExecutor<'_>,
    consultation: ConsultationId,
) -> Result<Option<Consultation>, sqlx::Error> {
    sqlx::query_as(
        "SELECT consultation_id, appointment_id, patient_id, doctor_id, opened_at,
             opened_position, content, reminded, signed_at, deleted, version, last_position
         FROM consultations WHERE consultation_id = $1",
    )
    .bind(consultation.0)
    .fetch_optional(executor)
    .await
}
