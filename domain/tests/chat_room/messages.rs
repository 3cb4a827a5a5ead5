//! Editing, taking back and restoring messages.

use crate::support::given;
use crate::words::{
    ANSWER, HELLO, doctor, edit, edit_seen, edited, hello_retracted, opened, patient, react,
    reacted, retract, sealed, stranger, talk, with,
};
use anamnesis_domain::chat_room::{
    ChatRoom, ChatRoomCommand as Command, ChatRoomError as Error, ChatRoomEvent as Event,
};

fn restore(message: u64) -> Command {
    // By an administrator, who is no participant.
    Command::RestoreMessage { by: stranger(), message }
}

#[test]
fn an_author_can_replace_the_words() {
    given::<ChatRoom>(talk()).when(edit(patient(), HELLO)).then(edited(patient(), HELLO));
    given::<ChatRoom>(talk()).when(edit(doctor(), ANSWER)).then(edited(doctor(), ANSWER));
}

#[test]
fn only_the_author_can_replace_words_or_take_them_back() {
    let edits = Command::EditMessage {
        by: doctor(),
        message: HELLO,
        author: patient(),
        body: sealed("other words"),
        based_on: None,
    };
    let retracts = Command::RetractMessage { by: doctor(), message: HELLO, author: patient() };
    for command in [edits, retracts] {
        given::<ChatRoom>(talk()).when(command).then_refused(Error::NotAuthor);
    }
}

#[test]
fn an_edit_names_the_version_that_its_editor_saw() {
    given::<ChatRoom>(talk())
        .when(edit_seen(patient(), HELLO, Some(HELLO)))
        .then(edited(patient(), HELLO));
    let edit_number = ANSWER + 1;
    given::<ChatRoom>(with(talk(), edited(patient(), HELLO)))
        .when(edit_seen(patient(), HELLO, Some(edit_number)))
        .then(edited(patient(), HELLO));
}

#[test]
fn an_edit_of_outdated_words_is_refused() {
    let history = with(talk(), edited(patient(), HELLO));
    for seen in [HELLO, ANSWER, 99] {
        given::<ChatRoom>(history.clone())
            .when(edit_seen(patient(), HELLO, Some(seen)))
            .then_refused(Error::Stale);
    }
    given::<ChatRoom>(history)
        .when(edit_seen(patient(), HELLO, None))
        .then(edited(patient(), HELLO));
}

#[test]
fn an_author_can_take_a_message_back() {
    given::<ChatRoom>(talk())
        .when(retract(patient(), HELLO))
        .then(Event::MessageRetracted { message: HELLO, by: patient() });
}

#[test]
fn taking_it_back_again_writes_nothing() {
    given::<ChatRoom>(hello_retracted()).when(retract(patient(), HELLO)).then_nothing();
}

#[test]
fn a_retracted_message_can_not_be_edited_or_reacted_to() {
    for command in [edit(patient(), HELLO), react(doctor(), HELLO)] {
        given::<ChatRoom>(hello_retracted()).when(command).then_refused(Error::Retracted);
    }
}

#[test]
fn a_retracted_message_can_be_restored_by_one_who_is_no_participant() {
    given::<ChatRoom>(hello_retracted())
        .when(restore(HELLO))
        .then(Event::MessageRestored { message: HELLO, by: stranger() });
}

#[test]
fn restoring_a_visible_message_writes_nothing() {
    given::<ChatRoom>(talk()).when(restore(HELLO)).then_nothing();
    let restored =
        with(hello_retracted(), Event::MessageRestored { message: HELLO, by: stranger() });
    given::<ChatRoom>(restored).when(restore(HELLO)).then_nothing();
}

#[test]
fn a_restored_message_can_be_edited_reacted_to_and_taken_back_again() {
    let restored =
        || with(hello_retracted(), Event::MessageRestored { message: HELLO, by: stranger() });
    given::<ChatRoom>(restored()).when(edit(patient(), HELLO)).then(edited(patient(), HELLO));
    given::<ChatRoom>(restored()).when(react(doctor(), HELLO)).then(reacted(doctor(), HELLO));
    given::<ChatRoom>(restored())
        .when(retract(patient(), HELLO))
        .then(Event::MessageRetracted { message: HELLO, by: patient() });
}

#[test]
fn a_message_beyond_the_last_one_does_not_exist() {
    for message in [0, ANSWER + 1, u64::MAX] {
        let commands = [
            edit(patient(), message),
            retract(patient(), message),
            restore(message),
            react(patient(), message),
            Command::MarkDelivered { by: patient(), through: message },
            Command::MarkRead { by: patient(), through: message },
        ];
        for command in commands {
            given::<ChatRoom>(talk()).when(command).then_refused(Error::NoSuchMessage);
        }
    }
    given::<ChatRoom>(opened()).when(react(patient(), 1)).then_refused(Error::NoSuchMessage);
}
