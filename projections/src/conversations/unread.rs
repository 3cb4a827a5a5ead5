//! How many messages wait for a reader.

use anamnesis_domain::{AccountId, RoomId};
use sqlx::PgExecutor;

/// Counting stops here: "99+" needs no more.
pub const UNREAD_MAX: u64 = 100;

/// Messages of the other participant after the reader's read cursor that are neither retracted
/// nor hidden, at most [`UNREAD_MAX`]. A function of membership, cursor and log, and of nothing else:
/// 0 for who does not take part. Cost: at most 100 index entries, however long the room.
pub async fn unread(
    executor: impl PgExecutor<'_>,
    room_id: RoomId,
    reader: AccountId,
) -> Result<u64, sqlx::Error> {
    let count: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM (
             SELECT FROM rooms AS room
             JOIN messages AS message
                 ON message.room_id = room.room_id
                 AND message.author_id =
                     CASE WHEN room.patient_id = $2 THEN room.doctor_id ELSE room.patient_id END
                 AND message.sequence >
                     CASE WHEN room.patient_id = $2 THEN room.patient_read
                         ELSE room.doctor_read END
                 AND message.retracted_at IS NULL AND message.hidden_at IS NULL
             WHERE room.room_id = $1 AND $2 IN (room.patient_id, room.doctor_id)
             LIMIT 100
         ) AS waiting",
    )
    .bind(room_id.0)
    .bind(reader.0)
    .fetch_one(executor)
    .await?;
    Ok(crate::number::unsigned(count))
}
