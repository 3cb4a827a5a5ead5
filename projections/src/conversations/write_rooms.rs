//! Writes what a batch comes to into `rooms`.

use super::fold::Fold;
use crate::projection::ApplyError;
use sqlx::PgConnection;

pub(super) async fn insert(conn: &mut PgConnection, fold: &Fold<'_>) -> Result<(), ApplyError> {
    let rooms = &fold.opened;
    if rooms.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO rooms (room_id, patient_id, doctor_id, opened_at, closed, last_message,
             last_activity_position, last_activity_at, last_position,
             patient_delivered, patient_read, doctor_delivered, doctor_read)
         SELECT room_id, patient_id, doctor_id, at, false, 0, position, at, position, 0, 0, 0, 0
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::bigint[])
             AS opened (room_id, patient_id, doctor_id, at, position)",
    )
    .bind(rooms.iter().map(|room| room.room_id).collect::<Vec<_>>())
    .bind(rooms.iter().map(|room| room.patient_id).collect::<Vec<_>>())
    .bind(rooms.iter().map(|room| room.doctor_id).collect::<Vec<_>>())
    .bind(rooms.iter().map(|room| room.at).collect::<Vec<_>>())
    .bind(rooms.iter().map(|room| room.position).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// One update per room, of columns without an index, so that it stays on its page.
pub(super) async fn update(conn: &mut PgConnection, fold: &Fold<'_>) -> Result<(), ApplyError> {
    let rooms = &fold.rooms;
    let updated = sqlx::query(
        "UPDATE rooms AS room SET
             last_message = GREATEST(room.last_message, change.last_message),
             last_activity_position =
                 GREATEST(room.last_activity_position, change.activity_position),
             last_activity_at = COALESCE(change.activity_at, room.last_activity_at),
             last_position = change.last_position,
             closed = COALESCE(change.closed, room.closed),
             patient_delivered = GREATEST(room.patient_delivered, change.patient_delivered),
             patient_read = GREATEST(room.patient_read, change.patient_read),
             doctor_delivered = GREATEST(room.doctor_delivered, change.doctor_delivered),
             doctor_read = GREATEST(room.doctor_read, change.doctor_read)
         FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::bigint[],
                 $6::boolean[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[])
             AS change (room_id, last_message, activity_position, activity_at, last_position,
                 closed, patient_delivered, patient_read, doctor_delivered, doctor_read)
         WHERE room.room_id = change.room_id",
    )
    .bind(rooms.keys().copied().collect::<Vec<_>>())
    .bind(rooms.values().map(|room| room.last_message).collect::<Vec<_>>())
    .bind(rooms.values().map(|room| room.activity_position).collect::<Vec<_>>())
    .bind(rooms.values().map(|room| room.activity_at).collect::<Vec<_>>())
    .bind(rooms.values().map(|room| room.last_position).collect::<Vec<_>>())
    .bind(rooms.values().map(|room| room.closed).collect::<Vec<_>>())
    .bind(rooms.values().map(|room| room.patient.delivered).collect::<Vec<_>>())
    .bind(rooms.values().map(|room| room.patient.read).collect::<Vec<_>>())
    .bind(rooms.values().map(|room| room.doctor.delivered).collect::<Vec<_>>())
    .bind(rooms.values().map(|room| room.doctor.read).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    if usize::try_from(updated.rows_affected()) == Ok(rooms.len()) {
        Ok(())
    } else {
        Err(ApplyError::Misfit("the room was never opened"))
    }
}
