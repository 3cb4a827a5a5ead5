//! What the log says of those who come in, who do not, and who go.

use crate::PROGRAM;
use crate::people::decide;
use anamnesis_testkit::{Answer, DEMO_PASSWORD, User, World};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;

/// For the event of an end, which is written after the answer. Within a second, on a machine
/// that has time; this is for one that has not.
const PATIENCE: Duration = Duration::from_secs(10);

/// What stands in the log of one kind: payload and metadata, in order.
async fn written(world: &World, event_type: &str) -> Vec<(Value, Value)> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT (payload -> event_type)::text, metadata::text FROM log.events
         WHERE event_type = $1 ORDER BY global_position",
    )
    .bind(event_type)
    .fetch_all(world.database.pool())
    .await
    .unwrap();
    let parsed = |text: &str| serde_json::from_str(text).unwrap();
    rows.iter().map(|(payload, metadata)| (parsed(payload), parsed(metadata))).collect()
}

/// The reasons in the log of why this person's sessions ended, in order.
async fn reasons(world: &World, account: &str) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT e.payload -> 'SessionEnded' ->> 'reason' FROM log.events AS e
         JOIN log.events AS s ON s.aggregate_type = 'session' AND s.sequence = 1
           AND s.aggregate_id = e.aggregate_id
         WHERE e.event_type = 'SessionEnded' AND s.payload -> 'SessionStarted' ->> 'account_id' = $1
         ORDER BY e.global_position",
    )
    .bind(account)
    .fetch_all(world.database.pool())
    .await
    .unwrap()
}

/// Sessions that were ended and whose end is not marked as recorded.
async fn owed(world: &World) -> i64 {
    sqlx::query_scalar(
        "SELECT count(*) FROM auth.sessions
         WHERE revoked_at IS NOT NULL AND end_recorded_at IS NULL",
    )
    .fetch_one(world.database.pool())
    .await
    .unwrap()
}

/// Waits until every end is recorded, and tells why this person's sessions ended.
async fn ended(world: &World, account: &str) -> Vec<String> {
    let settled = async {
        while owed(world).await > 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, settled).await.unwrap();
    reasons(world, account).await
}

async fn log_in(world: &World, login: &str, password: &str) -> Answer {
    let body = json!({ "login": login, "password": password });
    User::stranger(world.server.address()).post("/api/auth/login", &body).await
}

async fn refresh(world: &World, token: &Value, device: &Value) -> Answer {
    let body = json!({ "refresh_token": token, "device": device });
    User::stranger(world.server.address()).post("/api/auth/refresh", &body).await
}

/// Whether the server may add to the log, as the database sees it.
async fn may_write(world: &World, may: bool) {
    let statement = if may {
        "GRANT INSERT ON log.events TO anamnesis_app"
    } else {
        "REVOKE INSERT ON log.events FROM anamnesis_app"
    };
    sqlx::query(statement).execute(world.database.owner_pool()).await.unwrap();
}

#[tokio::test]
async fn who_comes_in_is_in_the_log_with_their_role_before_they_have_a_token() {
    let world = World::start(PROGRAM).await;
    let doctor = world.server.sign_in("dr.adler").await;
    let started = written(&world, "SessionStarted").await;
    assert_eq!(started.len(), 1);
    let (payload, metadata) = &started[0];
    assert_eq!(payload, &json!({ "account_id": doctor.id(), "role": "doctor" }));
    assert_eq!(
        (&metadata["actor_id"], &metadata["actor_role"]),
        (&json!(doctor.id()), &json!("doctor"))
    );
    let stream: String = sqlx::query_scalar(
        "SELECT aggregate_id FROM log.events WHERE event_type = 'SessionStarted'",
    )
    .fetch_one(world.database.pool())
    .await
    .unwrap();
    let session: String = sqlx::query_scalar("SELECT session_id::text FROM auth.sessions")
        .fetch_one(world.database.pool())
        .await
        .unwrap();
    assert_eq!((&metadata["session_id"], &stream), (&json!(session), &session));
    assert!(metadata["request_id"].is_string());
    let output =
        world.setup.command(&["replay", "--stream", &format!("session/{session}")]).output().await;
    let told = String::from_utf8(output.unwrap().stdout).unwrap();
    assert!(
        told.contains(&format!("SessionStarted  session/{session} #1  by doctor {}", doctor.id())),
        "{told}"
    );
}

