//! Connections that are cut while the log writes.

use crate::engine::Engine;
use crate::events::{assert_sound, message, message_with, room, to};
use anamnesis::log::{AppendError, Log, append};
use sqlx::PgPool;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::timeout;
use uuid::Uuid;

const WRITERS: u64 = 16;
const CUTS: usize = 25;
/// How long to wait for more before it is asked again whether there will be any.
const MORE_MAX: Duration = Duration::from_secs(1);

/// Ends every connection but the one that asks; returns how many.
async fn cut(pool: &PgPool) -> usize {
    sqlx::query_scalar::<_, bool>(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .fetch_all(pool)
    .await
    .unwrap()
    .len()
}

/// Appends one after the other to a room of its own until told to stop; each is repeated with
/// the same id until it is known to be written. Returns the ids in order.
async fn write(log: Arc<dyn Log>, writer: u64, done: Arc<AtomicU64>, until: u64) -> Vec<Uuid> {
    let stream = room(&writer.to_string());
    let mut written = Vec::new();
    while done.load(Ordering::Relaxed) < until {
        let id = Uuid::new_v4();
        loop {
            let version = written.len() as u64;
            match append(&*log, to(&stream, version, vec![message_with(id)])).await {
                Ok(_) => break,
                Err(AppendError::DuplicateEvent { event_id }) => {
                    assert_eq!(event_id, id);
                    break;
                }
                Err(AppendError::Unavailable | AppendError::OutcomeUnknown) => {}
                Err(other) => panic!("{other}"),
            }
        }
        written.push(id);
        done.fetch_add(1, Ordering::Relaxed);
    }
    written
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_connections_lose_nothing_and_write_nothing_twice() {
    let engine = Engine::postgres().await;
    let pool = engine.database.as_ref().unwrap().owner_pool();
    let until = 25 * CUTS as u64;
    let done = Arc::new(AtomicU64::new(0));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let log = if writer % 2 == 0 { &engine.log } else { &engine.other };
            tokio::spawn(write(Arc::clone(log), writer, Arc::clone(&done), until))
        })
        .collect();
    let mut cuts = 0;
    let mut head = engine.log.head();
    while done.load(Ordering::Relaxed) < until {
        cuts += cut(pool).await;
        // Some are written in between, so that cuts hit a log at work. The last may be written
        // already, and then nothing comes.
        let before = *head.borrow();
        let more = timeout(MORE_MAX, head.wait_for(|position| *position > before)).await;
        drop(more);
    }
    assert!(cuts > 0);
    let mut count = 0;
    for (writer, ids) in writers.into_iter().enumerate() {
        let ids = ids.await.unwrap();
        let stream = room(&writer.to_string());
        let stored = engine.log.read_stream(&stream, 0, 10_000).await.unwrap();
        assert_eq!(stored.iter().map(|event| event.event_id).collect::<Vec<_>>(), ids);
        count += ids.len() as u64;
    }
    for log in [&engine.log, &engine.other] {
        log.head().wait_for(|position| *position == count).await.unwrap();
        assert_sound(&log.read_after(0, 100_000).await.unwrap());
    }
}

#[tokio::test]
async fn a_connection_that_was_cut_while_idle_costs_nobody_an_answer() {
    let engine = Engine::postgres().await;
    let pool = engine.database.as_ref().unwrap().owner_pool();
    for version in 0..5 {
        append(&*engine.log, to(&room("a"), version, vec![message()])).await.unwrap();
        assert!(cut(pool).await > 0);
    }
}
