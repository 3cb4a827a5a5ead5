//! Staying signed in, and signing out.

use crate::PROGRAM;
use anamnesis_testkit::{Answer, DEMO_PASSWORD, User, World};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

async fn refresh(world: &World, session: &Value) -> Answer {
    let body = json!({ "refresh_token": session["refresh_token"], "device": session["device"] });
    User::stranger(world.server.address()).post("/api/auth/refresh", &body).await
}

/// Within a second, every request of this person is refused.
async fn soon_shut_out(user: &User) {
    let begin = Instant::now();
    loop {
        let answer = user.get("/api/users/me").await;
        if answer.status == 401 {
            return answer.refused(401, "session_revoked");
        }
        assert!(begin.elapsed() < Duration::from_secs(1), "still let in after a second");
    }
}

#[tokio::test]
async fn each_refresh_gives_the_next_token_and_a_new_access_token() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let second = refresh(&world, &paula.session).await.expect(200);
    let third = refresh(&world, &second).await.expect(200);
    assert_ne!(second["refresh_token"], paula.session["refresh_token"]);
    assert_ne!(third["refresh_token"], second["refresh_token"]);
    let refreshed = paula.with_token(third["access_token"].as_str().unwrap());
    for user in [paula, refreshed] {
        let _ = user.get("/api/users/me").await.expect(200);
    }
}

#[tokio::test]
async fn a_device_that_missed_the_answer_gets_it_again() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let first = refresh(&world, &paula.session).await.expect(200);
    let again = refresh(&world, &paula.session).await.expect(200);
    assert_eq!(again["refresh_token"], first["refresh_token"]);
    let _ = refresh(&world, &again).await.expect(200);
}

#[tokio::test]
async fn a_token_used_twice_ends_the_session_for_both() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let second = refresh(&world, &paula.session).await.expect(200);
    let third = refresh(&world, &second).await.expect(200);
    refresh(&world, &paula.session).await.refused(401, "refresh_token_reused");
    refresh(&world, &third).await.refused(401, "session_revoked");
    soon_shut_out(&paula).await;
    soon_shut_out(&paula.with_token(third["access_token"].as_str().unwrap())).await;
}

#[tokio::test]
async fn a_token_without_its_device_is_a_stolen_one() {
    let world = World::start(PROGRAM).await;
    let (one, other) = (world.server.sign_in("paula").await, world.server.sign_in("paula").await);
    let mut stolen = one.session.clone();
    stolen["device"] = other.session["device"].clone();
    refresh(&world, &stolen).await.refused(401, "refresh_token_reused");
    soon_shut_out(&one).await;
    let _ = other.get("/api/users/me").await.expect(200);
}

#[tokio::test]
async fn what_is_no_refresh_token_refreshes_nothing() {
    let world = World::start(PROGRAM).await;
    let stranger = User::stranger(world.server.address());
    let made_up = json!({ "refresh_token": "A".repeat(43), "device": "A".repeat(43) });
    let refused = stranger.post("/api/auth/refresh", &made_up).await;
    refused.refused(401, "refresh_token_unknown");
    let paula = world.server.sign_in("paula").await;
    for body in [
        json!({}),
        json!({ "refresh_token": paula.session["refresh_token"] }),
        json!({ "device": paula.session["device"] }),
    ] {
        stranger.post("/api/auth/refresh", &body).await.refused(401, "refresh_token_missing");
    }
    // An access token is none, and the other way round.
    let mixed = json!({
        "refresh_token": paula.session["access_token"], "device": paula.session["device"],
    });
    stranger.post("/api/auth/refresh", &mixed).await.refused(401, "refresh_token_unknown");
    let token = paula.session["refresh_token"].as_str().unwrap();
    paula.with_token(token).get("/api/users/me").await.refused(401, "token_invalid");
}

#[tokio::test]
async fn signing_out_ends_this_session_and_no_other() {
    let world = World::start(PROGRAM).await;
    let (one, other) = (world.server.sign_in("paula").await, world.server.sign_in("paula").await);
    let answer = one.post("/api/auth/logout", &Value::Null).await;
    assert_eq!(answer.status, 204);
    soon_shut_out(&one).await;
    refresh(&world, &one.session).await.refused(401, "session_revoked");
    let _ = other.get("/api/users/me").await.expect(200);
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_sessions_on_all_servers_within_a_second() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let here = world.server.sign_in("paula").await;
    let there = User::sign_in(second.address(), "paula", DEMO_PASSWORD).await;
    let doctor = world.server.sign_in("dr.adler").await;
    // Both servers know both sessions, and know them for live.
    for user in [&here, &there, &here.at(second.address()), &there.at(world.server.address())] {
        let _ = user.get("/api/users/me").await.expect(200);
    }
    let mut socket = there.connect(None).await;
    socket.expect("reset").await;
    let ended = here.post("/api/auth/logout-everywhere", &Value::Null).await.expect(200);
    assert_eq!(ended["sessions_ended"], 2);
    for user in [&here, &there, &here.at(second.address()), &there.at(world.server.address())] {
        soon_shut_out(user).await;
    }
    assert_eq!(socket.expect("bye").await["code"], "session_revoked");
    let _ = doctor.get("/api/users/me").await.expect(200);
}
