//! Writes what a batch comes to into `message_edits`.

use super::fold::Fold;
use crate::projection::ApplyError;
use sqlx::PgConnection;

/// Comes between the insert into `messages` and their update, which overwrites the first
/// version.
pub(super) async fn insert(conn: &mut PgConnection, fold: &Fold<'_>) -> Result<(), ApplyError> {
    if fold.versions.is_empty() {
        return Ok(());
    }
    keep_first_versions(conn, fold).await?;
    let versions = &fold.versions;
    sqlx::query(
        "INSERT INTO message_edits (room_id, message, version, body, body_event_id, edited_at)
         SELECT room_id, message, version, body, body_event_id, edited_at
         FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::uuid[],
                 $6::timestamptz[])
             AS edit (room_id, message, version, body, body_event_id, edited_at)",
    )
    .bind(versions.iter().map(|edit| edit.key.0).collect::<Vec<_>>())
    .bind(versions.iter().map(|edit| edit.key.1).collect::<Vec<_>>())
    .bind(versions.iter().map(|edit| edit.words.version).collect::<Vec<_>>())
    .bind(versions.iter().map(|edit| edit.words.body).collect::<Vec<_>>())
    .bind(versions.iter().map(|edit| edit.words.event_id).collect::<Vec<_>>())
    .bind(versions.iter().map(|edit| edit.words.at).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// Copies the words of messages that are edited for the first time.
async fn keep_first_versions(conn: &mut PgConnection, fold: &Fold<'_>) -> Result<(), ApplyError> {
    let edited = || fold.changed.iter().filter(|(_, change)| change.edits > 0);
    if edited().next().is_none() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO message_edits (room_id, message, version, body, body_event_id, edited_at)
         SELECT message.room_id, message.sequence, message.version, message.body,
             message.body_event_id, message.posted_at
         FROM messages AS message
         JOIN unnest($1::uuid[], $2::bigint[]) AS edited (room_id, sequence)
             ON message.room_id = edited.room_id AND message.sequence = edited.sequence
         WHERE message.edits = 0",
    )
    .bind(edited().map(|(key, _)| key.0).collect::<Vec<_>>())
    .bind(edited().map(|(key, _)| key.1).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