#[tokio::test]
async fn each_way_of_going_is_in_the_log_once_with_its_reason() {
    let world = World::start(PROGRAM).await;
    // Two processes, each of which writes what is owed.
    let _second = world.setup.start().await;
    let paula = world.server.sign_in("paula").await;
    let _ = paula.post("/api/auth/logout", &Value::Null).await.expect(204);
    assert_eq!(ended(&world, &paula.id()).await, ["signed_out"]);

    let adler = world.server.sign_in("dr.adler").await;
    let _elsewhere = world.server.sign_in("dr.adler").await;
    let _ = adler.post("/api/auth/logout-everywhere", &Value::Null).await.expect(200);
    assert_eq!(ended(&world, &adler.id()).await, ["signed_out"; 2]);

    let okafor = world.server.sign_in("dr.okafor").await;
    let (token, device) = (&okafor.session["refresh_token"], &okafor.session["device"]);
    let second = refresh(&world, token, device).await.expect(200);
    let _ = refresh(&world, &second["refresh_token"], device).await.expect(200);
    refresh(&world, token, device).await.refused(401, "refresh_token_reused");
    assert_eq!(ended(&world, &okafor.id()).await, ["token_reused"]);

    let stolen = world.server.sign_in("dr.okafor").await;
    let token = &stolen.session["refresh_token"];
    refresh(&world, token, device).await.refused(401, "refresh_token_reused");
    assert_eq!(ended(&world, &okafor.id()).await[1..], ["wrong_device"]);
}

#[tokio::test]
async fn who_is_put_out_by_a_decision_is_in_the_log_with_its_reason() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    let adler = world.server.sign_in("dr.adler").await;
    let _ = decide(&admin, &adler.id(), "deactivate", &json!({ "reason": "left" })).await;
    assert_eq!(ended(&world, &adler.id()).await, ["account_closed"]);
    let okafor = world.server.sign_in("dr.okafor").await;
    let _ = decide(&admin, &okafor.id(), "role", &json!({ "role": "compliance" })).await;
    assert_eq!(ended(&world, &okafor.id()).await, ["credentials_changed"]);
    // As an operator does after a restore.
    sqlx::query(
        "UPDATE auth.sessions SET revoked_at = now(), revoke_reason = 'by_administrator'
         WHERE revoked_at IS NULL",
    )
    .execute(world.database.owner_pool())
    .await
    .unwrap();
    assert_eq!(ended(&world, &admin.id()).await, ["by_administrator"]);
}

#[tokio::test]
async fn who_signs_out_is_found_by_name_and_an_end_says_whose_session_it_was() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    let adler = world.server.sign_in("dr.adler").await;
    let okafor = world.server.sign_in("dr.okafor").await;
    let _ = okafor.post("/api/auth/logout", &Value::Null).await.expect(204);
    assert_eq!(ended(&world, &okafor.id()).await, ["signed_out"]);
    let _ = decide(&admin, &adler.id(), "deactivate", &json!({ "reason": "left" })).await;
    assert_eq!(ended(&world, &adler.id()).await, ["account_closed"]);

    let officer = world.server.sign_in("compliance").await;
    let ends = async |filter: String| {
        let path = format!("/api/audit/events?action=session_ended&{filter}");
        officer.get(&path).await.expect(200)["events"].take()
    };
    let out = ends(format!("person={}", okafor.id())).await;
    assert_eq!(out[0]["words"], "Dr. Chidi Okafor signed out");
    let closed = ends(format!("record={}", adler.id())).await;
    let words = "The session of Dr. Ines Adler was ended: the account was closed";
    assert_eq!((&closed[0]["words"], closed.as_array().unwrap().len()), (&json!(words), 1));
}

#[tokio::test]
async fn a_session_that_makes_room_for_another_is_in_the_log() {
    let limit = [("ANAMNESIS_LIMITS__SIGN_INS_PER_MINUTE", "1000")];
    let world = World::start_with(PROGRAM, &limit).await;
    // By name and by address in turn: each has ten tries.
    let mut account = Value::Null;
    for login in ["paula", "paula@example.org"].iter().cycle().take(20) {
        account = log_in(&world, login, DEMO_PASSWORD).await.expect(200)["account_id"].clone();
    }
    let account = account.as_str().unwrap();
    assert!(ended(&world, account).await.is_empty());
    // The twenty-first. Another process has counted none of them.
    let second = world.setup.start().await;
    let _ = second.sign_in("paula").await;
    assert_eq!(ended(&world, account).await, ["too_many_sessions"]);
    assert_eq!(written(&world, "SessionStarted").await.len(), 21);
}

