//! A message's whole life in one batch.

use crate::model;
use crate::support::history::{pair, room_id};
use crate::support::live::{Live, projections};
use crate::support::opener::seal;
use crate::support::world::{World, person};
use anamnesis_domain::chat_room::{ChatRoomCommand as Command, Reaction};
use anamnesis_projections::shadow::check;

#[tokio::test]
async fn a_message_posted_edited_retracted_restored_and_reacted_to_in_one_batch_is_right() {
    let (patient, doctor) = pair(0);
    let (by, author, message) = (patient, patient, 2);
    let edit =
        |text| Command::EditMessage { by, message, author, body: seal(text), based_on: None };
    let mut world = World::new();
    for command in [
        Command::OpenRoom { patient_id: patient, doctor_id: doctor },
        Command::PostMessage { by, body: seal("first") },
        edit("second"),
        Command::RetractMessage { by, message, author },
        Command::RestoreMessage { by: person(99), message },
        edit("third"),
        Command::AddReaction { by: doctor, message, reaction: Reaction::Heart },
        Command::RemoveReaction { by: doctor, message, reaction: Reaction::Heart },
        Command::AddReaction { by: doctor, message, reaction: Reaction::Done },
        Command::MarkRead { by: doctor, through: message },
    ] {
        assert!(world.chat(room_id(0), command).await.is_some());
    }
    // Everything is in the log before the projection starts, so it comes as one batch.
    let live = Live::start(&world.log).await;
    live.caught_up().await;
    model::agrees(&live).await;
}

#[tokio::test]
async fn an_event_about_a_number_that_is_no_message_changes_nothing_that_is_shown() {
    let (patient, doctor) = pair(0);
    let mut world = World::new();
    for command in [
        Command::OpenRoom { patient_id: patient, doctor_id: doctor },
        Command::PostMessage { by: patient, body: seal("first") },
        Command::AddReaction { by: doctor, message: 1, reaction: Reaction::Heart },
    ] {
        assert!(world.chat(room_id(0), command).await.is_some());
    }
    let live = Live::start(&world.log).await;
    live.caught_up().await;
    for projection in projections() {
        let report = check(&live.pool, live.log.as_ref(), projection.as_ref()).await.unwrap();
        assert!(report.is_equal(), "{report:?}");
    }
}
