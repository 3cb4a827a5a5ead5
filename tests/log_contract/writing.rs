//! Versions, ids and atomicity.

use crate::engine::Engine;
use crate::events::{Answer, assert_conflict, assert_sound, message, part, room, to};
use anamnesis::log::{Append, AppendError, append};
use uuid::Uuid;

pub(crate) async fn positions_and_sequences_count_from_one(Engine { log, .. }: &Engine) {
    let (a, b) = (room("a"), room("b"));
    let first = append(&**log, to(&a, 0, vec![message(), message()])).await.unwrap();
    let second = append(&**log, to(&b, 0, vec![message()])).await.unwrap();
    let third = append(&**log, to(&a, 2, vec![message()])).await.unwrap();
    let places = [first, second, third].concat();
    let places: Vec<_> = places.iter().map(|event| (event.position, event.sequence)).collect();
    assert_eq!(places, [(1, 1), (2, 2), (3, 1), (4, 3)]);
}

pub(crate) async fn an_outdated_version_is_refused_and_leaves_no_gap(Engine { log, .. }: &Engine) {
    let a = room("a");
    append(&**log, to(&a, 0, vec![message(), message()])).await.unwrap();
    for outdated in [0, 1] {
        let answer = append(&**log, to(&a, outdated, vec![message()])).await;
        assert_conflict(&answer, outdated, 2);
    }
    let next = append(&**log, to(&a, 2, vec![message()])).await.unwrap();
    assert_eq!((next[0].position, next[0].sequence), (3, 3));
    assert_sound(&log.read_after(0, 10).await.unwrap());
}

pub(crate) async fn a_version_that_is_not_reached_yet_is_refused(Engine { log, .. }: &Engine) {
    let a = room("a");
    assert_conflict(&append(&**log, to(&a, 1, vec![message()])).await, 1, 0);
    append(&**log, to(&a, 0, vec![message()])).await.unwrap();
    assert_conflict(&append(&**log, to(&a, 2, vec![message()])).await, 2, 1);
    assert_eq!(log.read_after(0, 10).await.unwrap().len(), 1);
}

pub(crate) async fn streams_of_one_append_are_written_together_or_not_at_all(
    Engine { log, .. }: &Engine,
) {
    let (a, b) = (room("a"), room("b"));
    let both = |at: u64| Append {
        streams: vec![part(&a, 0, vec![message()]), part(&b, at, vec![message(), message()])],
    };
    assert_conflict(&append(&**log, both(1)).await, 1, 0);
    assert_eq!(log.read_after(0, 10).await.unwrap().len(), 0);
    let written = append(&**log, both(0)).await.unwrap();
    let places: Vec<_> = written.iter().map(|event| (event.position, event.sequence)).collect();
    assert_eq!(places, [(1, 1), (2, 1), (3, 2)]);
}

pub(crate) async fn a_stream_named_twice_goes_on_from_its_first_part(Engine { log, .. }: &Engine) {
    let (a, other) = (room("a"), room("other"));
    let twice = |second: u64| Append {
        streams: vec![part(&a, 0, vec![message()]), part(&a, second, vec![message()])],
    };
    let neighbour = log.enqueue(to(&other, 0, vec![message()])).unwrap();
    assert_conflict(&append(&**log, twice(0)).await, 0, 1);
    neighbour.await.unwrap().unwrap();
    assert_eq!(append(&**log, twice(1)).await.unwrap().len(), 2);
    assert_sound(&log.read_after(0, 10).await.unwrap());
}

pub(crate) async fn an_event_id_is_accepted_once(Engine { log, .. }: &Engine) {
    let (a, b) = (room("a"), room("b"));
    let first = message();
    let id = first.event_id;
    let within = to(&a, 0, vec![first.clone(), message(), first.clone()]);
    assert_duplicate(&append(&**log, within).await, id);
    append(&**log, to(&a, 0, vec![first.clone()])).await.unwrap();
    for round in 1..=50 {
        append(&**log, to(&a, round, vec![message()])).await.unwrap();
    }
    // In its own stream, in another, and beside events that are new.
    assert_duplicate(&append(&**log, to(&a, 51, vec![first.clone()])).await, id);
    assert_duplicate(&append(&**log, to(&b, 0, vec![first.clone()])).await, id);
    assert_duplicate(&append(&**log, to(&b, 0, vec![message(), first])).await, id);
    assert_eq!(log.read_after(0, 100).await.unwrap().len(), 51);
    assert!(log.read_stream(&b, 0, 10).await.unwrap().is_empty());
}

