//! Answering with less than words.

use crate::support::given;
use crate::words::{HELLO, doctor, hello_retracted, patient, react, reacted, talk, unreact, with};
use anamnesis_domain::chat_room::{
    ChatRoom, ChatRoomCommand as Command, ChatRoomError as Error, ChatRoomEvent as Event, Reaction,
};

#[test]
fn both_participants_can_react_to_any_message() {
    for by in [patient(), doctor()] {
        given::<ChatRoom>(talk()).when(react(by, HELLO)).then(reacted(by, HELLO));
    }
}

#[test]
fn the_same_reaction_again_writes_nothing() {
    given::<ChatRoom>(with(talk(), reacted(doctor(), HELLO)))
        .when(react(doctor(), HELLO))
        .then_nothing();
}

#[test]
fn another_reaction_or_another_person_is_another_reaction() {
    let history = with(talk(), reacted(doctor(), HELLO));
    given::<ChatRoom>(history.clone())
        .when(react(patient(), HELLO))
        .then(reacted(patient(), HELLO));
    let thanks = Reaction::Thanks;
    given::<ChatRoom>(history)
        .when(Command::AddReaction { by: doctor(), message: HELLO, reaction: thanks })
        .then(Event::ReactionAdded { message: HELLO, by: doctor(), reaction: thanks });
}

#[test]
fn an_own_reaction_can_be_taken_away() {
    let removed =
        Event::ReactionRemoved { message: HELLO, by: doctor(), reaction: Reaction::Heart };
    let history = with(talk(), reacted(doctor(), HELLO));
    given::<ChatRoom>(history.clone()).when(unreact(doctor(), HELLO)).then(removed.clone());
    given::<ChatRoom>(with(history, removed))
        .when(react(doctor(), HELLO))
        .then(reacted(doctor(), HELLO));
}

#[test]
fn taking_away_what_does_not_stand_writes_nothing() {
    given::<ChatRoom>(talk()).when(unreact(doctor(), HELLO)).then_nothing();
    given::<ChatRoom>(with(talk(), reacted(doctor(), HELLO)))
        .when(unreact(patient(), HELLO))
        .then_nothing();
}

#[test]
fn a_reaction_to_a_retracted_message_stays_as_it_was() {
    given::<ChatRoom>(hello_retracted())
        .when(unreact(doctor(), HELLO))
        .then_refused(Error::Retracted);
}
