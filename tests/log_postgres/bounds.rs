//! Limits of the queue and the batch, and stopping.

use crate::engine::open;
use crate::events::{assert_sound, message, room, to};
use anamnesis::log::{AppendError, Log, LogSettings, PostgresLog, append};
use anamnesis_projections::log::EventLog;
use anamnesis_testkit::TestDatabase;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

#[tokio::test]
async fn an_append_larger_than_a_batch_is_refused() {
    let database = TestDatabase::create().await.unwrap();
    let settings = LogSettings { batch_events_max: 3, ..LogSettings::default() };
    let stop = CancellationToken::new();
    let log = open(database.pool(), settings, &stop).await;
    let four = vec![message(), message(), message(), message()];
    let answer = append(&*log, to(&room("a"), 0, four)).await;
    assert!(matches!(answer, Err(AppendError::TooLarge { limit: 3 })));
    // Those that do not fit into one batch together are written one after the other.
    let pending: Vec<_> = (0..20)
        .map(|version| {
            log.enqueue(to(&room("a"), version * 2, vec![message(), message()])).unwrap()
        })
        .collect();
    for one in pending {
        one.await.unwrap().unwrap();
    }
    assert_sound(&log.read_after(0, 100).await.unwrap());
    stop.cancel();
}

#[tokio::test]
async fn more_than_may_wait_is_refused_and_the_rest_is_written() {
    let database = TestDatabase::create().await.unwrap();
    let settings = LogSettings { waiting_max: 5, ..LogSettings::default() };
    let stop = CancellationToken::new();
    let log = open(database.pool(), settings, &stop).await;
    let mut other = database.owner_pool().begin().await.unwrap();
    sqlx::query("SELECT FROM log.head FOR UPDATE").execute(&mut *other).await.unwrap();
    let mut accepted = Vec::new();
    let overloaded = (0..100).find_map(|number| {
        match log.enqueue(to(&room(&number.to_string()), 0, vec![message()])) {
            Ok(pending) => {
                accepted.push(pending);
                None
            }
            Err(error) => Some(error),
        }
    });
    assert!(matches!(overloaded, Some(AppendError::Overloaded)));
    assert!(accepted.len() >= 5);
    other.rollback().await.unwrap();
    let count = accepted.len();
    for one in accepted {
        one.await.unwrap().unwrap();
    }
    assert_eq!(log.read_after(0, 100).await.unwrap().len(), count);
    stop.cancel();
}

#[tokio::test]
async fn stopping_writes_what_was_accepted() {
    let database = TestDatabase::create().await.unwrap();
    let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
    let log =
        PostgresLog::open(database.pool().clone(), LogSettings::default(), &tasks, stop.clone())
            .await
            .unwrap();
    let mut other = database.owner_pool().begin().await.unwrap();
    sqlx::query("SELECT FROM log.head FOR UPDATE").execute(&mut *other).await.unwrap();
    let pending: Vec<_> = (0..500)
        .map(|version| log.enqueue(to(&room("a"), version, vec![message()])).unwrap())
        .collect();
    stop.cancel();
    other.rollback().await.unwrap();
    for one in pending {
        one.await.unwrap().unwrap();
    }
    tasks.close();
    tasks.wait().await;
    let late = log.enqueue(to(&room("b"), 0, vec![message()]));
    assert!(matches!(late, Err(AppendError::Unavailable)));
    assert_eq!(log.read_after(0, 1_000).await.unwrap().len(), 500);
}
