//! The chapter of chat rooms.

use super::{admin_id, doctor_id, officer_id, patient_id, sealed};
use crate::catalogue::{Chapter, Prose};
use anamnesis_domain::chat_room::{ChatRoom, ChatRoomEvent, HideDecision, HideReason, Reaction};

pub(super) fn chapter() -> Chapter {
    let prose = Prose {
        title: "Chat room",
        about: "The conversation of one patient and one doctor. A pair has exactly one room.",
        stream: "the room's id, which is computed from the two account ids",
        sealed_under: "the patient's key, whoever of the two wrote",
        fields: &[
            ("patient_id", "The patient."),
            ("doctor_id", "The doctor."),
            ("author_id", "Who wrote the message."),
            ("message", "The message's number: the sequence of its `MessagePosted` in the room."),
            ("by", "Who did it."),
            ("reason", "One of a fixed set: `wrong_patient`."),
            ("decision", "`shown_again` or `stays_hidden`."),
            ("note", "Why, in the officer's words."),
            ("body", "The words."),
            (
                "reaction",
                "One of a fixed set, so that it carries no text: `thumbs_up`, `heart`, `smile`, \
                 `sad`, `surprised`, `thanks`, `done` or `question`.",
            ),
            ("through", "The number of the last message that this covers."),
        ],
    };
    let (message, by, through) = (2, doctor_id(), 2);
    let author = patient_id();
    let reaction = Reaction::ThumbsUp;
    Chapter::of::<ChatRoom>(
        prose,
        vec![
            (
                "The pair can talk from this moment.",
                ChatRoomEvent::RoomOpened { patient_id: patient_id(), doctor_id: doctor_id() },
            ),
            (
                "A message was sent. Its number is this event's sequence in the room.",
                ChatRoomEvent::MessagePosted { author_id: author, body: sealed(9) },
            ),
            (
                "The author replaced the words of a message. The earlier words stay in the log.",
                ChatRoomEvent::MessageEdited { message, by: author, body: sealed(10) },
            ),
            (
                "The author took a message back. It is hidden, not erased.",
                ChatRoomEvent::MessageRetracted { message, by: author },
            ),
            (
                "An administrator made a retracted message visible again.",
                ChatRoomEvent::MessageRestored { message, by: admin_id() },
            ),
            (
                "An administrator reported a message: it is hidden from both until a compliance \
                 officer decides. Nobody reads it for that.",
                ChatRoomEvent::MessageHidden {
                    message,
                    author_id: author,
                    by: admin_id(),
                    reason: HideReason::WrongPatient,
                },
            ),
            (
                "A compliance officer decided about a hidden message. One that is shown again is \
                 what it was before: one that was retracted is retracted.",
                ChatRoomEvent::HiddenMessageDecided {
                    message,
                    author_id: author,
                    by: officer_id(),
                    decision: HideDecision::StaysHidden,
                    note: sealed(11),
                },
            ),
            (
                "A participant reacted to a message.",
                ChatRoomEvent::ReactionAdded { message, by, reaction },
            ),
            (
                "A participant took an own reaction away.",
                ChatRoomEvent::ReactionRemoved { message, by, reaction },
            ),
            (
                "Every message up to this one reached a device of this participant.",
                ChatRoomEvent::MessagesDelivered { by, through },
            ),
            (
                "This participant has seen every message up to this one.",
                ChatRoomEvent::MessagesRead { by, through },
            ),
            (
                "The conversation was closed: nothing can be posted until it is reopened.",
                ChatRoomEvent::RoomClosed { by },
            ),
            ("The conversation goes on.", ChatRoomEvent::RoomReopened { by }),
        ],
    )
}
