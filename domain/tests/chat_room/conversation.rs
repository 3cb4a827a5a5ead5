//! Opening, closing and speaking.

use crate::support::given;
use crate::words::{
    HELLO, closed, commands_of_a_participant, doctor, edit, opened, patient, post, posted, react,
    retract, stranger, talk, unreact, with,
};
use anamnesis_domain::chat_room::{
    ChatRoom, ChatRoomCommand as Command, ChatRoomError as Error, ChatRoomEvent as Event,
    Participants,
};
use anamnesis_domain::{AccountId, RoomId};
use cqrs_es::Aggregate;

fn open(patient_id: AccountId, doctor_id: AccountId) -> Command {
    Command::OpenRoom { patient_id, doctor_id }
}

#[test]
fn a_room_is_opened_for_a_patient_and_a_doctor() {
    given::<ChatRoom>([])
        .when(open(patient(), doctor()))
        .then(Event::RoomOpened { patient_id: patient(), doctor_id: doctor() });
}

#[test]
fn opening_it_again_for_the_same_pair_writes_nothing() {
    given::<ChatRoom>(opened()).when(open(patient(), doctor())).then_nothing();
    given::<ChatRoom>(closed(opened())).when(open(patient(), doctor())).then_nothing();
}

#[test]
fn a_room_never_gets_another_pair() {
    for (patient_id, doctor_id) in
        [(stranger(), doctor()), (patient(), stranger()), (doctor(), patient())]
    {
        given::<ChatRoom>(opened())
            .when(open(patient_id, doctor_id))
            .then_refused(Error::AnotherPair);
    }
}

#[test]
fn nobody_has_a_room_with_themselves() {
    given::<ChatRoom>([]).when(open(doctor(), doctor())).then_refused(Error::SamePerson);
}

#[test]
fn nothing_can_be_done_in_a_room_that_does_not_exist() {
    for command in commands_of_a_participant(patient()) {
        given::<ChatRoom>([]).when(command).then_refused(Error::NotFound);
    }
    given::<ChatRoom>([])
        .when(Command::RestoreMessage { by: stranger(), message: HELLO })
        .then_refused(Error::NotFound);
}

#[test]
fn a_stranger_can_do_nothing_that_participants_do() {
    for command in commands_of_a_participant(stranger()) {
        given::<ChatRoom>(talk()).when(command.clone()).then_refused(Error::NotParticipant);
        given::<ChatRoom>(closed(talk())).when(command).then_refused(Error::NotParticipant);
    }
}

#[test]
fn both_participants_can_speak() {
    for speaker in [patient(), doctor()] {
        given::<ChatRoom>(opened()).when(post(speaker)).then(posted(speaker));
    }
}

#[test]
fn saying_the_same_twice_is_saying_it_twice() {
    given::<ChatRoom>(talk()).when(post(patient())).then(posted(patient()));
}

#[test]
fn both_participants_can_close_and_reopen() {
    for by in [patient(), doctor()] {
        given::<ChatRoom>(talk()).when(Command::CloseRoom { by }).then(Event::RoomClosed { by });
        given::<ChatRoom>(closed(talk()))
            .when(Command::ReopenRoom { by })
            .then(Event::RoomReopened { by });
    }
}

#[test]
fn closing_or_reopening_again_writes_nothing() {
    let by = patient();
    given::<ChatRoom>(closed(talk())).when(Command::CloseRoom { by }).then_nothing();
    given::<ChatRoom>(talk()).when(Command::ReopenRoom { by }).then_nothing();
}

#[test]
fn nothing_is_said_in_a_closed_room() {
    let by = patient();
    for command in [post(by), edit(by, HELLO), react(by, HELLO), unreact(by, HELLO)] {
        given::<ChatRoom>(closed(talk())).when(command).then_refused(Error::Closed);
    }
}

#[test]
fn what_was_said_can_be_read_and_taken_back_in_a_closed_room() {
    let by = patient();
    given::<ChatRoom>(closed(talk()))
        .when(Command::MarkRead { by, through: HELLO })
        .then(Event::MessagesRead { by, through: HELLO });
    given::<ChatRoom>(closed(talk()))
        .when(retract(by, HELLO))
        .then(Event::MessageRetracted { message: HELLO, by });
}

#[test]
fn a_reopened_room_goes_on() {
    let reopened = with(closed(talk()), Event::RoomReopened { by: patient() });
    given::<ChatRoom>(reopened).when(post(doctor())).then(posted(doctor()));
}

#[test]
fn a_room_knows_its_participants() {
    let mut room = ChatRoom::default();
    assert_eq!(room.participants(), None);
    for event in opened() {
        room.apply(event);
    }
    let pair = Participants { patient_id: patient(), doctor_id: doctor() };
    assert_eq!(room.participants(), Some(pair));
    assert!(pair.includes(patient()) && pair.includes(doctor()) && !pair.includes(stranger()));
}

#[test]
fn a_pair_has_the_same_room_for_ever() {
    // Written down once: another answer would orphan every room there is.
    assert_eq!(
        RoomId::of_pair(patient(), doctor()).to_string(),
        "7f340c65-a62b-5f92-8521-d4d744d4d770"
    );
    assert_ne!(RoomId::of_pair(patient(), doctor()), RoomId::of_pair(doctor(), patient()));
    assert_ne!(RoomId::of_pair(patient(), doctor()), RoomId::of_pair(stranger(), doctor()));
}
