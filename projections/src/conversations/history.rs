//! The versions of a message.

use crate::SealedText;
use crate::number::{bigint, unsigned};
use anamnesis_domain::{RoomId, Sealed};
use chrono::{DateTime, Utc};
use sqlx::PgExecutor;
use uuid::Uuid;

/// The words of a message as they stood from one moment on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageVersion {
    /// Sequence of the event that brought them: the message's own number for the first.
    pub version: u64,
    /// The words.
    pub body: SealedText,
    /// When they were written.
    pub at: DateTime<Utc>,
}

/// At most `limit` (of 200) versions of an edited message after version `after`, the first and
/// the present one included; empty for a message that was never edited. Also answers for
/// retracted and hidden messages: who may see those is the policy's.
pub async fn message_history(
    executor: impl PgExecutor<'_>,
    room_id: RoomId,
    message: u64,
    after: u64,
    limit: u32,
) -> Result<Vec<MessageVersion>, sqlx::Error> {
    let rows: Vec<(i64, String, Uuid, DateTime<Utc>)> = sqlx::query_as(
        "SELECT version, body, body_event_id, edited_at FROM message_edits
         WHERE room_id = $1 AND message = $2 AND version > $3
         ORDER BY version LIMIT $4",
    )
    .bind(room_id.0)
    .bind(bigint(message))
    .bind(bigint(after))
    .bind(i64::from(limit.min(200)))
    .fetch_all(executor)
    .await?;
    let version = |(version, body, event_id, at)| MessageVersion {
        version: unsigned(version),
        body: SealedText { sealed: Sealed(body), event_id },
        at,
    };
    Ok(rows.into_iter().map(version).collect())
}

/// At most `limit` (of 200) versions of the edited messages of a room, each with its message's
/// number, after that version of that message. Those of retracted and hidden messages are left out.
pub async fn room_history(
    executor: impl PgExecutor<'_>,
    room_id: RoomId,
    (message, version): (u64, u64),
    limit: u32,
) -> Result<Vec<(u64, MessageVersion)>, sqlx::Error> {
    let rows: Vec<(i64, i64, String, Uuid, DateTime<Utc>)> = sqlx::query_as(
        "SELECT edit.message, edit.version, edit.body, edit.body_event_id, edit.edited_at
         FROM message_edits AS edit
         JOIN messages AS message
             ON message.room_id = edit.room_id AND message.sequence = edit.message
         WHERE edit.room_id = $1 AND (edit.message, edit.version) > ($2, $3)
             AND message.retracted_at IS NULL AND message.hidden_at IS NULL
         ORDER BY edit.message, edit.version LIMIT $4",
    )
    .bind(room_id.0)
    .bind(bigint(message))
    .bind(bigint(version))
    .bind(i64::from(limit.min(200)))
    .fetch_all(executor)
    .await?;
    let version = |(message, version, body, event_id, at)| {
        let body = SealedText { sealed: Sealed(body), event_id };
        (unsigned(message), MessageVersion { version: unsigned(version), body, at })
    };
    Ok(rows.into_iter().map(version).collect())
}
