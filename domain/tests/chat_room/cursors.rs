//! How far each participant has come.

use crate::support::given;
use crate::words::{ANSWER, HELLO, doctor, patient, talk, with};
use anamnesis_domain::AccountId;
use anamnesis_domain::chat_room::{ChatRoom, ChatRoomCommand as Command, ChatRoomEvent as Event};

fn mark_delivered(by: AccountId, through: u64) -> Command {
    Command::MarkDelivered { by, through }
}

fn mark_read(by: AccountId, through: u64) -> Command {
    Command::MarkRead { by, through }
}

fn delivered(by: AccountId, through: u64) -> Event {
    Event::MessagesDelivered { by, through }
}

fn read(by: AccountId, through: u64) -> Event {
    Event::MessagesRead { by, through }
}

#[test]
fn both_participants_can_say_how_far_they_have_come() {
    for by in [patient(), doctor()] {
        given::<ChatRoom>(talk()).when(mark_delivered(by, HELLO)).then(delivered(by, HELLO));
        given::<ChatRoom>(talk()).when(mark_read(by, ANSWER)).then(read(by, ANSWER));
    }
}

#[test]
fn a_cursor_moves_forward() {
    given::<ChatRoom>(with(talk(), read(patient(), HELLO)))
        .when(mark_read(patient(), ANSWER))
        .then(read(patient(), ANSWER));
    given::<ChatRoom>(with(talk(), delivered(patient(), HELLO)))
        .when(mark_delivered(patient(), ANSWER))
        .then(delivered(patient(), ANSWER));
}

#[test]
fn marking_what_is_marked_writes_nothing() {
    for through in [HELLO, ANSWER] {
        given::<ChatRoom>(with(talk(), read(patient(), ANSWER)))
            .when(mark_read(patient(), through))
            .then_nothing();
        given::<ChatRoom>(with(talk(), delivered(patient(), ANSWER)))
            .when(mark_delivered(patient(), through))
            .then_nothing();
    }
}

#[test]
fn what_was_read_was_delivered() {
    given::<ChatRoom>(with(talk(), read(patient(), ANSWER)))
        .when(mark_delivered(patient(), ANSWER))
        .then_nothing();
}

#[test]
fn what_was_delivered_was_not_therefore_read() {
    given::<ChatRoom>(with(talk(), delivered(patient(), ANSWER)))
        .when(mark_read(patient(), HELLO))
        .then(read(patient(), HELLO));
}

#[test]
fn reading_less_than_was_delivered_leaves_the_delivery() {
    let history = with(with(talk(), delivered(patient(), ANSWER)), read(patient(), HELLO));
    given::<ChatRoom>(history).when(mark_delivered(patient(), ANSWER)).then_nothing();
}

#[test]
fn each_participant_has_cursors_of_their_own() {
    given::<ChatRoom>(with(talk(), read(patient(), ANSWER)))
        .when(mark_read(doctor(), HELLO))
        .then(read(doctor(), HELLO));
}
