//! What there is about a patient, without what it says: made of several read models.

use crate::number::unsigned;
use crate::trail::TrailKind;
use anamnesis_domain::AccountId;
use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgExecutor, Row, postgres::PgRow};
use uuid::Uuid;

/// A conversation, an appointment or a signed consultation of a patient's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientRecord {
    /// What it is.
    pub kind: TrailKind,
    /// Which one.
    pub id: Uuid,
    /// The doctor of it.
    pub doctor_id: AccountId,
    /// When the conversation was opened, the appointment begins, the consultation was begun.
    pub at: DateTime<Utc>,
    /// The last message, the booking, the signature.
    pub last_at: DateTime<Utc>,
    /// Messages, changes of the appointment, versions of the consultation.
    pub count: u64,
}

impl FromRow<'_, PgRow> for PatientRecord {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            kind: TrailKind::from_code(row.try_get("kind")?)?,
            id: row.try_get("id")?,
            doctor_id: AccountId(row.try_get("doctor_id")?),
            at: row.try_get("at")?,
            last_at: row.try_get("last_at")?,
            count: unsigned(row.try_get("count")?),
        })
    }
}

/// At most `limit` (of 100) records of a patient, the latest first, after the one at this instant
/// with this id. Drafts and what is deleted are not among them. Cost: all of the patient's, as a
/// patient has few; messages are counted for the page alone.
pub async fn patient_records(
    executor: impl PgExecutor<'_>,
    patient: AccountId,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: u32,
) -> Result<Vec<PatientRecord>, sqlx::Error> {
    let (at, id) = after.unwrap_or((DateTime::<Utc>::MAX_UTC, Uuid::max()));
    // As late as PostgreSQL knows instants to be.
    let at = at.min(DateTime::from_timestamp(253_402_300_799, 0).unwrap_or(at));
    sqlx::query_as(
        "SELECT kind, id, doctor_id, at, last_at, CASE kind
             WHEN 'room' THEN (
                 SELECT count(*) FROM messages
                 WHERE room_id = id AND retracted_at IS NULL)
             WHEN 'consultation' THEN (
                 SELECT count(*) FROM consultation_versions WHERE consultation_id = id)
             ELSE version END AS count
         FROM (
             SELECT * FROM (
                 SELECT 'room' AS kind, room_id AS id, doctor_id, opened_at AS at,
                     last_activity_at AS last_at, 0::bigint AS version
                 FROM rooms WHERE patient_id = $1
                 UNION ALL
                 SELECT 'appointment', appointment_id, doctor_id, starts_at, booked_at, version
                 FROM appointments WHERE patient_id = $1 AND NOT deleted
                 UNION ALL
                 SELECT 'consultation', consultation_id, doctor_id, opened_at, signed_at, version
                 FROM consultations
                 WHERE patient_id = $1 AND NOT deleted AND signed_at IS NOT NULL
             ) AS record
             WHERE (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4
         ) AS page
         ORDER BY at DESC, id DESC",
    )
    .bind(patient.0)
    .bind(at)
    .bind(id)
    .bind(i64::from(limit.min(100)))
    .fetch_all(executor)
    .await
}
