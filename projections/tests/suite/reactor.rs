//! Process managers.

use crate::support::history::{Story, Try};
use crate::support::live::{Live, PATIENCE};
use anamnesis_domain::chat_room::ChatRoom;
use anamnesis_projections::log::RecordedEvent;
use anamnesis_projections::{Reactor, ReactorError};
use async_trait::async_trait;
use cqrs_es::Aggregate;
use std::sync::{Arc, Mutex};

/// Remembers what it was given; refuses or fails once where told.
#[derive(Default)]
struct Witness {
    seen: Mutex<Vec<u64>>,
    fails_once_at: Mutex<Option<u64>>,
    refuses_at: Option<u64>,
    more_at_once: usize,
}

#[async_trait]
impl Reactor for Witness {
    fn name(&self) -> &'static str {
        "witness"
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[ChatRoom::TYPE]
    }

    fn at_once(&self) -> usize {
        1 + self.more_at_once
    }

    async fn react(&self, event: &RecordedEvent) -> Result<(), ReactorError> {
        // Lets the others begin.
        tokio::task::yield_now().await;
        if self.refuses_at == Some(event.position) {
            return Err(ReactorError::Refused("no_such_thing".to_owned()));
        }
        let mut failing = self.fails_once_at.lock().unwrap();
        if failing.take_if(|at| *at == event.position).is_some() {
            return Err(ReactorError::Transient("away".to_owned()));
        }
        self.seen.lock().unwrap().push(event.position);
        Ok(())
    }
}

async fn with_messages(messages: usize) -> Story {
    let mut story = Story::new();
    for _ in 0..messages {
        story.perform(&Try::Post { room: 0, doctor: true }).await;
    }
    story
}

async fn run(story: &Story, witness: &Arc<Witness>) -> Live {
    let live = Live::start(&story.world.log).await;
    live.runner.run_reactor(witness.clone());
    live
}

#[tokio::test]
async fn a_reactor_handles_every_event_in_order_and_goes_on_after_a_restart() {
    let mut story = with_messages(5).await;
    let witness = Arc::new(Witness::default());
    let live = run(&story, &witness).await;
    assert!(live.runner.wait_until_named(&["witness"], 6, PATIENCE).await);
    let live = live.restart().await;
    live.runner.run_reactor(witness.clone());
    story.perform(&Try::Post { room: 0, doctor: true }).await;
    assert!(live.runner.wait_until_named(&["witness"], 7, PATIENCE).await);
    assert_eq!(*witness.seen.lock().unwrap(), [1, 2, 3, 4, 5, 6, 7]);
}

#[tokio::test]
async fn a_failure_that_passes_repeats_nothing_that_was_handled() {
    let story = with_messages(5).await;
    let witness = Arc::new(Witness { fails_once_at: Mutex::new(Some(4)), ..Witness::default() });
    let live = run(&story, &witness).await;
    assert!(live.runner.wait_until_named(&["witness"], 6, PATIENCE).await);
    assert_eq!(*witness.seen.lock().unwrap(), [1, 2, 3, 4, 5, 6]);
}

#[tokio::test]
async fn a_refusal_stops_the_reactor_at_that_event() {
    let story = with_messages(5).await;
    let witness = Arc::new(Witness { refuses_at: Some(4), ..Witness::default() });
    let live = run(&story, &witness).await;
    assert!(!live.runner.wait_until_named(&["witness"], 6, PATIENCE).await);
    let all = live.runner.health().await.unwrap();
    let health = all.into_iter().find(|health| health.name == "witness").unwrap();
    let stopped = health.stopped.unwrap();
    assert_eq!((stopped.position, stopped.reason.as_str()), (4, "no_such_thing"));
    assert_eq!((health.position, witness.seen.lock().unwrap().as_slice()), (3, &[1, 2, 3][..]));
}

#[tokio::test]
async fn several_at_once_are_all_handled_and_none_is_passed_over() {
    let story = with_messages(5).await;
    let witness = Arc::new(Witness {
        fails_once_at: Mutex::new(Some(4)),
        more_at_once: 3,
        ..Witness::default()
    });
    let live = run(&story, &witness).await;
    assert!(live.runner.wait_until_named(&["witness"], 6, PATIENCE).await);
    // Those behind the one that failed may have come twice.
    let mut seen = witness.seen.lock().unwrap().clone();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, [1, 2, 3, 4, 5, 6]);
}

#[tokio::test]
async fn a_refusal_among_several_stops_the_reactor_before_it() {
    let story = with_messages(5).await;
    let witness = Arc::new(Witness { refuses_at: Some(4), more_at_once: 3, ..Witness::default() });
    let live = run(&story, &witness).await;
    assert!(!live.runner.wait_until_named(&["witness"], 6, PATIENCE).await);
    let all = live.runner.health().await.unwrap();
    let health = all.into_iter().find(|health| health.name == "witness").unwrap();
    assert_eq!((health.position, health.stopped.unwrap().position), (3, 4));
}
