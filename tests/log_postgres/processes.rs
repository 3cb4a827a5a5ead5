//! Several processes on one log.

use crate::engine::Engine;
use crate::events::{assert_conflict, assert_sound, message, part, room, to};
use anamnesis::log::{Append, Log, append};
use sqlx::{PgConnection, PgPool};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// Waits until the log's appender stands before the locked head.
async fn until_an_append_waits(pool: &PgPool) {
    let waiting = async {
        loop {
            let found: bool = sqlx::query_scalar(
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
                     AND wait_event_type = 'Lock' AND query LIKE '%log.head%')",
            )
            .fetch_one(pool)
            .await
            .unwrap();
            if found {
                return;
            }
        }
    };
    timeout(Duration::from_secs(10), waiting).await.unwrap();
}

/// An event that another program writes by hand, announcing nothing.
async fn write_silently(conn: &mut PgConnection, room: &str, sequence: i64) {
    sqlx::query(
        "WITH head AS (
             UPDATE log.head SET position = position + 1 RETURNING position, recorded_at
         )
         INSERT INTO log.events (global_position, event_id, aggregate_type, aggregate_id, sequence,
             event_type, event_version, payload, metadata, recorded_at, leaf_hash)
         SELECT position, gen_random_uuid(), 'chat_room', $1, $2, 'RoomClosed', '1', '{}', '{}',
             recorded_at, decode(repeat('00', 32), 'hex')
         FROM head",
    )
    .bind(room)
    .bind(sequence)
    .execute(conn)
    .await
    .unwrap();
}

#[tokio::test]
async fn what_one_process_writes_is_announced_to_the_other() {
    let engine = Engine::postgres().await;
    let mut head = engine.other.head();
    // Far less than polling once a second would need.
    timeout(Duration::from_secs(15), async {
        for version in 0..40 {
            append(&*engine.log, to(&room("a"), version, vec![message()])).await.unwrap();
            head.wait_for(|position| *position > version).await.unwrap();
        }
    })
    .await
    .unwrap();
}

