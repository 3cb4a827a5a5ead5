//! How the readers behave when things go wrong.

use crate::support::history::{Story, identity};
use crate::support::live::{Live, PATIENCE, projections};
use crate::support::opener::FakeOpener;
use crate::support::world::person;
use anamnesis_domain::account::{Account, AccountCommand};
use anamnesis_projections::accounts::Accounts;
use anamnesis_projections::conversations::Conversations;
use anamnesis_projections::shadow::check;
use anamnesis_projections::{Health, Projection};
use anamnesis_testkit::fresh_pool;
use cqrs_es::Aggregate;
use sqlx::{Executor, PgPool};
use std::sync::Arc;
use std::time::Duration;

async fn assert_right(live: &Live) {
    for projection in projections() {
        let report = check(&live.pool, live.log.as_ref(), projection.as_ref()).await.unwrap();
        assert!(report.is_equal(), "{report:?}");
    }
}

async fn health(live: &Live, name: &str) -> Health {
    let all = live.runner.health().await.unwrap();
    all.into_iter().find(|health| health.name == name).unwrap()
}

#[tokio::test]
async fn an_event_that_can_not_be_read_stops_its_projection_exactly_there_and_no_other() {
    let mut story = Story::new();
    let by = person(0);
    let register = AccountCommand::RegisterPatient { identity: identity("ada") };
    story.world.account(by, register).await.unwrap();
    story.talk(20).await;
    let secret = r#"{"PatientRegistered":{"identity":"secret words"}}"#.to_owned();
    let log = Arc::clone(&story.world.log);
    let bad = log.append_raw(Account::TYPE, &person(2), "PatientRegistered", "1", secret);
    story.talk(20).await;
    let live = Live::start(&log).await;
    assert!(!live.runner.wait_until(log.last_position(), PATIENCE).await);
    let others = ["conversations", "appointments", "consultations"];
    assert!(live.runner.wait_until_named(&others, log.last_position(), PATIENCE).await);
    let stopped = health(&live, "accounts").await.stopped.unwrap();
    assert_eq!(stopped.position, bad);
    assert!(stopped.reason.contains("PatientRegistered") && !stopped.reason.contains("secret"));
    assert!(live.runner.wait_until_named(&["accounts"], bad - 1, PATIENCE).await);
    assert_eq!(health(&live, "conversations").await.stopped, None);
}

#[tokio::test]
async fn a_stopped_projection_tries_again_after_a_restart() {
    let story = Story::new();
    let log = Arc::clone(&story.world.log);
    let payload = r#"{"AccountRefused":{"by":"00000000-0000-0000-0000-000000000001"}}"#.to_owned();
    let id = person(2);
    let position = log.append_raw(Account::TYPE, &id, "AccountRefused", "1", payload);
    let live = Live::start(&log).await;
    assert!(!live.runner.wait_until(position, PATIENCE).await);
    // What an operator might do: bring the missing row back.
    sqlx::query(
        "INSERT INTO read.accounts (account_id, name, name_key, role, status, availability,
             registered_at, version, last_position)
         VALUES ($1, '', '', 'doctor', 'pending', 'available', now(), 0, 0)",
    )
    .bind(id.0)
    .execute(&live.pool)
    .await
    .unwrap();
    let live = live.restart().await;
    live.caught_up().await;
    assert_eq!(health(&live, "accounts").await.stopped, None);
}

#[tokio::test]
async fn failures_that_pass_are_retried_until_they_have_passed() {
    let mut story = Story::new();
    let register = AccountCommand::RegisterPatient { identity: identity("ada") };
    story.world.account(person(0), register).await.unwrap();
    let opener = Arc::new(FakeOpener { failures: 3.into() });
    let accounts: Arc<dyn Projection> = Arc::new(Accounts::new(opener));
    let live = Live::start_on(fresh_pool().await, &story.world.log, vec![accounts]);
    live.caught_up().await;
}

#[tokio::test]
async fn a_worker_that_another_one_overtook_is_fenced_off_and_goes_on_from_there() {
    let mut story = Story::new();
    story.talk(10).await;
    let live = Live::start(&story.world.log).await;
    live.caught_up().await;
    // Another worker, which does not know of the lock, takes the next events first.
    let before = live.log.last_position();
    let mut conn = live.pool.acquire().await.unwrap();
    conn.execute("BEGIN; SET LOCAL search_path = read").await.unwrap();
    sqlx::query("SELECT FROM read.checkpoints WHERE projection = 'conversations' FOR UPDATE")
        .execute(&mut *conn)
        .await
        .unwrap();
    story.talk(10).await;
    let news: Vec<_> = live.log.all().into_iter().filter(|event| event.position > before).collect();
    Conversations.apply(&news, &mut conn).await.unwrap();
    sqlx::query("UPDATE read.checkpoints SET position = $1 WHERE projection = 'conversations'")
        .bind(i64::try_from(live.log.last_position()).unwrap())
        .execute(&mut *conn)
        .await
        .unwrap();
    conn.execute("COMMIT").await.unwrap();
    story.talk(10).await;
    live.caught_up().await;
    assert_right(&live).await;
}

#[tokio::test]
async fn a_standby_waits_for_what_the_active_worker_does_and_takes_over_at_its_end() {
    let mut story = Story::new();
    let first = Live::start(&story.world.log).await;
    story.talk(5).await;
    first.caught_up().await;
    let second = Live::start_on(first.pool.clone(), &story.world.log, projections());
    second.caught_up().await;
    assert!(!health(&second, "conversations").await.active);
    first.stop().await;
    story.talk(5).await;
    second.caught_up().await;
    assert!(health(&second, "conversations").await.active);
    assert_right(&second).await;
}

#[tokio::test]
async fn a_worker_whose_session_is_killed_takes_a_new_one() {
    let mut story = Story::new();
    let live = Live::start(&story.world.log).await;
    story.talk(5).await;
    live.caught_up().await;
    kill_other_sessions(&live.pool).await;
    story.talk(5).await;
    live.caught_up().await;
    assert_right(&live).await;
}

async fn kill_other_sessions(pool: &PgPool) {
    let mut conn = pool.acquire().await.unwrap();
    conn.execute("RESET ROLE").await.unwrap();
    let killed: i64 = sqlx::query_scalar(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .fetch_one(&mut *conn)
    .await
    .unwrap();
    assert!(killed >= 3);
    conn.execute("SET ROLE anamnesis_app").await.unwrap();
}

#[tokio::test]
async fn waiting_for_what_never_comes_ends_in_time() {
    let story = Story::new();
    let live = Live::start(&story.world.log).await;
    assert!(live.runner.wait_until(0, PATIENCE).await);
    assert!(!live.runner.wait_until(1, Duration::from_millis(50)).await);
}

#[tokio::test]
async fn events_of_other_aggregates_move_the_stored_checkpoint_too() {
    let mut story = Story::new();
    story.talk(5).await;
    let live = Live::start(&story.world.log).await;
    live.caught_up().await;
    // Stopping writes down what was passed over.
    let last = live.log.last_position();
    let pool = live.stop().await;
    for name in ["accounts", "appointments", "consultations", "conversations", "deleted_items"] {
        let stored = anamnesis_projections::checkpoint::load(&pool, name).await.unwrap();
        assert_eq!(stored.unwrap().position, last, "{name}");
    }
}
