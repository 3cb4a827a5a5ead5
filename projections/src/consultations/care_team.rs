//! The doctors of a patient.

use anamnesis_domain::{AccountId, RoomId};
use sqlx::PgExecutor;
use uuid::Uuid;

/// A doctor with whom the patient can talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CareDoctor {
    /// The doctor.
    pub doctor_id: AccountId,
    /// The room of the two.
    pub room_id: RoomId,
}

/// At most `limit` (of 200) doctors whom the patient ever booked, after the one given.
pub async fn care_team(
    executor: impl PgExecutor<'_>,
    patient: AccountId,
    after: Option<AccountId>,
    limit: u32,
) -> Result<Vec<CareDoctor>, sqlx::Error> {
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT doctor_id, room_id FROM rooms
         WHERE patient_id = $1 AND doctor_id > $2 ORDER BY doctor_id LIMIT $3",
    )
    .bind(patient.0)
    .bind(after.map_or(Uuid::nil(), |after| after.0))
    .bind(i64::from(limit.min(200)))
    .fetch_all(executor)
    .await?;
    let doctor =
        |(doctor, room)| CareDoctor { doctor_id: AccountId(doctor), room_id: RoomId(room) };
    Ok(rows.into_iter().map(doctor).collect())
}