/// Under load not every commit is announced; what follows the last announcement is told as well.
#[tokio::test]
async fn the_other_hears_the_end_of_a_burst() {
    let engine = Engine::postgres().await;
    let mut head = engine.other.head();
    // Far less than polling once a second would need.
    timeout(Duration::from_secs(15), async {
        for burst in 0..40 {
            for version in burst * 3..(burst + 1) * 3 {
                append(&*engine.log, to(&room("a"), version, vec![message()])).await.unwrap();
            }
            head.wait_for(|position| *position == (burst + 1) * 3).await.unwrap();
        }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn what_nobody_announces_is_found_all_the_same() {
    let engine = Engine::postgres().await;
    let database = engine.database.as_ref().unwrap();
    let mut conn = database.owner_pool().acquire().await.unwrap();
    for sequence in 1..=3 {
        write_silently(&mut conn, "a", sequence).await;
    }
    let mut head = engine.other.head();
    let found = timeout(Duration::from_secs(10), head.wait_for(|position| *position == 3)).await;
    found.unwrap().unwrap();
    assert_eq!(engine.other.read_after(0, 10).await.unwrap().len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_writer_that_does_not_finish_lets_no_reader_skip_anything() {
    let engine = Engine::postgres().await;
    let database = engine.database.as_ref().unwrap();
    append(&*engine.log, to(&room("a"), 0, vec![message()])).await.unwrap();
    let mut slow = database.owner_pool().begin().await.unwrap();
    write_silently(&mut slow, "slow", 1).await;
    let write = |log: &Arc<dyn Log>, stream: &str| {
        log.enqueue(to(&room(stream), 0, vec![message()])).unwrap()
    };
    let one = write(&engine.log, "b");
    let two = write(&engine.other, "c");
    until_an_append_waits(database.owner_pool()).await;
    for log in [&engine.log, &engine.other] {
        let known = *log.head().borrow();
        assert!(known <= 1);
        assert!(log.read_after(1, 10).await.unwrap().is_empty());
    }
    slow.commit().await.unwrap();
    one.await.unwrap().unwrap();
    two.await.unwrap().unwrap();
    for log in [&engine.log, &engine.other] {
        log.head().wait_for(|position| *position == 4).await.unwrap();
        let all = log.read_after(0, 10).await.unwrap();
        assert_sound(&all);
        assert_eq!(all[1].stream, room("slow"));
    }
}

#[tokio::test]
async fn a_condition_still_holds_when_what_depends_on_it_is_written() {
    let engine = Engine::postgres().await;
    let database = engine.database.as_ref().unwrap();
    let mut slow = database.owner_pool().begin().await.unwrap();
    write_silently(&mut slow, "condition", 1).await;
    let streams =
        vec![part(&room("a"), 0, vec![message()]), part(&room("condition"), 0, Vec::new())];
    let pending = engine.log.enqueue(Append { streams }).unwrap();
    until_an_append_waits(database.owner_pool()).await;
    slow.commit().await.unwrap();
    assert_conflict(&pending.await.unwrap(), 0, 1);
}

/// What a process remembers of a condition is worth nothing once somebody else has written,
/// whether or not it has heard of it.
#[tokio::test]
async fn a_condition_is_not_taken_from_memory_when_another_process_has_written() {
    let engine = Engine::postgres().await;
    let (log, condition, written) = (&*engine.log, room("condition"), room("written"));
    let on = |known, expected| Append {
        streams: vec![
            part(&condition, known, Vec::new()),
            part(&written, expected, vec![message()]),
        ],
    };
    append(log, to(&condition, 0, vec![message()])).await.unwrap();
    for expected in 0..3 {
        append(log, on(1, expected)).await.unwrap();
    }
    append(log, to(&condition, 1, vec![message()])).await.unwrap();
    assert_conflict(&append(log, on(1, 3)).await, 1, 2);
    append(log, on(2, 3)).await.unwrap();

    let mut elsewhere = engine.database.as_ref().unwrap().owner_pool().acquire().await.unwrap();
    write_silently(&mut elsewhere, "condition", 3).await;
    assert_conflict(&append(log, on(2, 4)).await, 2, 3);
    append(log, on(3, 4)).await.unwrap();
    // Also when it is another stream that was written to, and in the middle of a batch.
    write_silently(&mut elsewhere, "elsewhere", 1).await;
    let pending: Vec<_> = (5..25).map(|expected| log.enqueue(on(3, expected)).unwrap()).collect();
    for answer in pending {
        answer.await.unwrap().unwrap();
    }
    write_silently(&mut elsewhere, "condition", 4).await;
    let pending: Vec<_> = (25..45).map(|expected| log.enqueue(on(3, expected)).unwrap()).collect();
    for answer in pending {
        assert!(answer.await.unwrap().is_err());
    }
    assert_sound(&log.read_after(0, 100).await.unwrap());
}

#[tokio::test]
async fn time_does_not_go_back_where_a_clock_is_behind() {
    let engine = Engine::postgres().await;
    let database = engine.database.as_ref().unwrap();
    append(&*engine.log, to(&room("a"), 0, vec![message()])).await.unwrap();
    sqlx::query("UPDATE log.head SET recorded_at = recorded_at + interval '2 hours'")
        .execute(database.owner_pool())
        .await
        .unwrap();
    let mut all = engine.log.read_after(0, 10).await.unwrap();
    for (version, log) in (1..).zip([&engine.log, &engine.other, &engine.log, &engine.other]) {
        all.extend(append(&**log, to(&room("a"), version, vec![message()])).await.unwrap());
    }
    assert_sound(&all);
    let ahead = all[1].recorded_at - all[0].recorded_at;
    assert!(ahead.num_minutes() >= 119);
}
