//! Who gets a socket, and how its session's end is its own.

use crate::transport::ServerSentEvents;
use crate::{PROGRAM, metric};
use anamnesis_testkit::{Socket, User, World};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio_tungstenite::tungstenite;
use uuid::Uuid;

/// Within which a revoked session has lost its sockets.
const AT_ONCE: Duration = Duration::from_secs(1);

async fn opened(user: &User) -> Socket {
    let mut socket = user.connect(None).await;
    socket.expect("reset").await;
    socket
}

/// The socket says why it ends, and ends, at once.
async fn ends_at_once(socket: &mut Socket, since: Instant) {
    assert_eq!(socket.expect("bye").await["code"], "session_revoked");
    assert!(socket.rest().await.is_empty(), "nothing comes after the goodbye");
    assert!(since.elapsed() < AT_ONCE, "it took {:?}", since.elapsed());
    assert_eq!(socket.closed, Some((1008, "session_revoked".to_owned())));
}

async fn log_out(user: &User) -> Instant {
    let since = Instant::now();
    let _ = user.post("/api/auth/logout", &Value::Null).await.expect(204);
    since
}

#[tokio::test]
async fn logging_out_ends_the_sessions_sockets_at_once_on_every_process() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let (patient, _, room) = world.pair().await;
    let elsewhere = world.server.sign_in("paula").await;
    let mut here = opened(&patient).await;
    let mut there = opened(&patient.at(second.address())).await;
    let mut of_other_session = opened(&elsewhere).await;
    let mut stream = ServerSentEvents::open(&patient, None).await.unwrap();
    assert_eq!(stream.event().await.unwrap()["type"], "reset");
    let polling = tokio::spawn(wait_for_news(patient.clone(), here.cursor.clone().unwrap()));

    let since = log_out(&patient).await;
    ends_at_once(&mut here, since).await;
    ends_at_once(&mut there, since).await;
    let bye = loop {
        let event = stream.event().await.expect("a goodbye");
        if event["type"] != "presence" {
            break event;
        }
    };
    assert_eq!(bye, json!({ "type": "bye", "code": "session_revoked" }));
    assert_eq!(stream.event().await, None);
    polling.await.unwrap().refused(401, "session_revoked");
    assert!(since.elapsed() < AT_ONCE * 2, "it took {:?}", since.elapsed());
    // The other session goes on.
    assert!(of_other_session.say(&room, "Still here.").await > 0);
}

async fn wait_for_news(user: User, cursor: String) -> anamnesis_testkit::Answer {
    user.get(&format!("/api/events?after={cursor}&wait=20")).await
}

#[tokio::test]
async fn logging_out_everywhere_ends_every_socket_of_the_account_and_no_other() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let (patient, doctor, room) = world.pair().await;
    let elsewhere = second.sign_in("paula").await;
    let mut one = opened(&patient).await;
    let mut other = opened(&elsewhere).await;
    let mut of_doctor = opened(&doctor).await;
    let since = Instant::now();
    let ended = patient.post("/api/auth/logout-everywhere", &Value::Null).await.expect(200);
    assert_eq!(ended["sessions_ended"], 2);
    ends_at_once(&mut one, since).await;
    ends_at_once(&mut other, since).await;
    assert!(of_doctor.say(&room, "Are you there?").await > 0);
}

#[tokio::test]
async fn a_socket_that_does_not_read_is_closed_at_once_when_its_session_ends() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let address = world.server.address();
    let mut stuck = Socket::open_narrow(address, Some(&doctor.ticket().await)).await;
    stuck.send(&json!({ "type": "hello" })).await;
    stuck.expect("reset").await;
    let mut sender = opened(&patient).await;
    // Until what waits is more than may wait: the server is writing, and nobody reads.
    let body = "x".repeat(16 << 10);
    while metric(&world.server, "live_too_slow").await == 0 {
        for _ in 0..10 {
            sender.say(&room, &body).await;
        }
    }
    assert_eq!(metric(&world.server, "live_clients").await, 2);
    let since = log_out(&doctor).await;
    while metric(&world.server, "live_clients").await > 1 {
        assert!(since.elapsed() < AT_ONCE * 2, "the socket is still there");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(since.elapsed() < AT_ONCE, "it took {:?}", since.elapsed());
}

/// What a socket is told that says hello in this way.
async fn told(address: &str, offered: Option<&str>, hello: &Value) -> (String, Option<u16>) {
    let mut socket = Socket::open(address, offered).await;
    socket.send(hello).await;
    let first = socket.next().await.expect("an answer");
    if first["type"] != "error" {
        return (first["type"].as_str().unwrap().to_owned(), None);
    }
    assert_eq!(first["client_id"], Value::Null);
    assert!(socket.rest().await.is_empty());
    let code = first["code"].as_str().unwrap().to_owned();
    let (close_code, reason) = socket.closed.expect("a close frame");
    assert_eq!(reason, code);
    (code, Some(close_code))
}

