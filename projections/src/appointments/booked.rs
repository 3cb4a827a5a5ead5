//! All appointments of a patient, in an order that nothing changes.

use super::Appointment;
use anamnesis_domain::{AccountId, AppointmentId};
use chrono::{DateTime, Utc};
use sqlx::PgExecutor;
use uuid::Uuid;

/// At most `limit` (of 200) appointments that the patient booked, the first booking first, after
/// the one that was booked then. One that is moved meanwhile is neither lost nor doubled. Cost:
/// the patient's appointments are sorted, because they are few.
pub async fn appointments_by_booking(
    executor: impl PgExecutor<'_>,
    patient: AccountId,
    after: Option<(DateTime<Utc>, AppointmentId)>,
    limit: u32,
) -> Result<Vec<Appointment>, sqlx::Error> {
    let (booked_at, id) = after.unwrap_or((DateTime::UNIX_EPOCH, AppointmentId(Uuid::nil())));
    sqlx::query_as(
        "SELECT appointment_id, patient_id, doctor_id, starts_at, ends_at, zone, reason,
             reason_event_id, cancel_reason, cancel_reason_event_id, status, booked_at, version
         FROM read.appointments
         WHERE patient_id = $1 AND NOT deleted AND (booked_at, appointment_id) > ($2, $3)
         ORDER BY booked_at, appointment_id LIMIT $4",
    )
    .bind(patient.0)
    .bind(booked_at)
    .bind(id.0)
    .bind(i64::from(limit.min(200)))
    .fetch_all(executor)
    .await
}
