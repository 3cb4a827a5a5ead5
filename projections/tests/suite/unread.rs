//! What counts as unread, in examples.

use crate::support::history::{pair, room_id};
use crate::support::live::Live;
use crate::support::opener::seal;
use crate::support::world::{World, person};
use anamnesis_domain::AccountId;
use anamnesis_domain::chat_room::{ChatRoomCommand as Command, HideDecision, HideReason};
use anamnesis_projections::conversations::{UNREAD_MAX, unread};

struct Room {
    world: World,
    patient: AccountId,
    doctor: AccountId,
}

impl Room {
    async fn open() -> Self {
        let (patient, doctor) = pair(0);
        let mut room = Self { world: World::new(), patient, doctor };
        room.tell(Command::OpenRoom { patient_id: patient, doctor_id: doctor }).await;
        room
    }

    async fn tell(&mut self, command: Command) {
        self.world.chat(room_id(0), command).await;
    }

    /// Returns the message's number.
    async fn post(&mut self, by: AccountId) -> u64 {
        self.tell(Command::PostMessage { by, body: seal("hello") }).await;
        self.world.log.last().unwrap().sequence
    }

    async fn unread_of(&self, reader: AccountId) -> u64 {
        let live = Live::start(&self.world.log).await;
        live.caught_up().await;
        let count = unread(&live.pool, room_id(0), reader).await.unwrap();
        live.stop().await.close().await;
        count
    }
}

#[tokio::test]
async fn what_the_other_posted_is_unread_and_what_one_posted_oneself_is_not() {
    let mut room = Room::open().await;
    room.post(room.doctor).await;
    room.post(room.doctor).await;
    room.post(room.patient).await;
    assert_eq!(room.unread_of(room.patient).await, 2);
    assert_eq!(room.unread_of(room.doctor).await, 1);
}

#[tokio::test]
async fn reading_up_to_a_message_leaves_the_later_ones_unread() {
    let mut room = Room::open().await;
    let first = room.post(room.doctor).await;
    room.post(room.doctor).await;
    room.tell(Command::MarkRead { by: room.patient, through: first }).await;
    assert_eq!(room.unread_of(room.patient).await, 1);
}

#[tokio::test]
async fn delivery_alone_does_not_make_a_message_read() {
    let mut room = Room::open().await;
    let through = room.post(room.doctor).await;
    room.tell(Command::MarkDelivered { by: room.patient, through }).await;
    assert_eq!(room.unread_of(room.patient).await, 1);
}

#[tokio::test]
async fn a_retracted_message_is_not_unread_until_it_is_restored() {
    let mut room = Room::open().await;
    let (by, message) = (room.doctor, room.post(room.doctor).await);
    room.tell(Command::RetractMessage { by, message, author: by }).await;
    assert_eq!(room.unread_of(room.patient).await, 0);
    room.tell(Command::RestoreMessage { by: person(99), message }).await;
    assert_eq!(room.unread_of(room.patient).await, 1);
}

#[tokio::test]
async fn a_hidden_message_is_not_unread_until_it_is_shown_again() {
    let mut room = Room::open().await;
    let (author, message) = (room.doctor, room.post(room.doctor).await);
    let (by, reason) = (person(99), HideReason::WrongPatient);
    room.tell(Command::HideMessage { by, message, author, reason }).await;
    assert_eq!(room.unread_of(room.patient).await, 0);
    let (decision, note) = (HideDecision::ShownAgain, seal("It was right."));
    room.tell(Command::DecideHiddenMessage { by, message, decision, note }).await;
    assert_eq!(room.unread_of(room.patient).await, 1);
}

#[tokio::test]
async fn an_edit_does_not_make_a_read_message_unread_again() {
    let mut room = Room::open().await;
    let (by, message) = (room.doctor, room.post(room.doctor).await);
    room.tell(Command::MarkRead { by: room.patient, through: message }).await;
    let body = seal("better words");
    room.tell(Command::EditMessage { by, message, author: by, body, based_on: None }).await;
    assert_eq!(room.unread_of(room.patient).await, 0);
}

#[tokio::test]
async fn counting_stops_at_the_cap() {
    let mut room = Room::open().await;
    for _ in 0..=UNREAD_MAX {
        room.post(room.doctor).await;
    }
    assert_eq!(room.unread_of(room.patient).await, UNREAD_MAX);
}

#[tokio::test]
async fn nothing_is_unread_for_who_takes_no_part() {
    let mut room = Room::open().await;
    room.post(room.doctor).await;
    assert_eq!(room.unread_of(person(77)).await, 0);
}
