//! Appends that build on others which are still on their way.

use crate::engine::Engine;
use crate::events::{assert_conflict, assert_sound, message, part, room, to};
use anamnesis::log::{Append, append};
use uuid::Uuid;

/// One event after another that is not in the log yet.
fn after(expected: u64, event_id: Uuid) -> Append {
    let mut one = part(&room("a"), expected, vec![message()]);
    one.after = Some(event_id);
    Append { streams: vec![one] }
}

pub(crate) async fn appends_build_on_those_before_them(Engine { log, .. }: &Engine) {
    let pending: Vec<_> = (0..200)
        .map(|version| log.enqueue(to(&room("a"), version, vec![message()])).unwrap())
        .collect();
    for (sequence, one) in (1..).zip(pending) {
        assert_eq!(one.await.unwrap().unwrap()[0].sequence, sequence);
    }
    assert_sound(&log.read_after(0, 1_000).await.unwrap());
}

pub(crate) async fn what_builds_on_a_refused_append_is_refused(Engine { log, .. }: &Engine) {
    append(&**log, to(&room("a"), 0, vec![message(), message()])).await.unwrap();
    let refused = log.enqueue(to(&room("a"), 5, vec![message()])).unwrap();
    let built: Vec<_> = (6..40)
        .map(|version| log.enqueue(to(&room("a"), version, vec![message()])).unwrap())
        .collect();
    assert_conflict(&refused.await.unwrap(), 5, 2);
    for (expected, one) in (6..).zip(built) {
        assert_conflict(&one.await.unwrap(), expected, 2);
    }
    assert_eq!(log.head().borrow().to_owned(), 2);
}

/// Somebody else's event has taken the sequence that the refused one would have had.
pub(crate) async fn the_number_alone_does_not_make_up_for_a_refused_append(
    Engine { log, other, .. }: &Engine,
) {
    append(&**log, to(&room("a"), 0, vec![message()])).await.unwrap();
    append(&**other, to(&room("a"), 1, vec![message()])).await.unwrap();
    let outdated = message();
    let phantom = outdated.event_id;
    let refused = log.enqueue(to(&room("a"), 1, vec![outdated])).unwrap();
    let built = log.enqueue(after(2, phantom)).unwrap();
    assert_conflict(&refused.await.unwrap(), 1, 2);
    assert_conflict(&built.await.unwrap(), 2, 2);
    // Also when it comes only after the refusal.
    assert_conflict(&append(&**log, after(2, phantom)).await, 2, 2);
    assert_eq!(log.read_stream(&room("a"), 0, 10).await.unwrap().len(), 2);
}

pub(crate) async fn an_assertion_on_a_refused_append_is_refused(
    Engine { log, other, .. }: &Engine,
) {
    append(&**other, to(&room("a"), 0, vec![message()])).await.unwrap();
    let mut assertion = part(&room("a"), 1, Vec::new());
    assertion.after = Some(Uuid::new_v4());
    let answer = append(&**log, Append { streams: vec![assertion] }).await;
    assert_conflict(&answer, 1, 1);
}

pub(crate) async fn a_writer_may_name_the_event_that_it_read(Engine { log, other, .. }: &Engine) {
    let written = append(&**other, to(&room("a"), 0, vec![message()])).await.unwrap();
    let next = append(&**log, after(1, written[0].event_id)).await.unwrap();
    let last = append(&**log, after(2, next[0].event_id)).await.unwrap();
    assert_eq!(last[0].sequence, 3);
}
