//! The projection `conversations`.

use super::fold::{Fold, Participants};
use super::{write_edits, write_messages, write_reactions, write_rooms};
use crate::log::RecordedEvent;
use crate::projection::{ApplyError, Projection, Table, content};
use anamnesis_domain::Event;
use anamnesis_domain::chat_room::{ChatRoom, ChatRoomEvent};
use async_trait::async_trait;
use cqrs_es::Aggregate;
use sqlx::PgConnection;
use std::sync::Arc;
use uuid::Uuid;

/// Folds the events of chat rooms.
///
/// A batch is folded in memory first: a message is updated once however often it was edited
/// and retracted, and a room is updated once however much was said in it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Conversations;

impl Conversations {
    /// Keys its checkpoint.
    pub const NAME: &'static str = "conversations";
}

const TABLES: &[Table] = &[
    Table { name: "rooms", key: &["room_id"] },
    Table { name: "messages", key: &["room_id", "sequence"] },
    Table { name: "message_edits", key: &["room_id", "message", "version"] },
    Table { name: "reactions", key: &["room_id", "message", "account_id", "reaction"] },
];

#[async_trait]
impl Projection for Conversations {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[ChatRoom::TYPE]
    }

    fn tables(&self) -> &'static [Table] {
        TABLES
    }

    async fn apply(
        &self,
        batch: &[Arc<RecordedEvent>],
        conn: &mut PgConnection,
    ) -> Result<(), ApplyError> {
        let events = batch.iter().map(|event| read(event)).collect::<Result<Vec<_>, _>>()?;
        let participants = participants(conn, &events).await?;
        let fold = Fold::of(&events, participants)?;
        write_rooms::insert(conn, &fold).await?;
        write_messages::insert(conn, &fold).await?;
        write_edits::insert(conn, &fold).await?;
        write_messages::update(conn, &fold).await?;
        write_reactions::write(conn, &fold).await?;
        write_rooms::update(conn, &fold).await
    }
}

/// An event with its room's id read from the stream's.
pub(super) struct RoomEvent<'e> {
    pub(super) room_id: Uuid,
    pub(super) recorded: &'e RecordedEvent,
    pub(super) event: &'e ChatRoomEvent,
}

fn read(recorded: &RecordedEvent) -> Result<RoomEvent<'_>, ApplyError> {
    let Event::ChatRoom(event) = content(recorded)? else {
        return Err(ApplyError::Misfit("not an event of a chat room"));
    };
    let room_id = Uuid::parse_str(&recorded.stream.aggregate_id)
        .map_err(|_| ApplyError::Misfit("the stream's id is not a room's"))?;
    Ok(RoomEvent { room_id, recorded, event })
}

/// The pairs of the rooms with receipts: a receipt says whose it is, not which side's.
async fn participants(
    conn: &mut PgConnection,
    events: &[RoomEvent<'_>],
) -> Result<Participants, ApplyError> {
    let receipts = events.iter().filter(|event| {
        use ChatRoomEvent::{MessagesDelivered, MessagesRead};
        matches!(event.event, MessagesDelivered { .. } | MessagesRead { .. })
    });
    let mut rooms: Vec<Uuid> = receipts.map(|event| event.room_id).collect();
    if rooms.is_empty() {
        return Ok(Participants::default());
    }
    rooms.sort_unstable();
    rooms.dedup();
    let rows: Vec<(Uuid, Uuid)> =
        sqlx::query_as("SELECT room_id, patient_id FROM rooms WHERE room_id = ANY($1)")
            .bind(&rooms)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().collect())
}
