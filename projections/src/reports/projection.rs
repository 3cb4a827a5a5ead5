//! The projection `reports`.

use crate::log::RecordedEvent;
use crate::number::bigint;
use crate::projection::{ApplyError, Projection, TALK, Table, content};
use anamnesis_domain::Event;
use anamnesis_domain::chat_room::{ChatRoom, ChatRoomEvent};
use async_trait::async_trait;
use cqrs_es::Aggregate;
use sqlx::PgConnection;
use std::sync::Arc;
use uuid::Uuid;

/// Folds reports of messages and what was decided about them. There are few, so each is a
/// statement of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reports;

#[async_trait]
impl Projection for Reports {
    fn name(&self) -> &'static str {
        "reports"
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[ChatRoom::TYPE]
    }

    fn passes_over(&self) -> &'static [&'static str] {
        TALK
    }

    fn tables(&self) -> &'static [Table] {
        &[Table { name: "reports", key: &["position"] }]
    }

    async fn apply(
        &self,
        batch: &[Arc<RecordedEvent>],
        conn: &mut PgConnection,
    ) -> Result<(), ApplyError> {
        for recorded in batch {
            let Event::ChatRoom(event) = content(recorded)? else { continue };
            apply_one(recorded, event, conn).await?;
        }
        Ok(())
    }
}

async fn apply_one(
    recorded: &RecordedEvent,
    event: &ChatRoomEvent,
    conn: &mut PgConnection,
) -> Result<(), ApplyError> {
    let room = Uuid::parse_str(&recorded.stream.aggregate_id)
        .map_err(|_| ApplyError::Misfit("the stream's id is not a room's"))?;
    match event {
        ChatRoomEvent::MessageHidden { message, author_id, by, reason } => {
            sqlx::query(
                "INSERT INTO reports (position, room_id, message, author_id, reason, reported_by,
                     reported_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(bigint(recorded.position))
            .bind(room)
            .bind(bigint(*message))
            .bind(author_id.0)
            .bind(reason.as_str())
            .bind(by.0)
            .bind(recorded.recorded_at)
            .execute(conn)
            .await?;
        }
        ChatRoomEvent::HiddenMessageDecided { message, by, decision, .. } => {
            let decided = sqlx::query(
                "UPDATE reports SET decision = $3, decided_by = $4, decided_at = $5
                 WHERE room_id = $1 AND message = $2 AND decided_at IS NULL",
            )
            .bind(room)
            .bind(bigint(*message))
            .bind(decision.as_str())
            .bind(by.0)
            .bind(recorded.recorded_at)
            .execute(conn)
            .await?;
            if decided.rows_affected() != 1 {
                return Err(ApplyError::Misfit("what was decided had not been reported"));
            }
        }
        _ => {}
    }
    Ok(())
}
