//! Looking at the log.

use crate::engine::Engine;
use crate::events::{assert_sound, message, room, to};
use anamnesis::log::leaf::Leaf;
use anamnesis::log::{Log, append};
use anamnesis_projections::log::RecordedEvent;
use std::sync::Arc;
use uuid::Uuid;

fn positions(events: &[Arc<RecordedEvent>]) -> Vec<u64> {
    events.iter().map(|event| event.position).collect()
}

fn sequences(events: &[Arc<RecordedEvent>]) -> Vec<u64> {
    events.iter().map(|event| event.sequence).collect()
}

/// Ten events, in turns to `a` and to `b`.
async fn ten(log: &dyn Log) {
    for version in 0..5 {
        append(log, to(&room("a"), version, vec![message()])).await.unwrap();
        append(log, to(&room("b"), version, vec![message()])).await.unwrap();
    }
}

pub(crate) async fn reading_after_a_position_is_bounded_and_in_order(engine: &Engine) {
    let log = &*engine.log;
    assert!(log.read_after(0, 10).await.unwrap().is_empty());
    ten(log).await;
    assert_eq!(positions(&log.read_after(0, 4).await.unwrap()), [1, 2, 3, 4]);
    assert_eq!(positions(&log.read_after(7, 100).await.unwrap()), [8, 9, 10]);
    assert!(log.read_after(3, 0).await.unwrap().is_empty());
    for beyond in [10, 11, u64::MAX] {
        assert!(log.read_after(beyond, 10).await.unwrap().is_empty());
    }
    // A reader of another process gets the same, out of its own memory or the table.
    let mut head = engine.other.head();
    head.wait_for(|position| *position == 10).await.unwrap();
    assert_eq!(positions(&engine.other.read_after(2, 3).await.unwrap()), [3, 4, 5]);
}

pub(crate) async fn a_stream_is_read_from_both_ends(Engine { log, .. }: &Engine) {
    ten(&**log).await;
    let a = room("a");
    assert_eq!(sequences(&log.read_stream(&a, 0, 100).await.unwrap()), [1, 2, 3, 4, 5]);
    assert_eq!(sequences(&log.read_stream(&a, 2, 2).await.unwrap()), [3, 4]);
    assert!(log.read_stream(&a, 5, 2).await.unwrap().is_empty());
    assert!(log.read_stream(&a, 0, 0).await.unwrap().is_empty());
    let back = log.read_stream_back(&a, u64::MAX, 2).await.unwrap();
    assert_eq!(sequences(&back), [5, 4]);
    assert_eq!(sequences(&log.read_stream_back(&a, 4, 100).await.unwrap()), [3, 2, 1]);
    assert!(log.read_stream_back(&a, 1, 10).await.unwrap().is_empty());
    assert!(log.read_stream(&room("c"), 0, 10).await.unwrap().is_empty());
    let mut other_type = room("a");
    other_type.aggregate_type = "account".into();
    assert!(log.read_stream(&other_type, 0, 10).await.unwrap().is_empty());
}

pub(crate) async fn events_are_read_at_their_positions_in_order(Engine { log, .. }: &Engine) {
    ten(&**log).await;
    assert_eq!(positions(&log.read_at(&[9, 2, 11, 5, 0]).await.unwrap()), [2, 5, 9]);
    assert!(log.read_at(&[]).await.unwrap().is_empty());
    let many: Vec<u64> = (10..2_000).collect();
    assert_eq!(positions(&log.read_at(&many).await.unwrap()), [10]);
}

pub(crate) async fn an_event_is_found_by_its_id(Engine { log, .. }: &Engine) {
    ten(&**log).await;
    for event in log.read_after(0, 10).await.unwrap() {
        let found = log.find_event(event.event_id).await.unwrap().unwrap();
        assert_eq!(found.position, event.position);
    }
    assert!(log.find_event(Uuid::nil()).await.unwrap().is_none());
}

pub(crate) async fn the_head_never_runs_ahead_of_the_reader(Engine { log, .. }: &Engine) {
    let mut head = log.head();
    let reader = Arc::clone(log);
    let watching = tokio::spawn(async move {
        loop {
            let known = *head.borrow_and_update();
            if let Some(before) = known.checked_sub(1) {
                let read = reader.read_after(before, 1).await.unwrap();
                assert_eq!(positions(&read), [known]);
            }
            if known == 300 {
                return;
            }
            head.changed().await.unwrap();
        }
    });
    for version in 0..100 {
        let three = vec![message(), message(), message()];
        append(&**log, to(&room("a"), version * 3, three)).await.unwrap();
        assert!(*log.head().borrow() >= (version + 1) * 3, "the writer reads its own");
    }
    watching.await.unwrap();
}

pub(crate) async fn stored_bytes_come_back_as_they_were(Engine { log, .. }: &Engine) {
    let mut odd = message();
    odd.payload = String::from(
        " { \"MessagePosted\" :\t{\"body\":\"s1.\\u00e9.\u{1f9ea}\u{202e}\\u0000\", \
         \"author_id\":\"00000000-0000-0000-0000-000000000007\" } }\n",
    );
    odd.metadata = "{\"reason\":\"a\",  \"reason\" : \"\u{e9}\"}  ".into();
    let given = (odd.payload.clone(), odd.metadata.to_string());
    let id = odd.event_id;
    append(&**log, to(&room("a"), 0, vec![odd])).await.unwrap();
    let read = [
        log.find_event(id).await.unwrap().unwrap(),
        Arc::clone(&log.read_stream(&room("a"), 0, 1).await.unwrap()[0]),
        Arc::clone(&log.read_stream_back(&room("a"), 2, 1).await.unwrap()[0]),
        Arc::clone(&log.read_after(0, 1).await.unwrap()[0]),
    ];
    for event in read {
        assert_eq!((event.payload.clone(), event.metadata.clone()), given);
    }
}

pub(crate) async fn leaf_hashes_cover_what_is_read_back(Engine { log, .. }: &Engine) {
    ten(&**log).await;
    let kept = log.read_after(0, 10).await.unwrap();
    let stored = log.read_stream(&room("a"), 0, 10).await.unwrap();
    assert_sound(&kept);
    for event in kept.iter().chain(&stored) {
        let leaf = Leaf {
            event_id: &event.event_id,
            stream: &event.stream,
            sequence: event.sequence,
            event_type: &event.event_type,
            event_version: &event.event_version,
            recorded_at: event.recorded_at,
            payload: &event.payload,
            metadata: &event.metadata,
        };
        assert_eq!(leaf.hash(), event.leaf_hash);
        let shifted = Leaf { sequence: event.sequence + 1, ..leaf };
        assert_ne!(shifted.hash(), event.leaf_hash);
    }
}
