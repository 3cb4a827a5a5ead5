//! New patients.

use crate::PROGRAM;
use anamnesis_testkit::{Answer, DEMO_PASSWORD, User, World};
use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

fn mira() -> Value {
    json!({
        "username": "mira", "email": "mira@example.org", "name": "Mira Öz",
        "password": DEMO_PASSWORD,
    })
}

fn but(field: &str, value: impl Into<Value>) -> Value {
    let mut body = mira();
    body[field] = value.into();
    body
}

async fn register(world: &World, body: &Value) -> Answer {
    User::stranger(world.server.address()).post("/api/users", body).await
}

#[tokio::test]
async fn a_patient_registers_and_sees_the_own_account() {
    let world = World::start(PROGRAM).await;
    let made = register(&world, &mira()).await.expect(201);
    let mira = world.server.sign_in("mira").await;
    let own = mira.get("/api/users/me").await.expect(200);
    assert_eq!(own, made);
    assert_eq!(own["account_id"], mira.id());
    assert_eq!(own["username"], "mira");
    assert_eq!(own["email"], "mira@example.org");
    assert_eq!(own["name"], "Mira Öz");
    assert_eq!(own["role"], "patient");
}

#[tokio::test]
async fn a_password_is_neither_short_nor_endless() {
    let world = World::start(PROGRAM).await;
    let cases = [("x".repeat(11), "password_too_short"), ("x".repeat(257), "password_too_long")];
    for (password, code) in cases {
        register(&world, &but("password", password)).await.refused(422, code);
    }
    let twelve_characters = "pässwörtchen".to_owned();
    let _ = register(&world, &but("password", twelve_characters.clone())).await.expect(201);
    let _ = User::sign_in(world.server.address(), "mira", &twelve_characters).await;
}

#[tokio::test]
async fn names_that_are_none_are_refused() {
    let world = World::start(PROGRAM).await;
    for (field, value, code) in [
        ("username", "mi".to_owned(), "username_invalid"),
        ("username", "mira@example.org".to_owned(), "username_invalid"),
        ("username", "mi\0ra".to_owned(), "username_invalid"),
        ("username", "m".repeat(41), "username_invalid"),
        ("email", "mira".to_owned(), "email_invalid"),
        ("email", "@example.org".to_owned(), "email_invalid"),
        ("email", "mi ra@example.org".to_owned(), "email_invalid"),
        ("email", "mira\0@example.org".to_owned(), "email_invalid"),
        ("email", format!("{}@example.org", "m".repeat(250)), "email_invalid"),
        ("name", "  ".to_owned(), "name_invalid"),
        ("name", "Mira\nÖz".to_owned(), "name_invalid"),
        ("name", "Mira\0".to_owned(), "name_invalid"),
        ("name", "ö".repeat(121), "name_invalid"),
    ] {
        register(&world, &but(field, value)).await.refused(422, code);
    }
    let _ = register(&world, &but("name", "ö".repeat(120))).await.expect(201);
}

#[tokio::test]
async fn a_taken_name_is_taken_in_any_letter_case_and_leaves_nothing_behind() {
    let world = World::start(PROGRAM).await;
    let same_email = json!({
        "username": "paul", "email": "PAULA@example.org", "name": "Paul", "password": DEMO_PASSWORD,
    });
    register(&world, &same_email).await.refused(409, "login_name_taken");
    register(&world, &but("username", "Paula")).await.refused(409, "login_name_taken");
    // Neither half of those was kept.
    let _ = register(&world, &mira()).await.expect(201);
    let mut paul = same_email;
    paul["email"] = "paul@example.org".into();
    let _ = register(&world, &paul).await.expect(201);
}

#[tokio::test]
async fn of_twenty_who_want_one_name_at_once_exactly_one_gets_it() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let bodies: Vec<Value> = (0..20)
        .map(|index| {
            json!({
                "username": if index % 2 == 0 { "mira" } else { "MIRA" },
                "email": format!("mira{index}@example.org"),
                "name": format!("Mira {index}"),
                "password": format!("the password of {index}"),
            })
        })
        .collect();
    let addresses = &[world.server.address(), second.address()];
    let answers = join_all(bodies.iter().enumerate().map(|(index, body)| async move {
        User::stranger(addresses[index / 2 % 2]).post("/api/users", body).await
    }))
    .await;
    let won: Vec<usize> = (0..20).filter(|index| answers[*index].status == 201).collect();
    assert_eq!(won.len(), 1, "{answers:?}");
    let winner = won[0];
    let session =
        User::sign_in(world.server.address(), "mira", &format!("the password of {winner}")).await;
    assert_eq!(session.id(), answers[winner].body["account_id"]);
    for (index, answer) in answers.into_iter().enumerate() {
        if index != winner {
            answer.refused(409, "login_name_taken");
        }
    }
}

#[tokio::test]
async fn a_retried_registration_makes_one_account() {
    let world = World::start(PROGRAM).await;
    let body = but("client_id", Uuid::new_v4().to_string());
    let answers = join_all((0..5).map(|_| register(&world, &body))).await;
    let first = answers[0].clone().expect(201);
    for answer in answers {
        assert_eq!(answer.expect(201)["account_id"], first["account_id"]);
    }
    let _ = world.server.sign_in("mira").await;
}

#[tokio::test]
async fn a_registration_under_a_used_client_id_is_refused_and_spoils_nothing() {
    let world = World::start(PROGRAM).await;
    let body = but("client_id", Uuid::new_v4().to_string());
    let _ = register(&world, &body).await.expect(201);
    for (field, value) in [
        ("username", "mirabel"),
        ("email", "mirabel@example.org"),
        ("name", "Mirabel"),
        ("password", "another password"),
        ("username", "paula"),
    ] {
        let mut other = body.clone();
        other[field] = value.into();
        register(&world, &other).await.refused(409, "client_id_reused");
    }
    let _ = world.server.sign_in("mira").await;
}