#[tokio::test]
async fn a_ticket_opens_one_socket_in_the_header_or_in_the_first_frame() {
    let world = World::start(PROGRAM).await;
    let (patient, _, _) = world.pair().await;
    let address = world.server.address();
    let hello = json!({ "type": "hello" });
    let refused = |code: &str| (code.to_owned(), Some(1008));
    let let_in = ("reset".to_owned(), None);

    let ticket = patient.ticket().await;
    assert_eq!(told(address, Some(&ticket), &hello).await, let_in);
    assert_eq!(told(address, Some(&ticket), &hello).await, refused("ticket_invalid"));

    let ticket = patient.ticket().await;
    let in_frame = json!({ "type": "hello", "ticket": ticket });
    assert_eq!(told(address, None, &in_frame).await, let_in);
    assert_eq!(told(address, None, &in_frame).await, refused("ticket_invalid"));

    assert_eq!(told(address, None, &hello).await, refused("ticket_missing"));
    assert_eq!(told(address, Some("wrong"), &hello).await, refused("ticket_invalid"));
    let null = json!({ "type": "hello", "ticket": null, "after": null });
    assert_eq!(told(address, None, &null).await, refused("ticket_missing"));

    // One that is presented twice at the same moment opens one socket.
    let ticket = patient.ticket().await;
    let (one, other) =
        tokio::join!(told(address, Some(&ticket), &hello), told(address, Some(&ticket), &hello));
    assert!((one == let_in) ^ (other == let_in), "{one:?} {other:?}");

    // Time passes: the test moves the end of the ticket to the past.
    let ticket = patient.ticket().await;
    sqlx::query("UPDATE auth.socket_tickets SET expires_at = now() - interval '1 second'")
        .execute(world.database.owner_pool())
        .await
        .unwrap();
    assert_eq!(told(address, Some(&ticket), &hello).await, refused("ticket_invalid"));

    let ticket = patient.ticket().await;
    log_out(&patient).await;
    let (code, close_code) = told(address, Some(&ticket), &hello).await;
    assert!(code == "session_revoked" || code == "ticket_invalid", "{code}");
    assert_eq!(close_code, Some(1008));
}

#[tokio::test]
async fn the_first_frame_is_a_hello_with_a_cursor_that_is_one() {
    let world = World::start(PROGRAM).await;
    let (patient, _, room) = world.pair().await;
    let address = world.server.address();
    let cases = [
        (json!({ "type": "typing", "room_id": room }), "hello_expected"),
        (json!({ "type": "hello", "token": "x" }), "hello_expected"),
        (json!({ "type": "hello", "after": 7 }), "hello_expected"),
        (json!([]), "hello_expected"),
        (json!({ "type": "hello", "after": "garbage" }), "cursor_invalid"),
        (json!({ "type": "hello", "after": Uuid::new_v4() }), "cursor_invalid"),
    ];
    // None of them uses the ticket up.
    let ticket = patient.ticket().await;
    for (hello, code) in cases {
        assert_eq!(told(address, Some(&ticket), &hello).await, (code.to_owned(), Some(1008)));
    }
    assert_eq!(told(address, Some(&ticket), &json!({ "type": "hello" })).await.0, "reset");
}

#[tokio::test]
async fn who_says_no_hello_within_ten_seconds_is_closed() {
    let world = World::start(PROGRAM).await;
    let (patient, _, _) = world.pair().await;
    let ticket = patient.ticket().await;
    let mut socket = Socket::open(world.server.address(), Some(&ticket)).await;
    let since = Instant::now();
    assert_eq!(socket.expect("error").await["code"], "hello_expected");
    assert!(since.elapsed() >= Duration::from_secs(9));
    assert!(socket.rest().await.is_empty());
    assert_eq!(socket.closed, Some((1008, "hello_expected".to_owned())));
}

#[tokio::test]
async fn pages_of_others_and_people_who_follow_nothing_get_no_socket() {
    let world = World::start(PROGRAM).await;
    let (patient, _, _) = world.pair().await;
    let address = world.server.address();
    let ticket = patient.ticket().await;
    for foreign in ["https://evil.example", "null", &format!("http://{address}.evil.example")] {
        let refused = Socket::try_open(address, Some(&ticket), Some(foreign)).await;
        let tungstenite::Error::Http(response) = *refused.expect_err(foreign) else {
            panic!("an HTTP answer was expected for {foreign}");
        };
        assert_eq!(response.status(), 403);
        let body = response.body().as_deref().unwrap_or_default();
        let body: Value = serde_json::from_slice(body).unwrap();
        assert_eq!(body["code"], "origin_not_allowed");
    }
    let own = format!("http://{address}");
    let mut socket = Socket::try_open(address, Some(&ticket), Some(&own)).await.unwrap();
    socket.send(&json!({ "type": "hello" })).await;
    socket.expect("reset").await;

    let officer = world.server.sign_in("compliance").await;
    officer.post("/api/auth/tickets", &Value::Null).await.refused(403, "forbidden");
    officer.get("/api/events").await.refused(403, "forbidden");
    officer.get("/api/events/stream").await.refused(403, "forbidden");
    User::stranger(address).get("/api/events").await.refused(401, "not_signed_in");
    User::stranger(address).get("/ws/chat").await.refused(426, "websocket_expected");
}
