//! Checking and rebuilding while traffic goes on.

use crate::model;
use crate::support::history::{Story, room_id};
use crate::support::live::Live;
use crate::support::memory_log::MemoryLog;
use anamnesis_projections::conversations::{Anchor, Conversations, message_page};
use anamnesis_projections::log::{EventLog, ReadError, RecordedEvent, StreamId};
use anamnesis_projections::shadow::{ShadowError, check, rebuild};
use async_trait::async_trait;
use sqlx::{Executor, PgPool};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::watch;

async fn with_messages(messages: usize) -> (Story, Live) {
    let mut story = Story::new();
    story.talk(messages).await;
    let live = Live::start(&story.world.log).await;
    live.caught_up().await;
    (story, live)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_under_traffic_loses_nothing_and_readers_always_find_the_tables() {
    let (mut story, live) = with_messages(3_000).await;
    let done = Arc::new(AtomicBool::new(false));
    let reader = tokio::spawn(read_until(live.pool.clone(), Arc::clone(&done)));
    let writer = tokio::spawn({
        let done = Arc::clone(&done);
        async move {
            while !done.load(Ordering::SeqCst) {
                story.talk(20).await;
                tokio::task::yield_now().await;
                if story.world.log.last_position() > 30_000 {
                    break;
                }
            }
        }
    });
    let report = rebuild(&live.pool, live.log.as_ref(), &Conversations).await.unwrap();
    done.store(true, Ordering::SeqCst);
    writer.await.unwrap();
    assert!(reader.await.unwrap() > 0);
    assert!(report.is_equal() && report.position >= 3_000, "{report:?}");
    live.caught_up().await;
    let report = check(&live.pool, live.log.as_ref(), &Conversations).await.unwrap();
    assert!(report.is_equal() && report.position == live.log.last_position(), "{report:?}");
}

/// The log as a process knows it that has not heard of the last events yet.
struct LateLog {
    log: Arc<MemoryLog>,
    heard: watch::Sender<u64>,
}

#[async_trait]
impl EventLog for LateLog {
    async fn read_after(
        &self,
        position: u64,
        limit: usize,
    ) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
        let heard = *self.heard.borrow();
        let mut events = self.log.read_after(position, limit).await?;
        events.retain(|event| event.position <= heard);
        Ok(events)
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after_sequence: u64,
        limit: usize,
    ) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
        self.log.read_stream(stream, after_sequence, limit).await
    }

    fn head(&self) -> watch::Receiver<u64> {
        self.heard.subscribe()
    }
}

/// A rebuild is mostly another process than the one that writes, and hears of events later than
/// the live tables have them.
#[tokio::test]
async fn a_process_that_has_not_heard_of_the_last_events_waits_for_them_and_skips_none() {
    let (_, live) = with_messages(300).await;
    let last = live.log.last_position();
    let late = LateLog { log: Arc::clone(&live.log), heard: watch::channel(last - 40).0 };
    let hears = async {
        late.heard.send_replace(last - 20);
        tokio::task::yield_now().await;
        late.heard.send_replace(last);
    };
    let (report, ()) = tokio::join!(rebuild(&live.pool, &late, &Conversations), hears);
    let report = report.unwrap();
    assert!(report.is_equal() && report.position == last, "{report:?}");

    late.heard.send_replace(last - 40);
    let report = rebuild(&live.pool, &late, &Conversations).await;
    assert!(matches!(report, Err(ShadowError::Missing { .. })), "{report:?}");
    let report = check(&live.pool, live.log.as_ref(), &Conversations).await.unwrap();
    assert!(report.is_equal(), "{report:?}");
}

async fn read_until(pool: PgPool, done: Arc<AtomicBool>) -> usize {
    let mut reads = 0;
    while !done.load(Ordering::SeqCst) {
        let page = message_page(&mut pool.acquire().await.unwrap(), room_id(0), Anchor::Latest, 50)
            .await
            .unwrap();
        assert_eq!(page.messages.len(), 50);
        reads += 1;
    }
    reads
}

