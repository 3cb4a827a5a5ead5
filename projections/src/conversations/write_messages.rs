//! Writes what a batch comes to into `messages`.

use super::fold::{Fold, Visibility};
use crate::projection::ApplyError;
use sqlx::PgConnection;

/// As they were posted: what the batch changed in them comes after.
pub(super) async fn insert(conn: &mut PgConnection, fold: &Fold<'_>) -> Result<(), ApplyError> {
    let posted = &fold.posted;
    if posted.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO messages (room_id, sequence, author_id, posted_at, position, event_id, body,
             body_event_id, version, edited_at, edits, retracted_at)
         SELECT room_id, sequence, author_id, posted_at, position, event_id, body,
             event_id, sequence, NULL, 0, NULL
         FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::timestamptz[], $5::bigint[],
                 $6::uuid[], $7::text[])
             AS posted (room_id, sequence, author_id, posted_at, position, event_id, body)",
    )
    .bind(posted.iter().map(|message| message.key.0).collect::<Vec<_>>())
    .bind(posted.iter().map(|message| message.key.1).collect::<Vec<_>>())
    .bind(posted.iter().map(|message| message.author_id).collect::<Vec<_>>())
    .bind(posted.iter().map(|message| message.words.at).collect::<Vec<_>>())
    .bind(posted.iter().map(|message| message.position).collect::<Vec<_>>())
    .bind(posted.iter().map(|message| message.words.event_id).collect::<Vec<_>>())
    .bind(posted.iter().map(|message| message.words.body).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// Changes messages of this batch and of earlier ones, once each. A number that stands for no message changes nothing.
pub(super) async fn update(conn: &mut PgConnection, fold: &Fold<'_>) -> Result<(), ApplyError> {
    let changed = &fold.changed;
    if changed.is_empty() {
        return Ok(());
    }
    let words = || changed.values().map(|change| change.words);
    sqlx::query(
        "UPDATE messages AS message SET
             body = COALESCE(change.body, message.body),
             body_event_id = COALESCE(change.body_event_id, message.body_event_id),
             version = COALESCE(change.version, message.version),
             edited_at = COALESCE(change.edited_at, message.edited_at),
             edits = message.edits + change.edits,
             retracted_at = CASE WHEN change.retraction THEN change.retracted_at
                 ELSE message.retracted_at END
         FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::uuid[], $5::bigint[],
                 $6::timestamptz[], $7::int[], $8::boolean[], $9::timestamptz[])
             AS change (room_id, sequence, body, body_event_id, version, edited_at, edits,
                 retraction, retracted_at)
         WHERE message.room_id = change.room_id AND message.sequence = change.sequence",
    )
    .bind(changed.keys().map(|key| key.0).collect::<Vec<_>>())
    .bind(changed.keys().map(|key| key.1).collect::<Vec<_>>())
    .bind(words().map(|words| words.map(|w| w.body)).collect::<Vec<_>>())
    .bind(words().map(|words| words.map(|w| w.event_id)).collect::<Vec<_>>())
    .bind(words().map(|words| words.map(|w| w.version)).collect::<Vec<_>>())
    .bind(words().map(|words| words.map(|w| w.at)).collect::<Vec<_>>())
    .bind(changed.values().map(|change| change.edits).collect::<Vec<_>>())
    .bind(
        changed
            .values()
            .map(|change| !matches!(change.visibility, Visibility::AsItWas))
            .collect::<Vec<_>>(),
    )
    .bind(changed.values().map(|change| change.visibility.retracted_at()).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
