//! Why a chat room refuses.

/// A refusal by the rules of a conversation. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChatRoomError {
    /// No such room.
    #[error("there is no such room")]
    NotFound,
    /// The room belongs to another pair.
    #[error("the room belongs to another pair")]
    AnotherPair,
    /// A patient and their doctor are two people.
    #[error("a room needs two different people")]
    SamePerson,
    /// Only the two participants take part.
    #[error("only the room's participants may do this")]
    NotParticipant,
    /// Words can be changed or taken back by their author alone.
    #[error("only the author of the message may do this")]
    NotAuthor,
    /// The number is zero, or beyond the room's last message.
    #[error("the room has no such message")]
    NoSuchMessage,
    /// The message was taken back.
    #[error("the message was retracted")]
    Retracted,
    /// The message was reported and is hidden from everybody.
    #[error("the message is hidden until it is decided about")]
    Hidden,
    /// The message was never reported.
    #[error("the message was not reported")]
    NotReported,
    /// The report was decided in another way.
    #[error("it was decided otherwise")]
    Decided,
    /// The words were changed since the editor saw them.
    #[error("the message was edited in the meantime")]
    Stale,
    /// The conversation was closed.
    #[error("the room is closed")]
    Closed,
}

impl ChatRoomError {
    /// The stable code that clients may depend on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "room_not_found",
            Self::AnotherPair => "room_of_another_pair",
            Self::SamePerson => "room_needs_two_people",
            Self::NotParticipant => "room_not_participant",
            Self::NotAuthor => "message_not_author",
            Self::NoSuchMessage => "message_not_found",
            Self::Retracted => "message_retracted",
            Self::Hidden => "message_hidden",
            Self::NotReported => "report_not_found",
            Self::Decided => "report_decided",
            Self::Stale => "message_stale",
            Self::Closed => "room_closed",
        }
    }
}
