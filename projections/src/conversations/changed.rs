//! What a returning client has to look at.

use crate::number::{bigint, unsigned};
use anamnesis_domain::{AccountId, RoomId};
use sqlx::PgExecutor;
use uuid::Uuid;

/// A room with the position of its last event of any kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangedRoom {
    /// The room.
    pub room_id: RoomId,
    /// Position of its last event.
    pub last_position: u64,
}

/// At most `limit` (of 1,000) rooms of the account in which anything happened after
/// `position`, in the order of their last events. `position` 0 gives all its rooms.
pub async fn rooms_changed_after(
    executor: impl PgExecutor<'_>,
    account: AccountId,
    position: u64,
    limit: u32,
) -> Result<Vec<ChangedRoom>, sqlx::Error> {
    let rows: Vec<(Uuid, i64)> = sqlx::query_as(
        "SELECT room_id, last_position FROM rooms
         WHERE (patient_id = $1 OR doctor_id = $1) AND last_position > $2
         ORDER BY last_position LIMIT $3",
    )
    .bind(account.0)
    .bind(bigint(position))
    .bind(i64::from(limit.min(1_000)))
    .fetch_all(executor)
    .await?;
    let changed = |(room_id, last_position)| ChangedRoom {
        room_id: RoomId(room_id),
        last_position: unsigned(last_position),
    };
    Ok(rows.into_iter().map(changed).collect())
}
