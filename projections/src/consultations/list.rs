//! The consultations of a doctor, and those of a patient.

use super::Consultation;
use crate::number::bigint;
use anamnesis_domain::AccountId;
use sqlx::PgExecutor;

/// At most `limit` (of 200) consultations that the doctor opened, the newest first; drafts too.
/// `before` is the `opened_position` of the last one of the page before.
pub async fn consultations_of_doctor(
    executor: impl PgExecutor<'_>,
    doctor: AccountId,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<Consultation>, sqlx::Error> {
    sqlx::query_as(
        "SELECT consultation_id, appointment_id, patient_id, doctor_id, opened_at,
             opened_position, content, reminded, signed_at, deleted, version, last_position
         FROM read.consultations
         WHERE doctor_id = $1 AND NOT deleted AND opened_position < $2
         ORDER BY opened_position DESC LIMIT $3",
    )
    .bind(doctor.0)
    .bind(before.map_or(i64::MAX, bigint))
    .bind(i64::from(limit.min(200)))
    .fetch_all(executor)
    .await
}

/// At most `limit` (of 200) consultations about the patient that are signed, the newest first.
/// `before` as above.
pub async fn consultations_of_patient(
    executor: impl PgExecutor<'_>,
    patient: AccountId,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<Consultation>, sqlx::Error> {
    sqlx::query_as(
        "SELECT consultation_id, appointment_id, patient_id, doctor_id, opened_at,
             opened_position, content, reminded, signed_at, deleted, version, last_position
         FROM read.consultations
         WHERE patient_id = $1 AND NOT deleted AND signed_at IS NOT NULL
             AND opened_position < $2
         ORDER BY opened_position DESC LIMIT $3",
    )
    .bind(patient.0)
    .bind(before.map_or(i64::MAX, bigint))
    .bind(i64::from(limit.min(200)))
    .fetch_all(executor)
    .await
}
