//! Nobody changes what is written.

use crate::engine::Engine;
use crate::events::{message, room, to};
use anamnesis::log::append;
use sqlx::PgPool;

const ATTEMPTS: [&str; 10] = [
    "UPDATE log.events SET payload = '{}'",
    "UPDATE log.events SET leaf_hash = leaf_hash WHERE global_position = 1",
    "DELETE FROM log.events WHERE global_position = 1",
    "TRUNCATE log.events",
    "TRUNCATE log.events CASCADE",
    "UPDATE log.head SET position = position - 1",
    "UPDATE log.head SET recorded_at = recorded_at - interval '1 second'",
    "DELETE FROM log.head",
    "TRUNCATE log.head",
    "INSERT INTO log.head (position, recorded_at) VALUES (0, 'epoch')",
];

async fn log_of_two(engine: &Engine) {
    append(&*engine.log, to(&room("a"), 0, vec![message(), message()])).await.unwrap();
}

async fn untouched(pool: &PgPool) -> bool {
    sqlx::query_scalar(
        "SELECT (SELECT count(*) = 2 AND min(payload::text) <> '{}' FROM log.events)
            AND (SELECT position = 2 FROM log.head)",
    )
    .fetch_one(pool)
    .await
    .unwrap()
}

#[tokio::test]
async fn the_server_may_only_add() {
    let engine = Engine::postgres().await;
    let database = engine.database.as_ref().unwrap();
    log_of_two(&engine).await;
    for attempt in ATTEMPTS {
        let answer = sqlx::query(attempt).execute(database.pool()).await;
        assert!(answer.is_err(), "{attempt}");
    }
    assert!(untouched(database.pool()).await);
}

#[tokio::test]
async fn the_owner_may_only_add() {
    let engine = Engine::postgres().await;
    let database = engine.database.as_ref().unwrap();
    log_of_two(&engine).await;
    for attempt in ATTEMPTS {
        let answer = sqlx::query(attempt).execute(database.owner_pool()).await;
        assert!(answer.is_err(), "{attempt}");
    }
    assert!(untouched(database.pool()).await);
}

#[tokio::test]
async fn nothing_changes_where_ordinary_triggers_are_off() {
    let engine = Engine::postgres().await;
    let database = engine.database.as_ref().unwrap();
    log_of_two(&engine).await;
    for attempt in ATTEMPTS {
        let mut transaction = database.owner_pool().begin().await.unwrap();
        sqlx::query("SELECT set_config('session_replication_role', 'replica', true)")
            .execute(&mut *transaction)
            .await
            .unwrap();
        assert!(sqlx::query(attempt).execute(&mut *transaction).await.is_err(), "{attempt}");
    }
    assert!(untouched(database.pool()).await);
    // The server can not even try.
    let off = sqlx::query("SELECT set_config('session_replication_role', 'replica', false)");
    let app = off.execute(database.pool()).await;
    assert!(app.is_err());
}
