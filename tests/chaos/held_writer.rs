//! A writer that is held open for long while others append.

use crate::{PROGRAM, Patience, eventually, evidence};
use anamnesis::log::leaf::Leaf;
use anamnesis_projections::log::StreamId;
use anamnesis_testkit::{Socket, User, World};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sqlx::{PgPool, Postgres, Transaction};
use tokio::task::JoinHandle;
use uuid::Uuid;

/// Messages sent while the writer is held.
const MESSAGES: u64 = 8;

/// Takes the next position and writes an event there, without committing: what another server
/// process does while its commit is on its way.
async fn write_uncommitted(pool: &PgPool) -> Transaction<'static, Postgres> {
    let mut writer = pool.begin().await.unwrap();
    let (position, recorded_at): (i64, DateTime<Utc>) = sqlx::query_as(
        "UPDATE log.head
         SET position = position + 1,
             recorded_at = GREATEST(recorded_at, date_trunc('milliseconds', clock_timestamp()))
         RETURNING position, recorded_at",
    )
    .fetch_one(&mut *writer)
    .await
    .unwrap();
    let stream = StreamId { aggregate_type: "visitor".into(), aggregate_id: "1".to_owned() };
    let event_id = Uuid::new_v4();
    let leaf = Leaf {
        event_id: &event_id,
        stream: &stream,
        sequence: 1,
        event_type: "VisitorCame",
        event_version: "1",
        recorded_at,
        payload: "{}",
        metadata: "{}",
    };
    sqlx::query(
        "INSERT INTO log.events (global_position, event_id, aggregate_type, aggregate_id,
             sequence, event_type, event_version, payload, metadata, recorded_at, leaf_hash)
         VALUES ($1, $2, 'visitor', '1', 1, 'VisitorCame', '1', '{}', '{}', $3, $4)",
    )
    .bind(position)
    .bind(event_id)
    .bind(recorded_at)
    .bind(leaf.hash().as_slice())
    .execute(&mut *writer)
    .await
    .unwrap();
    writer
}

/// Posts over HTTP, again and again under the same id until it is accepted; the numbers.
fn post_all(user: &User, room: &str) -> JoinHandle<Vec<u64>> {
    let (user, path) = (user.clone(), format!("/api/rooms/{room}/messages"));
    tokio::spawn(async move {
        let mut numbers = Vec::new();
        for count in 0..MESSAGES {
            let post = json!({ "body": format!("{count}"), "client_id": Uuid::new_v4() });
            numbers.push(insist(&user, &path, &post).await);
        }
        numbers
    })
}

/// Posts until it is accepted; the number.
async fn insist(user: &User, path: &str, post: &Value) -> u64 {
    let patience = Patience::new("it is accepted");
    loop {
        let answer = user.post(path, post).await;
        assert!([201, 503].contains(&answer.status), "{}", answer.body);
        if let Some(number) = answer.body["sequence"].as_u64() {
            return number;
        }
        patience.pause().await;
    }
}

/// Waits until so many statements wait for the writer.
async fn someone_waits(pool: &PgPool, count: i64) {
    eventually("an appender waits", async || {
        let waiting: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM pg_catalog.pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock'
               AND query LIKE '%log.head%'",
        )
        .fetch_one(pool)
        .await
        .unwrap();
        (waiting >= count).then_some(())
    })
    .await;
}

async fn hear(socket: &mut Socket, count: u64) -> Vec<(u64, String)> {
    let mut heard = Vec::new();
    while (heard.len() as u64) < count {
        let frame = socket.expect("message_posted").await;
        heard.push((frame["number"].as_u64().unwrap(), frame["body"].as_str().unwrap().to_owned()));
    }
    heard
}