#[tokio::test]
async fn a_check_names_a_planted_difference_by_its_key_and_a_rebuild_mends_it() {
    let (mut story, live) = with_messages(30).await;
    live.pool.execute("UPDATE read.messages SET body = 'forged' WHERE position = 8").await.unwrap();
    live.pool.execute("DELETE FROM read.messages WHERE position = 9").await.unwrap();
    live.pool
        .execute(
            "INSERT INTO read.reactions VALUES (gen_random_uuid(), 1, gen_random_uuid(), 'heart')",
        )
        .await
        .unwrap();
    let found = check(&live.pool, live.log.as_ref(), &Conversations).await.unwrap();
    let reactions = found.tables.iter().find(|table| table.table == "reactions").unwrap();
    assert_eq!((reactions.live_rows, reactions.rebuilt_rows, reactions.differing), (1, 0, 1));
    let messages = found.tables.iter().find(|table| table.table == "messages").unwrap();
    assert_eq!((messages.live_rows, messages.rebuilt_rows, messages.differing), (29, 30, 2));
    let events = live.log.all();
    let key = |position: usize| {
        let event = events.get(position - 1).unwrap();
        format!("{}/{}", event.stream.aggregate_id, event.sequence)
    };
    let mut keys = vec![key(8), key(9)];
    keys.sort();
    assert_eq!(messages.keys, keys);
    let report = rebuild(&live.pool, live.log.as_ref(), &Conversations).await.unwrap();
    assert_eq!(report.tables, found.tables);
    story.talk(10).await;
    live.caught_up().await;
    let report = check(&live.pool, live.log.as_ref(), &Conversations).await.unwrap();
    assert!(report.is_equal(), "{report:?}");
    model::agrees(&live).await;
}

#[tokio::test]
async fn rebuilt_tables_have_the_indexes_and_parameters_of_the_first_ones() {
    let (_story, live) = with_messages(10).await;
    let before = shape(&live.pool).await;
    rebuild(&live.pool, live.log.as_ref(), &Conversations).await.unwrap();
    assert_eq!(shape(&live.pool).await, before);
    assert!(before.iter().any(|line| line.contains("fillfactor=70")));
}

async fn shape(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT concat_ws(' ', relname, relkind, relpersistence, relowner::regrole, reloptions,
             (SELECT indexdef FROM pg_indexes
              WHERE schemaname = 'read' AND indexname = relname))
         FROM pg_class WHERE relnamespace = 'read'::regnamespace ORDER BY 1",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}

#[tokio::test]
async fn what_a_killed_rebuild_left_behind_is_swept_up_by_the_next_one() {
    let (_story, live) = with_messages(10).await;
    live.pool
        .execute(
            "CREATE TABLE rebuild_conversations.messages (LIKE read.messages);
             INSERT INTO rebuild_conversations.messages SELECT * FROM read.messages;
             INSERT INTO read.checkpoints VALUES ('conversations@rebuild', 7)",
        )
        .await
        .unwrap();
    let report = rebuild(&live.pool, live.log.as_ref(), &Conversations).await.unwrap();
    assert!(report.is_equal(), "{report:?}");
    let left: i64 = sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM pg_class
                 WHERE relnamespace = 'rebuild_conversations'::regnamespace)
             + (SELECT count(*) FROM read.checkpoints WHERE projection LIKE '%@rebuild')",
    )
    .fetch_one(&live.pool)
    .await
    .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn two_rebuilds_of_one_projection_do_not_meet() {
    let (_story, live) = with_messages(10).await;
    let mut other = live.pool.acquire().await.unwrap();
    other
        .execute("SELECT pg_advisory_lock(hashtextextended('anamnesis:rebuild:conversations', 0))")
        .await
        .unwrap();
    let refused = rebuild(&live.pool, live.log.as_ref(), &Conversations).await;
    assert!(matches!(refused, Err(ShadowError::Busy)));
    other.execute("SELECT pg_advisory_unlock_all()").await.unwrap();
    rebuild(&live.pool, live.log.as_ref(), &Conversations).await.unwrap();
}

#[tokio::test]
async fn the_servers_role_can_not_change_the_log() {
    let (_story, live) = with_messages(1).await;
    for forbidden in [
        "UPDATE log.events SET payload = '{}'",
        "DELETE FROM log.events",
        "DROP TABLE log.events",
        "ALTER TABLE log.events DISABLE TRIGGER ALL",
        "CREATE TABLE log.other ()",
        "CREATE SCHEMA other",
    ] {
        assert!(live.pool.execute(forbidden).await.is_err(), "{forbidden}");
    }
}
