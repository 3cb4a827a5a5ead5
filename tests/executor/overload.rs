//! More than can be done.

use crate::engine::open;
use crate::support::{once, open_room, posting, room_events, tell};
use anamnesis::commands::{ExecuteError, Executor, ExecutorSettings};
use anamnesis::log::LogSettings;
use anamnesis_testkit::TestDatabase;
use futures_util::future::join_all;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Sends 40 messages while nothing can be written; returns how many were accepted.
async fn forty_while_the_log_is_stuck(database: &TestDatabase, on: &Executor) -> usize {
    let mut other = database.owner_pool().begin().await.unwrap();
    sqlx::query("SELECT FROM log.head FOR UPDATE").execute(&mut *other).await.unwrap();
    let contexts: Vec<_> = (0..40).map(|_| once()).collect();
    let all = join_all(contexts.iter().map(|context| tell(on, context, posting())));
    // Those that have to wait do so only until the others have been turned away: all are
    // polled once before the log is let go.
    let (answers, released) = tokio::join!(all, other.rollback());
    released.unwrap();
    let turned_away = |answer: &&Result<_, _>| matches!(answer, Err(ExecuteError::Overloaded));
    let overloaded = answers.iter().filter(turned_away).count();
    let accepted = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(accepted + overloaded, 40);
    assert!(overloaded > 0);
    accepted
}

async fn stays_sound(log: LogSettings, executor: ExecutorSettings) {
    let database = TestDatabase::create().await.unwrap();
    let stop = CancellationToken::new();
    let log = open(database.pool(), log, &stop).await;
    let on = Executor::new(Arc::clone(&log) as _, None, executor);
    open_room(&on).await;
    let accepted = forty_while_the_log_is_stuck(&database, &on).await;
    let next = tell(&on, &once(), posting()).await.unwrap();
    assert_eq!(next.events[0].sequence, accepted as u64 + 2);
    assert_eq!(room_events(&*log).await.len(), accepted + 2);
    stop.cancel();
}

#[tokio::test]
async fn a_full_executor_says_so() {
    let settings = ExecutorSettings { running_max: 10, ..ExecutorSettings::default() };
    stays_sound(LogSettings::default(), settings).await;
}

#[tokio::test]
async fn a_full_queue_costs_only_those_who_find_it_full() {
    let settings = LogSettings { waiting_max: 4, ..LogSettings::default() };
    stays_sound(settings, ExecutorSettings::default()).await;
}

#[tokio::test]
async fn rooms_that_are_not_kept_in_memory_work_all_the_same() {
    let settings =
        ExecutorSettings { cached_max: 0, running_max: 10, ..ExecutorSettings::default() };
    stays_sound(LogSettings::default(), settings).await;
}
