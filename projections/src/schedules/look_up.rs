//! Finding a doctor's schedule.

use crate::number::unsigned;
use anamnesis_domain::AccountId;
use anamnesis_domain::doctor_schedule::DoctorSchedule;
use sqlx::PgExecutor;

/// A doctor's schedule as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// Hours and exceptions.
    pub state: DoctorSchedule,
    /// Sequence of its last event; 0 when nothing was ever said.
    pub version: u64,
}

/// The doctor's schedule; an empty one when nothing was ever said.
pub async fn schedule(
    executor: impl PgExecutor<'_>,
    doctor: AccountId,
) -> Result<Schedule, sqlx::Error> {
    let found: Option<(String, i64)> =
        sqlx::query_as("SELECT state, version FROM schedules WHERE doctor_id = $1")
            .bind(doctor.0)
            .fetch_optional(executor)
            .await?;
    let Some((state, version)) = found else { return Ok(Schedule::default()) };
    let state =
        serde_json::from_str(&state).map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    Ok(Schedule { state, version: unsigned(version) })
}
