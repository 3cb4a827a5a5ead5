//! Many who write to the same place.

use crate::engine::Engine;
use crate::support::{
    DOCTOR, PATIENT, executor, once, open_room, posting, room_events, tell, two_executors,
};
use anamnesis::commands::Executor;
use anamnesis_domain::chat_room::{ChatRoomCommand, ChatRoomEvent};
use anamnesis_domain::{AccountId, Event};
use std::sync::Arc;
use uuid::Uuid;

/// Posts one message after another; returns their ids with their numbers.
async fn post_often(on: Arc<Executor>, count: usize) -> Vec<(Uuid, u64)> {
    let mut posted = Vec::new();
    for _ in 0..count {
        let done = tell(&on, &once(), posting()).await.unwrap();
        assert_eq!(done.events.len(), 1);
        posted.push((done.events[0].event_id, done.events[0].sequence));
    }
    assert!(posted.is_sorted_by_key(|(_, number)| *number), "each sender's order is kept");
    posted
}

async fn all_succeed(engine: &Engine, executors: &[Arc<Executor>], tasks: usize, each: usize) {
    open_room(&executors[0]).await;
    let senders: Vec<_> = (0..tasks)
        .map(|task| tokio::spawn(post_often(Arc::clone(&executors[task % executors.len()]), each)))
        .collect();
    let mut acknowledged = Vec::new();
    for sender in senders {
        acknowledged.extend(sender.await.unwrap());
    }
    acknowledged.sort_unstable_by_key(|(_, number)| *number);
    let stored = room_events(&*engine.log).await;
    let stored: Vec<_> = stored[1..].iter().map(|event| (event.event_id, event.sequence)).collect();
    assert_eq!(stored, acknowledged);
}

pub(crate) async fn many_writers_in_one_room_all_succeed(engine: &Engine) {
    all_succeed(engine, &[executor(&engine.log)], 64, 10).await;
}

pub(crate) async fn two_executors_in_one_room_all_succeed(engine: &Engine) {
    all_succeed(engine, &two_executors(engine), 48, 6).await;
}

/// Each closes and opens in turn. What is in the room must be what its rules allow, whoever
/// decided on what he did not see yet.
pub(crate) async fn the_rules_hold_between_two_executors(engine: &Engine) {
    let executors = two_executors(engine);
    open_room(&executors[0]).await;
    let tasks: Vec<_> = (0..12_usize)
        .map(|task| {
            let on = Arc::clone(&executors[task % 2]);
            let by: AccountId = if task % 3 == 0 { PATIENT } else { DOCTOR };
            tokio::spawn(async move {
                for round in 0..12 {
                    let _ = match (round + task) % 3 {
                        0 => tell(&on, &once(), ChatRoomCommand::CloseRoom { by }).await.unwrap(),
                        1 => tell(&on, &once(), ChatRoomCommand::ReopenRoom { by }).await.unwrap(),
                        // Refused while the room is closed.
                        _ => match tell(&on, &once(), posting()).await {
                            Ok(done) => done,
                            Err(_) => continue,
                        },
                    };
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let mut closed = false;
    for event in room_events(&*engine.log).await {
        let Event::ChatRoom(event) = event.event().unwrap() else { panic!("not of a room") };
        match event {
            ChatRoomEvent::RoomClosed { .. } => assert!(!std::mem::replace(&mut closed, true)),
            ChatRoomEvent::RoomReopened { .. } => assert!(std::mem::replace(&mut closed, false)),
            ChatRoomEvent::MessagePosted { .. } => assert!(!closed, "posted to a closed room"),
            _ => {}
        }
    }
}