/// Two servers, both of which append while the writer is held, until `ends` ends it.
async fn held(ends: impl AsyncFnOnce(&PgPool, Transaction<'static, Postgres>)) {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let (patient, doctor, room) = world.pair().await;
    let doctor = doctor.at(second.address());
    let mut of_patient = patient.connect(None).await;
    let mut of_doctor = doctor.connect(None).await;
    of_patient.expect("reset").await;
    of_doctor.expect("reset").await;

    let pool = world.database.owner_pool();
    let writer = write_uncommitted(pool).await;
    let posts = [post_all(&patient, &room), post_all(&doctor, &room)];
    someone_waits(pool, 2).await;
    assert!(posts.iter().all(|posting| !posting.is_finished()));
    ends(pool, writer).await;

    let mut numbers = Vec::new();
    for posting in posts {
        numbers.extend(posting.await.unwrap());
    }
    numbers.sort_unstable();
    let heard = hear(&mut of_patient, MESSAGES * 2).await;
    assert_eq!(heard.iter().map(|(number, _)| *number).collect::<Vec<_>>(), numbers);
    assert!(numbers.windows(2).all(|two| two[1] == two[0] + 1), "{numbers:?}");
    assert_eq!(hear(&mut of_doctor, MESSAGES * 2).await, heard);
    let chats = patient.get("/api/rooms").await.expect(200);
    assert_eq!(chats["rooms"][0]["last_message"]["number"], *numbers.last().unwrap());
    evidence::examine(world.database.url()).await;
}

#[tokio::test]
async fn nobody_skips_what_a_slow_writer_commits_late() {
    held(async |_, writer| writer.commit().await.unwrap()).await;
}

#[tokio::test]
async fn nobody_waits_for_what_a_slow_writer_takes_back() {
    held(async |_, writer| writer.rollback().await.unwrap()).await;
}

#[tokio::test]
async fn a_writer_held_for_longer_than_a_statement_may_take_loses_and_doubles_nothing() {
    held(async |pool, writer| {
        // Their first statements were given up.
        eventually("the appenders try again", async || {
            let again: i64 = sqlx::query_scalar(
                "SELECT COUNT(*) FROM pg_catalog.pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock'
                   AND (query LIKE '%FROM log.head FOR UPDATE%' OR query LIKE '%GREATEST%')",
            )
            .fetch_one(pool)
            .await
            .unwrap();
            (again >= 2).then_some(())
        })
        .await;
        writer.commit().await.unwrap();
    })
    .await;
}

/// The statement of one appender is not carried out until long after its server has given it up
/// and written the same anew.
#[tokio::test]
async fn a_statement_that_wakes_up_after_it_was_given_up_writes_nothing() {
    let world = World::start(PROGRAM).await;
    let (patient, _, room) = world.pair().await;
    let _ = patient.say(&room, "Before.").await;
    let pool = world.database.owner_pool();
    // It appends, and some milliseconds later it may announce what it appended.
    let appender: i32 = eventually("the appender rests", async || {
        sqlx::query_scalar(
            "SELECT pid FROM pg_catalog.pg_stat_activity
             WHERE datname = current_database() AND state = 'idle'
                 AND (query LIKE 'WITH head AS%' OR query = 'SELECT pg_notify($1, $2)')",
        )
        .fetch_optional(pool)
        .await
        .unwrap()
    })
    .await;
    let frozen = crate::cluster::Frozen::freeze_one(nix::unistd::Pid::from_raw(appender));
    let path = format!("/api/rooms/{room}/messages");
    let post = json!({ "body": "Meanwhile.", "client_id": Uuid::new_v4() });
    let number = insist(&patient, &path, &post).await;
    drop(frozen);
    eventually("the old connection ends", async || {
        let alive: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_stat_activity WHERE pid = $1)",
        )
        .bind(appender)
        .fetch_one(pool)
        .await
        .unwrap();
        (!alive).then_some(())
    })
    .await;
    assert_eq!(patient.say(&room, "After.").await, number + 1);
    evidence::examine(world.database.url()).await;
}
