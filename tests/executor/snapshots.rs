//! Remembered states.

use crate::engine::Engine;
use crate::support::{DOCTOR, PATIENT, once, open_room, posting, room_events, room_id, tell};
use anamnesis::commands::{ExecuteError, Executor, ExecutorSettings, Refusal};
use anamnesis::log::snapshots::Snapshots;
use anamnesis_domain::chat_room::{
    ChatRoom, ChatRoomCommand, ChatRoomError, ChatRoomEvent, Reaction,
};
use anamnesis_domain::{Event, Sealed};
use cqrs_es::Aggregate;
use futures_util::future::join_all;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

fn executor(engine: &Engine) -> (Executor, Snapshots) {
    let snapshots = Snapshots::new(engine.database.as_ref().unwrap().pool().clone());
    let settings = ExecutorSettings::default();
    (Executor::new(Arc::clone(&engine.log), Some(&snapshots), settings), snapshots)
}

/// A room with more events than lie between two snapshots, of every kind that leaves a trace.
async fn long_room(on: &Executor) {
    open_room(on).await;
    tell(on, &once(), posting()).await.unwrap();
    let body = Sealed("s1.k.d".into());
    let (by, author, message) = (PATIENT, PATIENT, 2);
    let traces = [
        ChatRoomCommand::EditMessage { by, message, author, body, based_on: None },
        ChatRoomCommand::AddReaction { by: DOCTOR, message, reaction: Reaction::Heart },
        ChatRoomCommand::MarkRead { by: DOCTOR, through: 2 },
        ChatRoomCommand::RetractMessage { by, message, author },
    ];
    for trace in traces {
        tell(on, &once(), trace).await.unwrap();
    }
    let contexts: Vec<_> = (0..700).map(|_| once()).collect();
    for done in join_all(contexts.iter().map(|context| tell(on, context, posting()))).await {
        done.unwrap();
    }
}

/// Snapshots are kept in the background.
async fn kept(snapshots: &Snapshots) -> (ChatRoom, u64) {
    let id = room_id().to_string();
    let asking = async {
        loop {
            if let Some(kept) = snapshots.load::<ChatRoom>(&id).await.unwrap() {
                return kept;
            }
        }
    };
    timeout(Duration::from_secs(10), asking).await.unwrap()
}

fn folded(events: Vec<ChatRoomEvent>) -> ChatRoom {
    let mut room = ChatRoom::default();
    for event in events {
        room.apply(event);
    }
    room
}

async fn history(engine: &Engine) -> Vec<ChatRoomEvent> {
    let events = room_events(&*engine.log).await.into_iter();
    let events = events.map(|recorded| match recorded.event().unwrap() {
        Event::ChatRoom(event) => event.clone(),
        other => panic!("not of a room: {other:?}"),
    });
    events.collect()
}

#[tokio::test]
async fn a_snapshot_is_what_the_events_make_of_it() {
    let engine = Engine::postgres().await;
    let (on, snapshots) = executor(&engine);
    long_room(&on).await;
    let (state, version) = kept(&snapshots).await;
    assert!((500..=706).contains(&version));
    let mut events = history(&engine).await;
    events.truncate(usize::try_from(version).unwrap());
    assert_eq!(state, folded(events));
    // A cold executor goes on from it.
    let (cold, _) = executor(&engine);
    let next = tell(&cold, &once(), posting()).await.unwrap();
    assert_eq!(next.events[0].sequence, 707);
}

#[tokio::test]
async fn a_snapshot_is_used_when_its_shape_is_known_and_ignored_otherwise() {
    let engine = Engine::postgres().await;
    let (on, snapshots) = executor(&engine);
    long_room(&on).await;
    let (_, version) = kept(&snapshots).await;
    let pool = engine.database.as_ref().unwrap().owner_pool();
    sqlx::query("UPDATE log.snapshots SET payload = jsonb_set(payload, '{closed}', 'true')")
        .execute(pool)
        .await
        .unwrap();
    let closed = tell(&executor(&engine).0, &once(), posting()).await;
    let reason = Refusal::ChatRoom(ChatRoomError::Closed);
    assert!(matches!(closed, Err(ExecuteError::Refused(why)) if why == reason));

    sqlx::query("UPDATE log.snapshots SET state_version = state_version + 1")
        .execute(pool)
        .await
        .unwrap();
    tell(&executor(&engine).0, &once(), posting()).await.unwrap();
    sqlx::query("UPDATE log.snapshots SET state_version = state_version - 1, payload = '[]'")
        .execute(pool)
        .await
        .unwrap();
    tell(&executor(&engine).0, &once(), posting()).await.unwrap();
    assert!(version >= 500);
}

#[tokio::test]
async fn an_older_snapshot_does_not_replace_a_younger() {
    let engine = Engine::postgres().await;
    let (_, snapshots) = executor(&engine);
    let open = ChatRoomEvent::RoomOpened { patient_id: PATIENT, doctor_id: DOCTOR };
    let (young, old) = (folded(vec![open]), ChatRoom::default());
    snapshots.save("a", &young, 1_000).await.unwrap();
    snapshots.save("a", &old, 500).await.unwrap();
    assert_eq!(snapshots.load::<ChatRoom>("a").await.unwrap(), Some((young, 1_000)));
}
