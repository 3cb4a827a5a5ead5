//! Finding appointments.

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
    /// `booked`.
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

/// The last appointment of a page: the next page comes after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppointmentCursor {
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// Which it is, as times repeat.
    pub appointment_id: AppointmentId,
}

/// A time at which a doctor is not free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenInterval {
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// First instant after it.
    pub ends_at: DateTime<Utc>,
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
            status: row.try_get("status")?,
            booked_at: row.try_get("booked_at")?,
            version: unsigned(row.try_get("version")?),
        })
    }
}

/// The appointment with this id.
pub async fn appointment(
    executor: impl PgExecutor<'_>,
    appointment: AppointmentId,
) -> Result<Option<Appointment>, sqlx::Error> {
    sqlx::query_as(
        "SELECT appointment_id, patient_id, doctor_id, starts_at, ends_at, zone, reason,
             reason_event_id, status, booked_at, version
         FROM read.appointments WHERE appointment_id = $1",
    )
    .bind(appointment.0)
    .fetch_optional(executor)
    .await
}

/// At most `limit` (of 200) appointments of the account, as patient or doctor, that start in
/// the period, by start, after the cursor.
pub async fn appointments_of(
    executor: impl PgExecutor<'_>,
    account: AccountId,
    period: Period,
    after: Option<AppointmentCursor>,
    limit: u32,
) -> Result<Vec<Appointment>, sqlx::Error> {
    sqlx::query_as(
        "SELECT appointment_id, patient_id, doctor_id, starts_at, ends_at, zone, reason,
             reason_event_id, status, booked_at, version
         FROM read.appointments
         WHERE (patient_id = $1 OR doctor_id = $1) AND starts_at >= $2 AND starts_at < $3
             AND ($4::timestamptz IS NULL OR (starts_at, appointment_id) > ($4, $5))
         ORDER BY starts_at, appointment_id LIMIT $6",
    )
    .bind(account.0)
    .bind(period.from)
    .bind(period.to)
    .bind(after.map(|cursor| cursor.starts_at))
    .bind(after.map(|cursor| cursor.appointment_id.0))
    .bind(i64::from(limit.min(200)))
    .fetch_all(executor)
    .await
}

/// The times at which the doctor is taken in the period, by start; at most 1,000. Appointments
/// last four hours at most, so an earlier start does not reach into the period.
pub async fn taken_intervals(
    executor: impl PgExecutor<'_>,
    doctor: AccountId,
    period: Period,
) -> Result<Vec<TakenInterval>, sqlx::Error> {
    let rows: Vec<(DateTime<Utc>, DateTime<Utc>)> = sqlx::query_as(
        "SELECT starts_at, ends_at FROM read.appointments
         WHERE doctor_id = $1 AND status = 'booked'
             AND starts_at >= $2::timestamptz - interval '4 hours'
             AND starts_at < $3 AND ends_at > $2
         ORDER BY starts_at, appointment_id LIMIT 1000",
    )
    .bind(doctor.0)
    .bind(period.from)
    .bind(period.to)
    .fetch_all(executor)
    .await?;
    let taken = |(starts_at, ends_at)| TakenInterval { starts_at, ends_at };
    Ok(rows.into_iter().map(taken).collect())
}
