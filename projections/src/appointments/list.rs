//! One appointment, and when doctors are taken.

use crate::SealedText;
use crate::number::unsigned;
use anamnesis_domain::{AccountId, AppointmentId};
use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgExecutor, Row, postgres::PgRow};
use uuid::Uuid;

/// An appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Its id.
    pub appointment_id: AppointmentId,
    /// Who comes.
    pub patient_id: AccountId,
    /// Who sees them.
    pub doctor_id: AccountId,
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// First instant after it.
    pub ends_at: DateTime<Utc>,
    /// IANA zone in which the time was agreed.
    pub zone: String,
    /// Why, in the patient's words.
    pub reason: Option<SealedText>,
    /// Why it was called off.
    pub cancel_reason: Option<SealedText>,
    /// `scheduled`, `cancelled`, `completed` or `no_show`.
    pub status: String,
    /// When it was booked.
    pub booked_at: DateTime<Utc>,
    /// Sequence of its last event.
    pub version: u64,
}

/// The instants from `from` up to but without `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First instant.
    pub from: DateTime<Utc>,
    /// First instant after it.
    pub to: DateTime<Utc>,
}

/// From an instant up to but without another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// First instant after it.
    pub ends_at: DateTime<Utc>,
}

impl Interval {
    /// From two columns that are set or empty together.
    pub(super) fn of(
        starts_at: Option<DateTime<Utc>>,
        ends_at: Option<DateTime<Utc>>,
    ) -> Option<Self> {
        Some(Self { starts_at: starts_at?, ends_at: ends_at? })
    }
}

impl FromRow<'_, PgRow> for Appointment {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            appointment_id: AppointmentId(row.try_get("appointment_id")?),
            patient_id: AccountId(row.try_get("patient_id")?),
            doctor_id: AccountId(row.try_get("doctor_id")?),
            starts_at: row.try_get("starts_at")?,
            ends_at: row.try_get("ends_at")?,
            zone: row.try_get("zone")?,
            reason: SealedText::from_columns(
                row.try_get("reason")?,
                row.try_get::<Option<Uuid>, _>("reason_event_id")?,
            ),
            cancel_reason: SealedText::from_columns(
                row.try_get("cancel_reason")?,
                row.try_get::<Option<Uuid>, _>("cancel_reason_event_id")?,
            ),
            status: row.try_get("status")?,
            booked_at: row.try_get("booked_at")?,
            version: unsigned(row.try_get("version")?),
        })
    }
}

/// The appointment with this id, unless it is deleted.
pub async fn appointment(
    executor: impl PgExecutor<'_>,
    appointment: AppointmentId,
) -> Result<Option<Appointment>, sqlx::Error> {
    sqlx::query_as(
        "SELECT appointment_id, patient_id, doctor_id, starts_at, ends_at, zone, reason,
             reason_event_id, cancel_reason, cancel_reason_event_id, status, booked_at, version
         FROM appointments WHERE appointment_id = $1 AND NOT deleted",
    )
    .bind(appointment.0)
    .fetch_optional(executor)
    .await
}

/// The appointment with this id, also when it is deleted.
pub async fn appointment_ever(
    executor: impl PgExecutor<'_>,
    appointment: AppointmentId,
) -> Result<Option<Appointment>, sqlx::Error> {
    sqlx::query_as(
        "SELECT appointment_id, patient_id, doctor_id, starts_at, ends_at, zone, reason,
             reason_event_id, cancel_reason, cancel_reason_event_id, status, booked_at, version
         FROM appointments WHERE appointment_id = $1",
    )
    .bind(appointment.0)
    .fetch_optional(executor)
    .await
}

/// The times at which the doctor is taken in the period, by start. Appointments last four hours
/// at most, so an earlier start does not reach into the period; they share no time and last five
/// minutes at least, so the bound is more than 62 days can hold.
pub async fn taken_intervals(
    executor: impl PgExecutor<'_>,
    doctor: AccountId,
    period: Period,
) -> Result<Vec<Interval>, sqlx::Error> {
    let rows: Vec<(DateTime<Utc>, DateTime<Utc>)> = sqlx::query_as(
        "SELECT starts_at, ends_at FROM appointments
         WHERE doctor_id = $1 AND NOT deleted AND status <> 'cancelled'
             AND starts_at >= $2::timestamptz - interval '4 hours'
             AND starts_at < $3 AND ends_at > $2
         ORDER BY starts_at, appointment_id LIMIT 18000",
    )
    .bind(doctor.0)
    .bind(period.from)
    .bind(period.to)
    .fetch_all(executor)
    .await?;
    let taken = |(starts_at, ends_at)| Interval { starts_at, ends_at };
    Ok(rows.into_iter().map(taken).collect())
}
