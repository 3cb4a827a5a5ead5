//! The log as the database has it, and what is told of it.

use anamnesis_testkit::{User, World};
use chrono::{DateTime, Utc};
use reqwest::Method;
use serde_json::Value;
use sqlx::FromRow;

/// An event as it is stored.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Stored {
    pub(crate) global_position: i64,
    pub(crate) stream: String,
    pub(crate) event_type: String,
    pub(crate) payload: Value,
    pub(crate) metadata: Value,
    pub(crate) recorded_at: DateTime<Utc>,
    pub(crate) leaf_hash: String,
}

impl Stored {
    pub(crate) fn position(&self) -> u64 {
        u64::try_from(self.global_position).unwrap()
    }

    pub(crate) fn is_by(&self, actor: &str) -> bool {
        self.metadata["actor_id"] == actor
    }
}

/// Every event, in order, without any of the server's code.
pub(crate) async fn stored(world: &World) -> Vec<Stored> {
    sqlx::query_as(
        "SELECT global_position, aggregate_type || '/' || aggregate_id AS stream, event_type,
                payload::jsonb AS payload, metadata::jsonb AS metadata, recorded_at,
                encode(leaf_hash, 'hex') AS leaf_hash
         FROM log.events ORDER BY global_position",
    )
    .fetch_all(world.database.owner_pool())
    .await
    .unwrap()
}

/// The lines of an answer that must be 200.
pub(crate) async fn lines(user: &User, path: &str) -> Vec<Value> {
    let text = text(user, path).await;
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(crate) async fn text(user: &User, path: &str) -> String {
    let response = user.request(Method::GET, path).send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    assert_eq!(status, 200, "{text}");
    text
}

/// The lines without the last, which must close them truly.
pub(crate) fn closed(mut lines: Vec<Value>) -> Vec<Value> {
    let last = lines.pop().unwrap();
    assert_eq!(last["complete"], true, "{last}");
    assert_eq!(last["count"], lines.len());
    assert_eq!(last["first"], lines.first().map_or(Value::Null, |line| line["position"].clone()));
    assert_eq!(last["last"], lines.last().map_or(Value::Null, |line| line["position"].clone()));
    lines
}

pub(crate) fn positions(lines: &[Value]) -> Vec<u64> {
    lines.iter().map(|line| line["position"].as_u64().unwrap()).collect()
}

/// Writes events of a stream of its own behind the server's back, with a long reason each.
pub(crate) async fn fill(world: &World, events: i32, reason_chars: i32) {
    let mut transaction = world.database.owner_pool().begin().await.unwrap();
    sqlx::query("SELECT position FROM log.head FOR UPDATE")
        .execute(&mut *transaction)
        .await
        .unwrap();
    sqlx::query(
        "INSERT INTO log.events (global_position, event_id, aggregate_type, aggregate_id, sequence,
             event_type, event_version, payload, metadata, recorded_at, leaf_hash)
         SELECT head.position + n, gen_random_uuid(), 'session', gen_random_uuid()::text, 1,
             'FeedFollowed', '1', '{\"FeedFollowed\":{}}',
             json_build_object('reason', repeat('x', $2)), head.recorded_at, decode(repeat('00', 32), 'hex')
         FROM log.head AS head, generate_series(1, $1) AS n",
    )
    .bind(events)
    .bind(reason_chars)
    .execute(&mut *transaction)
    .await
    .unwrap();
    sqlx::query("UPDATE log.head SET position = position + $1")
        .bind(i64::from(events))
        .execute(&mut *transaction)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
}
