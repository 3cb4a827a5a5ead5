//! The words these tests speak in: short numbers for people, one line per event.

use crate::support::account;
use anamnesis_domain::chat_room::{
    ChatRoomCommand as Command, ChatRoomEvent as Event, HideDecision, HideReason, Reaction,
};
use anamnesis_domain::{AccountId, Sealed};

/// The number of the first message in [`talk`]: the opening is 1.
pub(crate) const HELLO: u64 = 2;
/// The number of the second message in [`talk`].
pub(crate) const ANSWER: u64 = 3;

pub(crate) fn patient() -> AccountId {
    account(1)
}

pub(crate) fn doctor() -> AccountId {
    account(2)
}

/// Somebody who is not in the room.
pub(crate) fn stranger() -> AccountId {
    account(3)
}

pub(crate) fn sealed(text: &str) -> Sealed {
    Sealed(format!("s1.k1.{text}"))
}

/// A room in which nothing was said yet.
pub(crate) fn opened() -> Vec<Event> {
    vec![Event::RoomOpened { patient_id: patient(), doctor_id: doctor() }]
}

/// A room in which the patient said [`HELLO`] and the doctor said [`ANSWER`].
pub(crate) fn talk() -> Vec<Event> {
    with(with(opened(), posted(patient())), posted(doctor()))
}

pub(crate) fn with(mut history: Vec<Event>, event: Event) -> Vec<Event> {
    history.push(event);
    history
}

/// The room, closed by the doctor.
pub(crate) fn closed(history: Vec<Event>) -> Vec<Event> {
    with(history, Event::RoomClosed { by: doctor() })
}

/// The talk, with its first message taken back.
pub(crate) fn hello_retracted() -> Vec<Event> {
    with(talk(), Event::MessageRetracted { message: HELLO, by: patient() })
}

pub(crate) fn posted(author_id: AccountId) -> Event {
    Event::MessagePosted { author_id, body: sealed("words") }
}

pub(crate) fn post(by: AccountId) -> Command {
    Command::PostMessage { by, body: sealed("words") }
}

/// An edit of an own message, whatever version was seen.
pub(crate) fn edit(by: AccountId, message: u64) -> Command {
    edit_seen(by, message, None)
}

pub(crate) fn edit_seen(by: AccountId, message: u64, based_on: Option<u64>) -> Command {
    Command::EditMessage { by, message, author: by, body: sealed("better words"), based_on }
}

pub(crate) fn edited(by: AccountId, message: u64) -> Event {
    Event::MessageEdited { message, by, body: sealed("better words") }
}

/// Taking an own message back.
pub(crate) fn retract(by: AccountId, message: u64) -> Command {
    Command::RetractMessage { by, message, author: by }
}

/// An administrator's report of a message of the patient's.
pub(crate) fn hide(message: u64) -> Command {
    let (by, author, reason) = (stranger(), patient(), HideReason::WrongPatient);
    Command::HideMessage { by, message, author, reason }
}

pub(crate) fn hide_event(message: u64) -> Event {
    let (by, author_id, reason) = (stranger(), patient(), HideReason::WrongPatient);
    Event::MessageHidden { message, author_id, by, reason }
}

pub(crate) fn hide_decided(message: u64, decision: HideDecision) -> Event {
    let (by, author_id, note) = (account(4), patient(), sealed("why"));
    Event::HiddenMessageDecided { message, author_id, by, decision, note }
}

pub(crate) fn react(by: AccountId, message: u64) -> Command {
    Command::AddReaction { by, message, reaction: Reaction::Heart }
}

pub(crate) fn unreact(by: AccountId, message: u64) -> Command {
    Command::RemoveReaction { by, message, reaction: Reaction::Heart }
}

pub(crate) fn reacted(by: AccountId, message: u64) -> Event {
    Event::ReactionAdded { message, by, reaction: Reaction::Heart }
}

/// Every command that a participant can give in a talk, given by `by`.
pub(crate) fn commands_of_a_participant(by: AccountId) -> Vec<Command> {
    vec![
        post(by),
        edit(by, HELLO),
        retract(by, HELLO),
        react(by, HELLO),
        unreact(by, HELLO),
        Command::MarkDelivered { by, through: HELLO },
        Command::MarkRead { by, through: HELLO },
        Command::CloseRoom { by },
        Command::ReopenRoom { by },
    ]
}
