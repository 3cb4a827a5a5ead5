//! Signing in with a name and a password.

use crate::PROGRAM;
use anamnesis_testkit::{Answer, DEMO_PASSWORD, User, World};
use serde_json::json;

async fn log_in(world: &World, login: &str, password: &str) -> Answer {
    let body = json!({ "login": login, "password": password });
    User::stranger(world.server.address()).post("/api/auth/login", &body).await
}

#[tokio::test]
async fn the_username_and_the_email_address_sign_in_in_any_letter_case() {
    let world = World::start(PROGRAM).await;
    let account = world.server.register("Mira.Öz").await.id();
    for login in ["mira.öz", "MIRA.ÖZ", " Mira.Öz ", "mira.öz@EXAMPLE.ORG", "Mira.Öz@example.org"]
    {
        let session = log_in(&world, login, DEMO_PASSWORD).await.expect(200);
        assert_eq!(session["account_id"], account, "{login}");
        assert_eq!(session["role"], "patient");
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_get_the_same_answer() {
    let world = World::start(PROGRAM).await;
    let mut answers = Vec::new();
    for (login, password) in [
        ("paula", "not-the-password"),
        ("nobody", "not-the-password"),
        ("paula@example.org", ""),
        ("nobody", ""),
        ("no\0body", DEMO_PASSWORD),
        ("", DEMO_PASSWORD),
        (&"x".repeat(60_000), DEMO_PASSWORD),
        ("nobody", &"x".repeat(60_000)),
    ] {
        let mut answer = log_in(&world, login, password).await;
        answer.body["request_id"].take();
        answers.push((answer.status, answer.body));
    }
    assert_eq!(answers[0].0, 401);
    assert_eq!(answers[0].1["code"], "credentials_wrong");
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}

#[tokio::test]
async fn who_tries_a_name_too_often_is_told_when_to_try_again() {
    let world = World::start(PROGRAM).await;
    for _ in 0..10 {
        log_in(&world, "paula", "not-the-password").await.refused(401, "credentials_wrong");
    }
    // Also in other letters, and also with the right password: that would tell.
    for login in ["Paula", "paula"] {
        let refused = log_in(&world, login, DEMO_PASSWORD).await;
        let wait: u64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=61).contains(&wait), "{wait}");
        refused.refused(429, "too_many_attempts");
    }
    let _ = log_in(&world, "dr.adler", DEMO_PASSWORD).await.expect(200);
}

#[tokio::test]
async fn an_address_has_as_many_tries_as_the_configuration_says() {
    let limit = [("ANAMNESIS_LIMITS__SIGN_INS_PER_MINUTE", "3")];
    let world = World::start_with(PROGRAM, &limit).await;
    for login in ["paula", "admin", "dr.adler"] {
        let _ = log_in(&world, login, DEMO_PASSWORD).await.expect(200);
    }
    let refused = log_in(&world, "dr.okafor", DEMO_PASSWORD).await;
    assert!(refused.headers.contains_key("retry-after"));
    refused.refused(429, "too_many_attempts");
    let registration = json!({
        "username": "mira", "email": "mira@example.org", "name": "Mira", "password": DEMO_PASSWORD,
    });
    let stranger = User::stranger(world.server.address());
    stranger.post("/api/users", &registration).await.refused(429, "too_many_attempts");
}
