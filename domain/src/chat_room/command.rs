//! What can be asked of a chat room.

use super::{HideDecision, HideReason, Reaction};
use crate::{AccountId, Sealed};

/// `by` is who asks. `message` is a message's number: its sequence in the room's stream.
/// `author` is who wrote that message, looked up in the log before the command is made: the
/// room does not remember its messages. `based_on` is the version of the words that the editor
/// saw: the sequence of the message's last edit, or its own number where it was never edited.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are explained above, once")]
pub enum ChatRoomCommand {
    /// Opens the room for its pair. Opening an open room changes nothing.
    OpenRoom { patient_id: AccountId, doctor_id: AccountId },
    /// Says something.
    PostMessage { by: AccountId, body: Sealed },
    /// Replaces the words of an own message; the earlier words stay in the log.
    EditMessage {
        by: AccountId,
        message: u64,
        author: AccountId,
        body: Sealed,
        based_on: Option<u64>,
    },
    /// Takes an own message back; an administrator can restore it.
    RetractMessage { by: AccountId, message: u64, author: AccountId },
    /// Brings a retracted message back. Restoring a visible one changes nothing.
    RestoreMessage { by: AccountId, message: u64 },
    /// Hides a message from both. Hiding a hidden one changes nothing.
    HideMessage { by: AccountId, message: u64, author: AccountId, reason: HideReason },
    /// Decides about a hidden message, once.
    DecideHiddenMessage { by: AccountId, message: u64, decision: HideDecision, note: Sealed },
    /// Adds a reaction to a message.
    AddReaction { by: AccountId, message: u64, reaction: Reaction },
    /// Takes an own reaction away.
    RemoveReaction { by: AccountId, message: u64, reaction: Reaction },
    /// Says that everything up to and including `through` reached the device.
    MarkDelivered { by: AccountId, through: u64 },
    /// Says that everything up to and including `through` was seen.
    MarkRead { by: AccountId, through: u64 },
    /// Ends the conversation: nothing can be posted until it is reopened.
    CloseRoom { by: AccountId },
    /// Lets a closed conversation go on.
    ReopenRoom { by: AccountId },
}
