//! Events as clients see them: the state frames of `docs/PROTOCOL.md`.

use super::Cursor;
use super::audience::{Audience, Delivery};
use crate::disclosure::FeedOpener;
use crate::sealing::{OpenError, SealedAt};
use anamnesis_domain::chat_room::{ChatRoomEvent, HideDecision, Participants, Reaction};
use anamnesis_domain::{AccountId, Event, RoomId, Sealed};
use anamnesis_projections::log::RecordedEvent;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

/// What happened, as both participants of the room may see it. `number` is a message's number,
/// `version` the sequence at which its words were written, `body` is null once it was erased or
/// taken back.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "docs/PROTOCOL.md specifies every field, with examples")]
pub enum Happening<'a> {
    RoomOpened {
        patient_id: AccountId,
        doctor_id: AccountId,
    },
    MessagePosted {
        number: u64,
        author_id: AccountId,
        body: Option<&'a str>,
        posted_at: DateTime<Utc>,
        #[serde(skip_serializing_if = "Option::is_none")]
        client_id: Option<Uuid>,
    },
    MessageEdited {
        number: u64,
        version: u64,
        body: Option<&'a str>,
        edited_at: DateTime<Utc>,
    },
    MessageRetracted {
        number: u64,
    },
    MessageRestored {
        number: u64,
    },
    MessageHidden {
        number: u64,
        author_id: AccountId,
    },
    HiddenMessageDecided {
        number: u64,
        author_id: AccountId,
        decision: HideDecision,
    },
    ReactionAdded {
        number: u64,
        by: AccountId,
        reaction: Reaction,
    },
    ReactionRemoved {
        number: u64,
        by: AccountId,
        reaction: Reaction,
    },
    MessagesDelivered {
        by: AccountId,
        through: u64,
    },
    MessagesRead {
        by: AccountId,
        through: u64,
    },
    RoomClosed {
        by: AccountId,
    },
    RoomReopened {
        by: AccountId,
    },
    /// This server can not read the event (a newer one wrote it): fetch the room again.
    Unreadable {},
}

#[derive(Serialize)]
struct StateFrame<'a> {
    #[serde(flatten)]
    happening: Happening<'a>,
    cursor: Cursor,
    room_id: RoomId,
}

/// A room's event that is to be rendered.
pub(super) struct Shown<'a> {
    pub(super) room_id: RoomId,
    pub(super) pair: Participants,
    pub(super) recorded: &'a RecordedEvent,
    /// The words that it carries were taken back or hidden since: they are not shown any more.
    pub(super) retracted: bool,
}

/// Renders a room's event. Fails only when a key could not be had for the moment.
pub(super) async fn render(
    opener: &FeedOpener,
    epoch: Uuid,
    Shown { room_id, pair, recorded, retracted }: Shown<'_>,
) -> Result<Delivery, OpenError> {
    let body = match recorded.event() {
        Ok(Event::ChatRoom(
            ChatRoomEvent::MessagePosted { body, .. } | ChatRoomEvent::MessageEdited { body, .. },
        )) if !retracted => open_words(opener, recorded, "body", body).await?,
        _ => None,
    };
    let frame = StateFrame {
        happening: happening(recorded, body.as_deref()),
        cursor: Cursor { epoch, position: recorded.position },
        room_id,
    };
    // A struct of strings and numbers has no way to fail.
    let text = serde_json::to_string(&frame).unwrap_or_default();
    let audience = Audience::Pair(pair);
    Ok(Delivery { position: recorded.position, text: text.into(), audience })
}

/// `None` where the content is gone, or was tampered with (which is logged).
pub(super) async fn open_words(
    opener: &FeedOpener,
    recorded: &RecordedEvent,
    field: &'static str,
    sealed: &Sealed,
) -> Result<Option<String>, OpenError> {
    let at = SealedAt {
        event_id: recorded.event_id,
        aggregate_type: &recorded.stream.aggregate_type,
        aggregate_id: &recorded.stream.aggregate_id,
        field,
    };
    match opener.open(at, sealed).await {
        Ok(bytes) => Ok(String::from_utf8(bytes.to_vec()).ok()),
        Err(OpenError::Unavailable(error)) => Err(OpenError::Unavailable(error)),
        Err(error) => {
            if !matches!(error, OpenError::Erased) {
                tracing::error!(position = recorded.position, "sealed content does not open");
            }
            Ok(None)
        }
    }
}

fn happening<'a>(recorded: &RecordedEvent, body: Option<&'a str>) -> Happening<'a> {
    let Ok(Event::ChatRoom(event)) = recorded.event() else { return Happening::Unreadable {} };
    match *event {
        ChatRoomEvent::RoomOpened { patient_id, doctor_id } => {
            Happening::RoomOpened { patient_id, doctor_id }
        }
        ChatRoomEvent::MessagePosted { author_id, .. } => Happening::MessagePosted {
            number: recorded.sequence,
            author_id,
            body,
            posted_at: recorded.recorded_at,
            client_id: client_id(recorded),
        },
        ChatRoomEvent::MessageEdited { message, .. } => Happening::MessageEdited {
            number: message,
            version: recorded.sequence,
            body,
            edited_at: recorded.recorded_at,
        },
        ChatRoomEvent::MessageRetracted { message, .. } => {
            Happening::MessageRetracted { number: message }
        }
        ChatRoomEvent::MessageRestored { message, .. } => {
            Happening::MessageRestored { number: message }
        }
        ChatRoomEvent::MessageHidden { message, author_id, .. } => {
            Happening::MessageHidden { number: message, author_id }
        }
        ChatRoomEvent::HiddenMessageDecided { message, author_id, decision, .. } => {
            Happening::HiddenMessageDecided { number: message, author_id, decision }
        }
        ChatRoomEvent::ReactionAdded { message, by, reaction } => {
            Happening::ReactionAdded { number: message, by, reaction }
        }
        ChatRoomEvent::ReactionRemoved { message, by, reaction } => {
            Happening::ReactionRemoved { number: message, by, reaction }
        }
        ChatRoomEvent::MessagesDelivered { by, through } => {
            Happening::MessagesDelivered { by, through }
        }
        ChatRoomEvent::MessagesRead { by, through } => Happening::MessagesRead { by, through },
        ChatRoomEvent::RoomClosed { by } => Happening::RoomClosed { by },
        ChatRoomEvent::RoomReopened { by } => Happening::RoomReopened { by },
    }
}

fn client_id(recorded: &RecordedEvent) -> Option<Uuid> {
    #[derive(serde::Deserialize)]
    struct Only {
        client_id: Option<Uuid>,
    }
    serde_json::from_str::<Only>(&recorded.metadata).ok()?.client_id
}
