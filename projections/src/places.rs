//! What the ids in the trail stand for, to whom it concerns.

use anamnesis_domain::AccountId;
use chrono::{DateTime, Utc};
use sqlx::PgExecutor;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A room, an appointment or a consultation, in a patient's words: with whom, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// With whom.
    pub doctor_id: AccountId,
    /// When the appointment begins, of an appointment or the consultation about it.
    pub starts_at: Option<DateTime<Utc>>,
}

/// Those of these ids that are something of a patient's and not deleted. Ask for at most a few
/// thousand. Cost: one look-up in an index per id.
pub async fn places(
    executor: impl PgExecutor<'_>,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Place>, sqlx::Error> {
    let rows: Vec<(Uuid, Uuid, Option<DateTime<Utc>>)> = sqlx::query_as(
        "SELECT room_id, doctor_id, NULL::timestamptz FROM rooms WHERE room_id = ANY($1)
         UNION ALL
         SELECT appointment_id, doctor_id, starts_at FROM appointments
         WHERE appointment_id = ANY($1) AND NOT deleted
         UNION ALL
         SELECT consultation.consultation_id, consultation.doctor_id, appointment.starts_at
         FROM consultations AS consultation
         LEFT JOIN appointments AS appointment
             ON appointment.appointment_id = consultation.appointment_id AND NOT appointment.deleted
         WHERE consultation.consultation_id = ANY($1) AND NOT consultation.deleted",
    )
    .bind(ids)
    .fetch_all(executor)
    .await?;
    let place = |(id, doctor, starts_at)| (id, Place { doctor_id: AccountId(doctor), starts_at });
    Ok(rows.into_iter().map(place).collect())
}

/// Those of these ids that are consultations which were never signed. Cost as above.
pub async fn drafts(
    executor: impl PgExecutor<'_>,
    ids: &[Uuid],
) -> Result<HashSet<Uuid>, sqlx::Error> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "SELECT consultation_id FROM consultations
         WHERE consultation_id = ANY($1) AND signed_at IS NULL",
    )
    .bind(ids)
    .fetch_all(executor)
    .await?;
    Ok(ids.into_iter().collect())
}
