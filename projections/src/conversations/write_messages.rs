//! Writes what a batch comes to into `messages`.

use super::fold::{Fold, Mark, MessageChange};
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
             body_event_id, version, edited_at, edits, retracted_at, hidden_at)
         SELECT room_id, sequence, author_id, posted_at, position, event_id, body,
             event_id, sequence, NULL, 0, NULL, NULL
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
    let marks = |mark: fn(&MessageChange<'_>) -> Mark| changed.values().map(mark);
    sqlx::query(
        "UPDATE messages AS message SET
             body = COALESCE(change.body, message.body),
             body_event_id = COALESCE(change.body_event_id, message.body_event_id),
             version = COALESCE(change.version, message.version),
             edited_at = COALESCE(change.edited_at, message.edited_at),
             edits = message.edits + change.edits,
             retracted_at = CASE WHEN change.retraction THEN change.retracted_at
                 ELSE message.retracted_at END,
             hidden_at = CASE WHEN change.hiding THEN change.hidden_at
                 ELSE message.hidden_at END
         FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::uuid[], $5::bigint[],
                 $6::timestamptz[], $7::int[], $8::boolean[], $9::timestamptz[],
                 $10::boolean[], $11::timestamptz[])
             AS change (room_id, sequence, body, body_event_id, version, edited_at, edits,
                 retraction, retracted_at, hiding, hidden_at)
         WHERE message.room_id = change.room_id AND message.sequence = change.sequence",
    )
    .bind(changed.keys().map(|key| key.0).collect::<Vec<_>>())
    .bind(changed.keys().map(|key| key.1).collect::<Vec<_>>())
    .bind(words().map(|words| words.map(|w| w.body)).collect::<Vec<_>>())
    .bind(words().map(|words| words.map(|w| w.event_id)).collect::<Vec<_>>())
    .bind(words().map(|words| words.map(|w| w.version)).collect::<Vec<_>>())
    .bind(words().map(|words| words.map(|w| w.at)).collect::<Vec<_>>())
    .bind(changed.values().map(|change| change.edits).collect::<Vec<_>>())
    .bind(marks(|change| change.retracted).map(Mark::is_news).collect::<Vec<_>>())
    .bind(marks(|change| change.retracted).map(Mark::since).collect::<Vec<_>>())
    .bind(marks(|change| change.hidden).map(Mark::is_news).collect::<Vec<_>>())
    .bind(marks(|change| change.hidden).map(Mark::since).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
