//! What happened to appointments, and which of them changed.

use super::Interval;
use crate::number::{bigint, unsigned};
use anamnesis_domain::{AccountId, AppointmentId};
use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgExecutor, Row, postgres::PgRow};
use std::collections::HashMap;
use uuid::Uuid;

/// The most lines of a history that are read.
const LINES_MAX: i64 = 100;

/// A line of an appointment's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Sequence of its event.
    pub version: u64,
    /// `booked`, `rescheduled`, `cancelled`, `completed`, `no_show`, `deleted` or `restored`.
    pub what: String,
    /// Who did it.
    pub by: AccountId,
    /// When.
    pub at: DateTime<Utc>,
    /// The time that held from then on, of a booking or a move.
    pub time: Option<Interval>,
    /// The time that held before, of a move.
    pub old_time: Option<Interval>,
}

impl FromRow<'_, PgRow> for Change {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            version: unsigned(row.try_get("sequence")?),
            what: row.try_get("what")?,
            by: AccountId(row.try_get("by_id")?),
            at: row.try_get("at")?,
            time: Interval::of(row.try_get("starts_at")?, row.try_get("ends_at")?),
            old_time: Interval::of(row.try_get("old_starts_at")?, row.try_get("old_ends_at")?),
        })
    }
}

/// What happened to an appointment, the latest first; at most the last 100 lines.
pub async fn appointment_history(
    executor: impl PgExecutor<'_>,
    appointment: AppointmentId,
) -> Result<Vec<Change>, sqlx::Error> {
    sqlx::query_as(
        "SELECT change.sequence, change.what, change.by_id, change.at, change.starts_at,
             change.ends_at, old.starts_at AS old_starts_at, old.ends_at AS old_ends_at
         FROM appointment_changes AS change
         LEFT JOIN LATERAL (
             SELECT earlier.starts_at, earlier.ends_at FROM appointment_changes AS earlier
             WHERE earlier.appointment_id = change.appointment_id
                 AND earlier.sequence < change.sequence
                 AND earlier.starts_at IS NOT NULL AND change.starts_at IS NOT NULL
             ORDER BY earlier.sequence DESC LIMIT 1
         ) AS old ON true
         WHERE change.appointment_id = $1
         ORDER BY change.sequence DESC LIMIT $2",
    )
    .bind(appointment.0)
    .bind(LINES_MAX)
    .fetch_all(executor)
    .await
}

/// The times that appointments had before changes of theirs, which are given by their sequences:
/// at most 1,000 of them. Cost: a row of the history's index for each.
pub async fn times_before(
    executor: impl PgExecutor<'_>,
    changes: &[(AppointmentId, u64)],
) -> Result<HashMap<(AppointmentId, u64), Interval>, sqlx::Error> {
    let changes = &changes[..changes.len().min(1_000)];
    if changes.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, i64, DateTime<Utc>, DateTime<Utc>)> = sqlx::query_as(
        "SELECT change.id, change.sequence, old.starts_at, old.ends_at
         FROM unnest($1::uuid[], $2::bigint[]) AS change (id, sequence)
         CROSS JOIN LATERAL (
             SELECT earlier.starts_at, earlier.ends_at FROM appointment_changes AS earlier
             WHERE earlier.appointment_id = change.id AND earlier.sequence < change.sequence
                 AND earlier.starts_at IS NOT NULL
             ORDER BY earlier.sequence DESC LIMIT 1) AS old",
    )
    .bind(changes.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
    .bind(changes.iter().map(|(_, sequence)| bigint(*sequence)).collect::<Vec<_>>())
    .fetch_all(executor)
    .await?;
    let time = |(id, sequence, starts_at, ends_at)| {
        ((AppointmentId(id), unsigned(sequence)), Interval { starts_at, ends_at })
    };
    Ok(rows.into_iter().map(time).collect())
}

/// At most `limit` (of 1,000) appointments of the account, deleted ones too, to which anything
/// happened after `position`, in the order of their last events.
pub async fn appointments_changed_after(
    executor: impl PgExecutor<'_>,
    account: AccountId,
    position: u64,
    limit: u32,
) -> Result<Vec<AppointmentId>, sqlx::Error> {
    // Two halves, each from its index: an `OR` would be sorted as a whole.
    let rows: Vec<(Uuid, i64)> = sqlx::query_as(
        "SELECT appointment_id, last_position FROM (
             (SELECT appointment_id, last_position FROM appointments
              WHERE patient_id = $1 AND last_position > $2 ORDER BY last_position LIMIT $3)
             UNION ALL
             (SELECT appointment_id, last_position FROM appointments
              WHERE doctor_id = $1 AND last_position > $2 ORDER BY last_position LIMIT $3)
         ) AS changed ORDER BY last_position LIMIT $3",
    )
    .bind(account.0)
    .bind(bigint(position))
    .bind(i64::from(limit.min(1_000)))
    .fetch_all(executor)
    .await?;
    Ok(rows.into_iter().map(|(id, _)| AppointmentId(id)).collect())
}
