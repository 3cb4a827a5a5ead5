//! What happened in a chat room.

use super::{HideDecision, HideReason, Reaction};
use crate::event::versions;
use crate::{AccountId, Sealed};
use serde::{Deserialize, Serialize};

/// `by` is who did it; `message` is the number of a message: its sequence in this stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are explained above, once")]
pub enum ChatRoomEvent {
    /// The pair can talk from now on.
    RoomOpened { patient_id: AccountId, doctor_id: AccountId },
    /// A message was said. Its number is this event's sequence.
    MessagePosted { author_id: AccountId, body: Sealed },
    /// Its author replaced a message's words.
    MessageEdited { message: u64, by: AccountId, body: Sealed },
    /// Its author took a message back.
    MessageRetracted { message: u64, by: AccountId },
    /// A retracted message is visible again.
    MessageRestored { message: u64, by: AccountId },
    /// An administrator hid a message from both participants until it is decided about.
    MessageHidden {
        message: u64,
        /// Who wrote the message.
        author_id: AccountId,
        by: AccountId,
        reason: HideReason,
    },
    /// A compliance officer decided about a hidden message.
    HiddenMessageDecided {
        message: u64,
        /// Who wrote the message.
        author_id: AccountId,
        by: AccountId,
        decision: HideDecision,
        /// Why, in the officer's words.
        note: Sealed,
    },
    /// A participant reacted to a message.
    ReactionAdded { message: u64, by: AccountId, reaction: Reaction },
    /// A participant took a reaction away.
    ReactionRemoved { message: u64, by: AccountId, reaction: Reaction },
    /// Everything up to `through` reached a device of `by`.
    MessagesDelivered { by: AccountId, through: u64 },
    /// Everything up to `through` was seen by `by` (and so was delivered).
    MessagesRead { by: AccountId, through: u64 },
    /// The conversation was ended.
    RoomClosed { by: AccountId },
    /// The conversation goes on.
    RoomReopened { by: AccountId },
}

versions!(ChatRoomEvent {
    RoomOpened => "1",
    MessagePosted => "1",
    MessageEdited => "1",
    MessageRetracted => "1",
    MessageRestored => "1",
    MessageHidden => "1",
    HiddenMessageDecided => "1",
    ReactionAdded => "1",
    ReactionRemoved => "1",
    MessagesDelivered => "1",
    MessagesRead => "1",
    RoomClosed => "1",
    RoomReopened => "1",
});