pub(crate) async fn a_repeated_append_is_a_duplicate_wherever_its_stream_has_got_to(
    Engine { log, other, .. }: &Engine,
) {
    let a = room("a");
    let first = message();
    let retry = to(&a, 0, vec![first.clone()]);
    append(&**log, retry.clone()).await.unwrap();
    assert_duplicate(&append(&**log, retry.clone()).await, first.event_id);
    append(&**log, to(&a, 1, vec![message()])).await.unwrap();
    assert_duplicate(&append(&**log, retry.clone()).await, first.event_id);
    assert_duplicate(&append(&**other, retry).await, first.event_id);
}

pub(crate) async fn a_refused_append_does_no_harm_to_its_neighbours(Engine { log, .. }: &Engine) {
    let taken = message();
    append(&**log, to(&room("taken"), 0, vec![taken.clone()])).await.unwrap();
    let mut good = Vec::new();
    for number in 0..40 {
        let stream = room(&number.to_string());
        good.push(log.enqueue(to(&stream, 0, vec![message()])).unwrap());
        let repeated = log.enqueue(to(&room("b"), 0, vec![taken.clone()])).unwrap();
        let outdated = log.enqueue(to(&stream, 0, vec![message()])).unwrap();
        good.push(log.enqueue(to(&stream, 1, vec![message()])).unwrap());
        if number % 10 == 9 {
            assert_conflict(&outdated.await.unwrap(), 0, 1);
            assert_duplicate(&repeated.await.unwrap(), taken.event_id);
        }
    }
    for one in good {
        one.await.unwrap().unwrap();
    }
    let all = log.read_after(0, 1_000).await.unwrap();
    assert_eq!(all.len(), 81);
    assert_sound(&all);
}

pub(crate) async fn an_append_without_events_asserts_the_version(
    Engine { log, other, .. }: &Engine,
) {
    let (a, b) = (room("a"), room("b"));
    assert!(append(&**log, to(&a, 0, Vec::new())).await.unwrap().is_empty());
    append(&**log, to(&a, 0, vec![message()])).await.unwrap();
    append(&**other, to(&a, 1, vec![message()])).await.unwrap();
    // Also where this process remembers an older version.
    assert_conflict(&append(&**log, to(&a, 1, Vec::new())).await, 1, 2);
    assert_conflict(&append(&**log, to(&a, 3, Vec::new())).await, 3, 2);
    assert!(append(&**log, to(&a, 2, Vec::new())).await.unwrap().is_empty());
    // As a condition of a write to another stream.
    let on = |version: u64| Append {
        streams: vec![part(&b, 0, vec![message()]), part(&a, version, Vec::new())],
    };
    assert_conflict(&append(&**log, on(1)).await, 1, 2);
    assert_eq!(append(&**log, on(2)).await.unwrap().len(), 1);
}

pub(crate) async fn an_append_to_nothing_changes_nothing(Engine { log, .. }: &Engine) {
    let nothing = Append { streams: Vec::new() };
    assert!(append(&**log, nothing).await.unwrap().is_empty());
    let written = append(&**log, to(&room("a"), 0, vec![message()])).await.unwrap();
    assert_eq!(written[0].position, 1);
    assert!(log.find_event(Uuid::new_v4()).await.unwrap().is_none());
}

#[track_caller]
fn assert_duplicate(answer: &Answer, id: Uuid) {
    match answer {
        Err(AppendError::DuplicateEvent { event_id }) => assert_eq!(*event_id, id),
        other => panic!("not a duplicate: {other:?}"),
    }
}
