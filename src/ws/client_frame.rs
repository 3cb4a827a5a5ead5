//! What clients send.

use crate::commands::conversation::Say;
use crate::policy::Action;
use anamnesis_domain::RoomId;
use anamnesis_domain::chat_room::Reaction;
use secrecy::SecretString;
use serde::Deserialize;
use uuid::Uuid;

/// The first frame of every socket.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum FirstFrame {
    /// Who comes, and what they have.
    Hello {
        /// The ticket, unless it came in the header.
        ticket: Option<SecretString>,
        /// The last cursor that the client has; without it, it starts anew.
        after: Option<String>,
    },
}

/// Every further frame. `client_id` comes back in the answer; with it, sending the same again
/// is safe.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "docs/PROTOCOL.md specifies every field, with examples")]
pub enum ClientFrame {
    PostMessage {
        client_id: Uuid,
        room_id: RoomId,
        body: String,
    },
    EditMessage {
        client_id: Uuid,
        room_id: RoomId,
        number: u64,
        body: String,
        based_on: Option<u64>,
    },
    RetractMessage {
        client_id: Uuid,
        room_id: RoomId,
        number: u64,
    },
    AddReaction {
        client_id: Uuid,
        room_id: RoomId,
        number: u64,
        reaction: Reaction,
    },
    RemoveReaction {
        client_id: Uuid,
        room_id: RoomId,
        number: u64,
        reaction: Reaction,
    },
    MarkDelivered {
        client_id: Uuid,
        room_id: RoomId,
        through: u64,
    },
    MarkRead {
        client_id: Uuid,
        room_id: RoomId,
        through: u64,
    },
    CloseRoom {
        client_id: Uuid,
        room_id: RoomId,
    },
    ReopenRoom {
        client_id: Uuid,
        room_id: RoomId,
    },
    Typing {
        room_id: RoomId,
    },
}

/// A frame, sorted by what is to be done with it.
#[derive(Debug)]
pub(super) enum Asked {
    /// A command to a room.
    Command { client_id: Uuid, room_id: RoomId, action: Action, say: Say },
    /// Passing news for the other one.
    Typing { room_id: RoomId },
}

impl Asked {
    /// The id that the client made; passing news have none.
    pub(super) fn client_id(&self) -> Option<Uuid> {
        match self {
            Self::Command { client_id, .. } => Some(*client_id),
            Self::Typing { .. } => None,
        }
    }

    /// Which room it is about, and the action that the policy decides about.
    pub(super) fn aim(&self) -> (RoomId, Action) {
        match self {
            Self::Command { room_id, action, .. } => (*room_id, *action),
            Self::Typing { room_id } => (*room_id, Action::Type),
        }
    }
}

impl ClientFrame {
    /// Every command with the action that the policy decides about.
    pub(super) fn sort(self) -> Asked {
        let (client_id, room_id, action, say) = match self {
            Self::Typing { room_id } => return Asked::Typing { room_id },
            Self::PostMessage { client_id, room_id, body } => {
                (client_id, room_id, Action::PostMessage, Say::Post { body })
            }
            Self::EditMessage { client_id, room_id, number, body, based_on } => {
                (client_id, room_id, Action::EditMessage, Say::Edit { number, body, based_on })
            }
            Self::RetractMessage { client_id, room_id, number } => {
                (client_id, room_id, Action::RetractMessage, Say::Retract { number })
            }
            Self::AddReaction { client_id, room_id, number, reaction } => {
                (client_id, room_id, Action::ReactToMessage, Say::AddReaction { number, reaction })
            }
            Self::RemoveReaction { client_id, room_id, number, reaction } => {
                let say = Say::RemoveReaction { number, reaction };
                (client_id, room_id, Action::ReactToMessage, say)
            }
            Self::MarkDelivered { client_id, room_id, through } => {
                (client_id, room_id, Action::MarkProgress, Say::MarkDelivered { through })
            }
            Self::MarkRead { client_id, room_id, through } => {
                (client_id, room_id, Action::MarkProgress, Say::MarkRead { through })
            }
            Self::CloseRoom { client_id, room_id } => {
                (client_id, room_id, Action::CloseRoom, Say::Close)
            }
            Self::ReopenRoom { client_id, room_id } => {
                (client_id, room_id, Action::CloseRoom, Say::Reopen)
            }
        };
        Asked::Command { client_id, room_id, action, say }
    }
}