#[tokio::test]
async fn who_does_not_come_in_is_in_the_log_and_is_not_told_why() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    let paula = world.server.sign_in("paula").await;
    let adler = world.server.sign_in("dr.adler").await;
    let _ = decide(&admin, &adler.id(), "deactivate", &json!({ "reason": "left" })).await;
    let mut answers = Vec::new();
    for (login, password) in [
        ("Paula", "not-the-password"),
        ("paula ", "not-the-password"),
        ("nobody", "not-the-password"),
        ("no\0body", "not-the-password"),
        ("dr.adler", "not-the-password"),
    ] {
        let mut answer = log_in(&world, login, password).await;
        answer.body["request_id"].take();
        answers.push((answer.status, answer.body));
    }
    assert_eq!((answers[0].0, &answers[0].1["code"]), (401, &json!("credentials_wrong")));
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    log_in(&world, "dr.adler", DEMO_PASSWORD).await.refused(403, "account_deactivated");

    let failed = written(&world, "SignInFailed").await;
    let wrong = |account: &User| json!({ "account_id": account.id(), "reason": "wrong_password" });
    let unknown = json!({ "reason": "unknown_name" });
    let closed = json!({ "account_id": adler.id(), "reason": "account_not_active" });
    let payloads: Vec<_> = failed.iter().map(|(payload, _)| payload.clone()).collect();
    let expected = [wrong(&paula), wrong(&paula), unknown.clone(), unknown, wrong(&adler), closed];
    assert_eq!(payloads, expected);
    for (_, metadata) in &failed {
        assert!(metadata["request_id"].is_string(), "{metadata}");
        assert_eq!((&metadata["actor_id"], &metadata["session_id"]), (&Value::Null, &Value::Null));
    }
    // One stream per name, however it is written, and the name stands in none of them.
    let streams: Vec<(String, i64)> = sqlx::query_as(
        "SELECT aggregate_id, count(*) FROM log.events WHERE aggregate_type = 'sign_in'
         GROUP BY aggregate_id ORDER BY min(global_position)",
    )
    .fetch_all(world.database.pool())
    .await
    .unwrap();
    assert_eq!(streams.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [2, 1, 1, 2]);
    assert!(streams.iter().all(|(id, _)| id.len() == 64 && !id.contains("paula")));
}

#[tokio::test]
async fn attempts_beyond_the_limit_are_not_written() {
    let world = World::start(PROGRAM).await;
    for _ in 0..10 {
        log_in(&world, "paula", "not-the-password").await.refused(401, "credentials_wrong");
    }
    log_in(&world, "paula", "not-the-password").await.refused(429, "too_many_attempts");
    assert_eq!(written(&world, "SignInFailed").await.len(), 10);
}

#[tokio::test]
async fn nobody_comes_in_or_is_sent_away_where_the_log_does_not_take_it() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    may_write(&world, false).await;
    for (login, password) in
        [("paula", DEMO_PASSWORD), ("paula", "not-the-password"), ("nobody", "not-the-password")]
    {
        log_in(&world, login, password).await.refused(503, "unavailable");
    }
    // Going is possible all the same; the log has it once it can.
    let _ = admin.post("/api/auth/logout", &Value::Null).await.expect(204);
    let sessions: Vec<(String, bool)> =
        sqlx::query_as("SELECT account_id::text, revoked_at IS NULL FROM auth.sessions")
            .fetch_all(world.database.pool())
            .await
            .unwrap();
    assert_eq!(sessions, [(admin.id(), false)]);
    assert_eq!((owed(&world).await, reasons(&world, &admin.id()).await.len()), (1, 0));
    may_write(&world, true).await;
    assert_eq!(ended(&world, &admin.id()).await, ["signed_out"]);
    assert_eq!(written(&world, "SessionStarted").await.len(), 1);
    assert!(written(&world, "SignInFailed").await.is_empty());
    let _ = log_in(&world, "paula", DEMO_PASSWORD).await.expect(200);
}

/// The process dies between the end and its event, and again between the event and the mark.
#[tokio::test]
async fn an_end_whose_process_died_is_in_the_log_once() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    may_write(&world, false).await;
    let _ = paula.post("/api/auth/logout", &Value::Null).await.expect(204);
    let World { server, setup, database } = world;
    server.kill().await;
    let mut world = World { server: setup.start().await, setup, database };
    assert_eq!((owed(&world).await, reasons(&world, &paula.id()).await.len()), (1, 0));
    may_write(&world, true).await;
    assert_eq!(ended(&world, &paula.id()).await, ["signed_out"]);

    let World { server, setup, database } = world;
    server.kill().await;
    sqlx::query("UPDATE auth.sessions SET end_recorded_at = NULL")
        .execute(database.pool())
        .await
        .unwrap();
    world = World { server: setup.start().await, setup, database };
    assert_eq!(ended(&world, &paula.id()).await, ["signed_out"]);
}

#[tokio::test]
async fn a_session_of_an_older_version_ends_without_an_event() {
    let world = World::start(PROGRAM).await;
    sqlx::query(
        "INSERT INTO auth.sessions
             (session_id, account_id, device_hash, created_at, last_used_at, expires_at)
         VALUES (gen_random_uuid(), gen_random_uuid(), sha256(''), now(), now(),
                 now() + interval '1 day')",
    )
    .execute(world.database.pool())
    .await
    .unwrap();
    sqlx::query("UPDATE auth.sessions SET revoked_at = now(), revoke_reason = 'signed_out'")
        .execute(world.database.pool())
        .await
        .unwrap();
    let paula = world.server.sign_in("paula").await;
    assert!(ended(&world, &paula.id()).await.is_empty());
    assert!(written(&world, "SessionEnded").await.is_empty());
}
