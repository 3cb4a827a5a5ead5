//! Events to append: messages of chat rooms.

use anamnesis::log::{Append, AppendError, NewEvent, StreamAppend};
use anamnesis_domain::chat_room::ChatRoomEvent;
use anamnesis_domain::{AccountId, Event, Sealed};
use anamnesis_projections::log::{RecordedEvent, StreamId};
use std::borrow::Cow;
use std::sync::Arc;
use uuid::Uuid;

/// What an append was answered.
pub(crate) type Answer = Result<Vec<Arc<RecordedEvent>>, AppendError>;

pub(crate) fn room(name: &str) -> StreamId {
    StreamId { aggregate_type: Cow::Borrowed("chat_room"), aggregate_id: name.to_owned() }
}

/// A message with an id of its own.
pub(crate) fn message() -> NewEvent {
    message_with(Uuid::new_v4())
}

pub(crate) fn message_with(event_id: Uuid) -> NewEvent {
    let author_id = AccountId(Uuid::from_u128(7));
    let event = ChatRoomEvent::MessagePosted { author_id, body: Sealed("s1.k.c".into()) };
    NewEvent {
        event_id,
        event_type: "MessagePosted".into(),
        event_version: "1".into(),
        payload: serde_json::to_string(&event).unwrap(),
        metadata: "{}".into(),
        event: Event::ChatRoom(event),
    }
}

pub(crate) fn part(stream: &StreamId, expected: u64, events: Vec<NewEvent>) -> StreamAppend {
    StreamAppend { stream: stream.clone(), expected, after: None, events }
}

pub(crate) fn to(stream: &StreamId, expected: u64, events: Vec<NewEvent>) -> Append {
    Append { streams: vec![part(stream, expected, events)] }
}

#[track_caller]
pub(crate) fn assert_conflict(answer: &Answer, expected: u64, actual: u64) {
    match answer {
        Err(AppendError::VersionConflict { expected: e, actual: a, .. }) => {
            assert_eq!((*e, *a), (expected, actual));
        }
        other => panic!("not a conflict: {other:?}"),
    }
}

/// The promises that hold of any stretch of the log from its beginning.
#[track_caller]
pub(crate) fn assert_sound(all: &[Arc<RecordedEvent>]) {
    let mut sequences = std::collections::HashMap::new();
    let mut ids = std::collections::HashSet::new();
    for (position, event) in (1..).zip(all) {
        assert_eq!(event.position, position, "positions have no gaps");
        let sequence = sequences.entry(event.stream.clone()).or_insert(0);
        *sequence += 1;
        assert_eq!(event.sequence, *sequence, "streams have no gaps");
        assert!(ids.insert(event.event_id), "no event stands there twice");
    }
    assert!(all.is_sorted_by_key(|event| event.recorded_at), "time does not go back");
}
