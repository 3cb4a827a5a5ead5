//! One command, and what must hold for every command of every aggregate.

use anamnesis_domain::Root;
use cqrs_es::event_sink::EventSink;
use std::fmt::Debug;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// What a command came to.
pub(crate) type Outcome<A> =
    Result<Vec<<A as cqrs_es::Aggregate>::Event>, <A as cqrs_es::Aggregate>::Error>;

/// Handles a command and checks what holds for all of them: deciding never waits; a refusal
/// leaves the state as it was; the state after is what its events fold to; and a state that was
/// stored as a snapshot and read again behaves the same.
#[track_caller]
pub(crate) fn step<A>(state: &mut A, command: &A::Command) -> Outcome<A>
where
    A: Root<Command: Clone, Error: PartialEq> + PartialEq + Debug,
{
    let before = state.clone();
    let outcome = handle(state, command.clone());

    let mut folded = before.clone();
    for event in outcome.iter().flatten() {
        folded.apply(event.clone());
    }
    assert_eq!(*state, folded, "the state after is not what the events fold to");

    let mut remembered = snapshot_round_trip(&before);
    assert_eq!(remembered, before, "the snapshot lost something");
    assert_eq!(handle(&mut remembered, command.clone()), outcome, "a snapshot decides otherwise");
    outcome
}

#[track_caller]
fn handle<A: Root>(state: &mut A, command: A::Command) -> Outcome<A> {
    let sink = EventSink::default();
    now(state.handle(command, &(), &sink))?;
    Ok(now(sink.collect()))
}

/// The aggregates do no I/O, so their futures are ready at once. No runtime is needed, and one
/// that waited for something would be found here.
#[track_caller]
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("an aggregate waits for something"),
    }
}

fn snapshot_round_trip<A: Root>(state: &A) -> A {
    let stored = serde_json::to_value(state).expect("a state can be stored");
    serde_json::from_value(stored).expect("a stored state can be read")
}
