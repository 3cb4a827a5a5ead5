//! The table and the log, through the eyes of cqrs-es and postgres-es.

use crate::engine::Engine;
use crate::events::{message, room, to};
use anamnesis::commands::{CqrsContext, CqrsStore};
use anamnesis::log::append;
use anamnesis_domain::chat_room::{ChatRoom, ChatRoomCommand, ChatRoomError, ChatRoomEvent};
use anamnesis_domain::{AccountId, Sealed};
use cqrs_es::persist::PersistedEventRepository;
use cqrs_es::{AggregateError, CqrsFramework, EventEnvelope, EventStore};
use postgres_es::PostgresEventRepository;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

#[tokio::test]
async fn postgres_es_reads_the_table() {
    let engine = Engine::postgres().await;
    let messages = vec![message(), message(), message()];
    append(&*engine.log, to(&room("a"), 0, messages.clone())).await.unwrap();
    append(&*engine.log, to(&room("b"), 0, vec![message()])).await.unwrap();
    let pool = engine.database.as_ref().unwrap().pool().clone();
    let repository = PostgresEventRepository::new(pool).with_tables("log.events", "log.snapshots");
    let read = repository.get_events::<ChatRoom>("a").await.unwrap();
    assert_eq!(read.len(), 3);
    for (sequence, (read, written)) in (1..).zip(read.iter().zip(&messages)) {
        assert_eq!(read.sequence, sequence);
        assert_eq!((&read.event_type, &read.event_version), (&written.event_type, &"1".to_owned()));
        let payload: ChatRoomEvent = serde_json::from_value(read.payload.clone()).unwrap();
        assert_eq!(anamnesis_domain::Event::from(payload), written.event);
    }
    assert_eq!(repository.get_last_events::<ChatRoom>("a", 2).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_framework_of_cqrs_es_runs_over_the_log() {
    let engine = Engine::postgres().await;
    let store = CqrsStore::new(Arc::clone(&engine.log));
    let framework = CqrsFramework::<ChatRoom, _>::new(store.clone(), Vec::new(), ());
    let (patient_id, doctor_id) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
    let post = || ChatRoomCommand::PostMessage { by: doctor_id, body: Sealed("s1.k.c".into()) };
    let early = framework.execute("a", post()).await;
    assert!(matches!(early, Err(AggregateError::UserError(ChatRoomError::NotFound))));
    framework.execute("a", ChatRoomCommand::OpenRoom { patient_id, doctor_id }).await.unwrap();
    let metadata = HashMap::from([("reason".to_owned(), "test".to_owned())]);
    framework.execute_with_metadata("a", post(), metadata.clone()).await.unwrap();
    framework.execute("a", ChatRoomCommand::CloseRoom { by: patient_id }).await.unwrap();

    let events = EventStore::<ChatRoom>::load_events(&store, "a").await.unwrap();
    assert_eq!(events.iter().map(|event| event.sequence).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(events[1].metadata, metadata);
    assert_eq!(events[2].payload, ChatRoomEvent::RoomClosed { by: patient_id });
    assert_eq!(engine.log.read_after(0, 10).await.unwrap().len(), 3);
}

#[tokio::test]
async fn of_two_commits_on_one_version_the_second_is_a_conflict() {
    let engine = Engine::postgres().await;
    let store = CqrsStore::new(Arc::clone(&engine.log));
    let first = EventStore::<ChatRoom>::load_aggregate(&store, "a").await.unwrap();
    let second = EventStore::<ChatRoom>::load_aggregate(&store, "a").await.unwrap();
    assert_eq!(commit(&store, first).await.unwrap().len(), 1);
    let late = commit(&store, second).await;
    assert!(matches!(late, Err(AggregateError::AggregateConflict)));
}

/// Says that the room was opened.
async fn commit(
    store: &CqrsStore,
    context: CqrsContext<ChatRoom>,
) -> Result<Vec<EventEnvelope<ChatRoom>>, AggregateError<ChatRoomError>> {
    let (patient_id, doctor_id) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
    let events = vec![ChatRoomEvent::RoomOpened { patient_id, doctor_id }];
    EventStore::<ChatRoom>::commit(store, events, context, HashMap::new()).await
}
