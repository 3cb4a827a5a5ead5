//! Stretches of a conversation.

use crate::support::history::{pair, room_id};
use crate::support::live::Live;
use crate::support::opener::seal;
use crate::support::world::World;
use anamnesis_domain::chat_room::ChatRoomCommand as Command;
use anamnesis_projections::conversations::{Anchor, MessagePage, message_page};

/// A room with messages of the numbers 2 to 21.
async fn twenty_messages() -> Live {
    let (patient_id, doctor_id) = pair(0);
    let mut world = World::new();
    world.chat(room_id(0), Command::OpenRoom { patient_id, doctor_id }).await;
    for number in 2..=21 {
        let body = seal(&number.to_string());
        world.chat(room_id(0), Command::PostMessage { by: patient_id, body }).await;
    }
    let live = Live::start(&world.log).await;
    live.caught_up().await;
    live
}

async fn page(live: &Live, anchor: Anchor, limit: u32) -> (Vec<u64>, bool, bool) {
    let MessagePage { messages, more_before, more_after } =
        message_page(&mut live.pool.acquire().await.unwrap(), room_id(0), anchor, limit)
            .await
            .unwrap();
    (messages.iter().map(|message| message.sequence).collect(), more_before, more_after)
}

#[tokio::test]
async fn pages_are_read_in_both_directions_and_around_a_message() {
    let live = twenty_messages().await;
    assert_eq!(page(&live, Anchor::Latest, 3).await, (vec![19, 20, 21], true, false));
    assert_eq!(page(&live, Anchor::Before(5), 2).await, (vec![3, 4], true, true));
    assert_eq!(page(&live, Anchor::Before(4), 2).await, (vec![2, 3], false, true));
    assert_eq!(page(&live, Anchor::After(0), 2).await, (vec![2, 3], false, true));
    assert_eq!(page(&live, Anchor::After(19), 2).await, (vec![20, 21], true, false));
    assert_eq!(page(&live, Anchor::Around(10), 4).await, (vec![9, 10, 11, 12], true, true));
    assert_eq!(page(&live, Anchor::Around(21), 1).await, (vec![21], true, false));
    assert_eq!(page(&live, Anchor::After(21), 2).await, (vec![], true, false));
}

#[tokio::test]
async fn a_page_never_holds_more_than_its_bound() {
    let live = twenty_messages().await;
    let (numbers, ..) = page(&live, Anchor::Latest, u32::MAX).await;
    assert_eq!(numbers.len(), 20);
    assert_eq!(page(&live, Anchor::Latest, 0).await.0, vec![21]);
}
