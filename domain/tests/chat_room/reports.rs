//! Messages that were reported: hidden from both, until a compliance officer decides.

use crate::support::{account, given};
use crate::words::{
    HELLO, doctor, edit, edited, hello_retracted, hide, hide_decided, hide_event, patient, react,
    reacted, retract, sealed, stranger, talk, unreact, with,
};
use anamnesis_domain::AccountId;
use anamnesis_domain::chat_room::{
    ChatRoom, ChatRoomCommand as Command, ChatRoomError as Error, ChatRoomEvent as Event,
    HideDecision,
};

fn officer() -> AccountId {
    account(4)
}

fn decide(message: u64, decision: HideDecision) -> Command {
    Command::DecideHiddenMessage { by: officer(), message, decision, note: sealed("why") }
}

fn restore(message: u64) -> Command {
    Command::RestoreMessage { by: stranger(), message }
}

#[test]
fn a_message_is_hidden_by_one_who_is_no_participant() {
    given::<ChatRoom>(talk()).when(hide(HELLO)).then(hide_event(HELLO));
}

#[test]
fn hiding_a_hidden_message_writes_nothing() {
    let hidden = with(talk(), hide_event(HELLO));
    given::<ChatRoom>(hidden.clone()).when(hide(HELLO)).then_nothing();
    let for_good = with(hidden, hide_decided(HELLO, HideDecision::StaysHidden));
    given::<ChatRoom>(for_good).when(hide(HELLO)).then_nothing();
}

#[test]
fn nothing_is_done_to_a_hidden_message() {
    let asked = [
        edit(patient(), HELLO),
        retract(patient(), HELLO),
        react(doctor(), HELLO),
        unreact(doctor(), HELLO),
        restore(HELLO),
    ];
    let open = with(talk(), hide_event(HELLO));
    let decided = with(open.clone(), hide_decided(HELLO, HideDecision::StaysHidden));
    let retracted = with(hello_retracted(), hide_event(HELLO));
    for history in [open, decided, retracted] {
        for command in asked.clone() {
            given::<ChatRoom>(history.clone()).when(command).then_refused(Error::Hidden);
        }
    }
}

#[test]
fn the_rest_of_the_conversation_goes_on() {
    let hidden = || with(talk(), hide_event(HELLO));
    let read = Command::MarkRead { by: doctor(), through: HELLO };
    let seen = Event::MessagesRead { by: doctor(), through: HELLO };
    given::<ChatRoom>(hidden()).when(read).then(seen);
    let other = HELLO + 1;
    given::<ChatRoom>(hidden()).when(edit(doctor(), other)).then(edited(doctor(), other));
}

#[test]
fn a_decision_is_taken_once_and_stands() {
    use HideDecision::{ShownAgain, StaysHidden};
    for (decision, other) in [(ShownAgain, StaysHidden), (StaysHidden, ShownAgain)] {
        let hidden = with(talk(), hide_event(HELLO));
        let event = hide_decided(HELLO, decision);
        given::<ChatRoom>(hidden.clone()).when(decide(HELLO, decision)).then(event.clone());
        let decided = with(hidden, event);
        given::<ChatRoom>(decided.clone()).when(decide(HELLO, decision)).then_nothing();
        given::<ChatRoom>(decided).when(decide(HELLO, other)).then_refused(Error::Decided);
    }
}

#[test]
fn what_is_shown_again_is_what_it_was() {
    let again = |history| {
        let hidden = with(history, hide_event(HELLO));
        with(hidden, hide_decided(HELLO, HideDecision::ShownAgain))
    };
    given::<ChatRoom>(again(talk())).when(react(doctor(), HELLO)).then(reacted(doctor(), HELLO));
    given::<ChatRoom>(again(hello_retracted()))
        .when(edit(patient(), HELLO))
        .then_refused(Error::Retracted);
    given::<ChatRoom>(again(hello_retracted()))
        .when(restore(HELLO))
        .then(Event::MessageRestored { message: HELLO, by: stranger() });
    given::<ChatRoom>(again(talk())).when(hide(HELLO)).then(hide_event(HELLO));
}

#[test]
fn what_is_not_there_is_neither_hidden_nor_decided_about() {
    let decision = HideDecision::StaysHidden;
    for message in [0, 99] {
        given::<ChatRoom>(talk()).when(hide(message)).then_refused(Error::NoSuchMessage);
        given::<ChatRoom>(talk())
            .when(decide(message, decision))
            .then_refused(Error::NoSuchMessage);
    }
    given::<ChatRoom>(vec![]).when(hide(HELLO)).then_refused(Error::NotFound);
    given::<ChatRoom>(vec![]).when(decide(HELLO, decision)).then_refused(Error::NotFound);
    given::<ChatRoom>(talk()).when(decide(HELLO, decision)).then_refused(Error::NotReported);
}
