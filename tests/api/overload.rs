//! More than the server takes on: it says so, and loses nothing.

use crate::PROGRAM;
use anamnesis_testkit::{Socket, World};
use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test]
async fn a_server_that_is_full_of_clients_says_so_and_has_room_when_one_goes() {
    let world = World::start_with(PROGRAM, &[("ANAMNESIS_LIMITS__SOCKETS_MAX", "1")]).await;
    let paula = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    let mut only = paula.connect(None).await;
    only.expect("reset").await;
    for path in ["/api/events", "/api/events/stream"] {
        let refused = doctor.get(path).await;
        assert!(refused.headers.contains_key("retry-after"));
        refused.refused(503, "too_many_clients");
    }
    let mut second = doctor.connect(None).await;
    assert_eq!(second.expect("error").await["code"], "too_many_clients");
    assert!(second.next().await.is_none());
    // Everything else goes on.
    let _ = doctor.get("/api/rooms").await.expect(200);
    let room = paula.book(&doctor, 2).await;
    only.say(&room, "I have the only place.").await;
    drop(only);
    loop {
        let answer = doctor.get("/api/events").await;
        if answer.status == 200 {
            break;
        }
        answer.refused(503, "too_many_clients");
    }
}

#[tokio::test]
async fn sockets_that_say_nothing_do_not_keep_the_door_shut_beyond_the_limit() {
    let world = World::start_with(PROGRAM, &[("ANAMNESIS_LIMITS__SOCKETS_MAX", "2")]).await;
    let paula = world.server.sign_in("paula").await;
    let silent = [
        Socket::open(world.server.address(), None).await,
        Socket::open(world.server.address(), None).await,
    ];
    let ticket = paula.ticket().await;
    let refused = Socket::try_open(world.server.address(), Some(&ticket), None).await.unwrap_err();
    assert!(refused.to_string().contains("503"), "{refused}");
    drop(silent);
    loop {
        let opened = Socket::try_open(world.server.address(), Some(&ticket), None).await;
        if let Ok(mut socket) = opened {
            socket.send(&json!({ "type": "hello" })).await;
            socket.expect("reset").await;
            break;
        }
    }
}

#[tokio::test]
async fn one_account_has_a_limit_of_its_own() {
    let limit = [("ANAMNESIS_LIMITS__SOCKETS_PER_ACCOUNT_MAX", "1")];
    let world = World::start_with(PROGRAM, &limit).await;
    let paula = world.server.sign_in("paula").await;
    let mut first = paula.connect(None).await;
    first.expect("reset").await;
    let refused = paula.get("/api/events").await;
    assert!(refused.headers.contains_key("retry-after"));
    refused.refused(429, "too_many_own_clients");
    let _ = world.server.sign_in("dr.adler").await.get("/api/events").await.expect(200);
}

#[tokio::test]
async fn refused_commands_are_not_half_done_and_all_arrive_when_retried() {
    let limit = [("ANAMNESIS_LIMITS__COMMANDS_WAITING_MAX", "1")];
    let world = World::start_with(PROGRAM, &limit).await;
    let (paula, doctor, room) = world.pair().await;
    let path = format!("/api/rooms/{room}/messages");
    let mut waiting: Vec<Value> = (0..40)
        .map(|index| json!({ "body": format!("Message {index}"), "client_id": Uuid::new_v4() }))
        .collect();
    let mut refusals = 0;
    for _round in 0..200 {
        let answers = join_all(waiting.iter().map(|post| paula.post(&path, post))).await;
        let mut left = Vec::new();
        for (answer, post) in answers.into_iter().zip(waiting) {
            if answer.status == 201 {
                continue;
            }
            assert!(answer.headers.contains_key("retry-after"));
            answer.refused(503, "overloaded");
            refusals += 1;
            left.push(post);
        }
        waiting = left;
        if waiting.is_empty() {
            break;
        }
    }
    assert!(waiting.is_empty(), "{} never got through", waiting.len());
    assert!(refusals > 0, "nothing was ever refused");
    let all = doctor.get(&format!("{path}?limit=100")).await.expect(200);
    let mut bodies: Vec<_> =
        all["messages"].as_array().unwrap().iter().map(|one| one["body"].to_string()).collect();
    bodies.sort();
    bodies.dedup();
    assert_eq!((bodies.len(), all["messages"].as_array().unwrap().len()), (40, 40));
}
