//! Clients that do what they should not, and what it costs the others: nothing.

use crate::transport::{Begun, LongPoll, PlainGet, ServerSentEvents, Transport, WebSocket};
use crate::{PROGRAM, eventually, metric};
use anamnesis_testkit::{Socket, User, World};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tokio::time::timeout;
use uuid::Uuid;

/// More than any frame takes that is not held up by somebody else.
const PROMPT: Duration = Duration::from_secs(5);
const BODY_BYTES: usize = 16 << 10;

fn post(room: &str, body: &str) -> Value {
    let client_id = Uuid::new_v4();
    json!({ "type": "post_message", "client_id": client_id, "room_id": room, "body": body })
}

#[tokio::test]
async fn a_socket_that_never_reads_is_closed_and_resumes_without_loss_and_slows_nobody_down() {
    let settings = [("ANAMNESIS_LIMITS__SOCKET_OUTBOUND_BYTES_MAX", "65536")];
    let world = World::start_with(PROGRAM, &settings).await;
    let (patient, doctor, room) = world.pair().await;
    let mut attentive = doctor.connect(None).await;
    let from = attentive.expect("reset").await["cursor"].as_str().unwrap().to_owned();
    let mut stuck = Socket::open_narrow(world.server.address(), Some(&doctor.ticket().await)).await;
    stuck.send(&json!({ "type": "hello", "after": from })).await;
    stuck.expect("welcome").await;
    let mut sender = patient.connect(None).await;

    let body = "x".repeat(BODY_BYTES);
    let mut numbers = Vec::new();
    while metric(&world.server, "live_too_slow").await == 0 {
        assert!(numbers.len() < 1_000, "16 MiB wait for a client that may have 64 KiB waiting");
        for _ in 0..10 {
            let begun = Instant::now();
            let number = sender.say(&room, &body).await;
            numbers.push(number);
            assert_eq!(attentive.expect("message_posted").await["number"], number);
            assert!(begun.elapsed() < PROMPT, "the others wait for {:?}", begun.elapsed());
        }
    }

    let told = timeout(PROMPT * 4, stuck.rest()).await.expect("the server gives it up");
    let mut seen: Vec<u64> = told.iter().filter_map(|frame| frame["number"].as_u64()).collect();
    if let Some((code, reason)) = &stuck.closed {
        assert_eq!((*code, reason.as_str()), (1013, "too_slow"));
        assert_eq!(told.last(), Some(&json!({ "type": "bye", "code": "too_slow" })));
    }
    let mut again = doctor.connect(stuck.cursor.as_deref()).await;
    again.expect("welcome").await;
    while seen.last() != numbers.last() {
        seen.extend(again.expect("message_posted").await["number"].as_u64());
    }
    assert_eq!(seen, numbers);
}

#[tokio::test]
async fn who_has_missed_too_much_starts_anew_over_every_transport() {
    let world = World::start(PROGRAM).await;
    let (patient, adler, room) = world.pair().await;
    let okafor = world.server.sign_in("dr.okafor").await;
    let other_room = patient.book(&okafor, 3).await;
    let (before, of_adler) = WebSocket::connect(&adler, None).await.unwrap();
    assert_eq!(before, Begun::Reset);
    let cursor = of_adler.cursor().to_owned();
    drop(of_adler);
    // More than 2,000 events for one, more than 4 MiB for the other.
    write_much(&patient, &room, 2_001, "A word.").await;
    write_much(&patient, &other_room, 260, &"x".repeat(BODY_BYTES)).await;
    for doctor in [&adler, &okafor] {
        starts_anew::<WebSocket>(doctor, &cursor).await;
        starts_anew::<ServerSentEvents>(doctor, &cursor).await;
        starts_anew::<LongPoll>(doctor, &cursor).await;
        starts_anew::<PlainGet>(doctor, &cursor).await;
    }
}

async fn starts_anew<T: Transport>(user: &User, cursor: &str) {
    let (begun, client) = T::connect(user, Some(cursor)).await.unwrap();
    assert_eq!(begun, Begun::Reset);
    let fresh = client.cursor().to_owned();
    drop(client);
    let (begun, _) = T::connect(user, Some(&fresh)).await.unwrap();
    assert_eq!(begun, Begun::Resumed);
}

/// Posts a few at once, and over HTTP: a socket hears what the others post as well, and is given
/// up where it falls too far behind.
async fn write_much(user: &User, room: &str, count: usize, body: &str) {
    const WRITERS: usize = 8;
    let mut writers = tokio::task::JoinSet::new();
    for index in 0..WRITERS {
        let share = count / WRITERS + usize::from(index < count % WRITERS);
        let (user, room, body) = (user.clone(), room.to_owned(), body.to_owned());
        writers.spawn(async move {
            for _ in 0..share {
                user.say(&room, &body).await;
            }
        });
    }
    while let Some(written) = writers.join_next().await {
        written.unwrap();
    }
}

#[tokio::test]
async fn a_bad_frame_is_told_and_the_socket_goes_on() {
    let world = World::start(PROGRAM).await;
    let (patient, _, room) = world.pair().await;
    let mut socket = patient.connect(None).await;
    socket.expect("reset").await;
    let id = Uuid::new_v4();
    let with = |field: &str, value: Value| {
        let mut frame = json!({
            "type": "post_message", "client_id": id, "room_id": room, "body": "Hello.",
        });
        frame[field] = value;
        frame.to_string()
    };
    let without = |field: &str| {
        let mut frame: Value = serde_json::from_str(&with("body", json!("Hello."))).unwrap();
        frame.as_object_mut().unwrap().remove(field);
        frame.to_string()
    };
    let long = "x".repeat(BODY_BYTES + 1);
    let of_nobody = with("room_id", json!(Uuid::new_v4()));
    let some = Some(id);
    let cases: Vec<(String, &str, Option<Uuid>)> = vec![
        ("no JSON".into(), "json_malformed", None),
        (String::new(), "json_malformed", None),
        ("{\"type\":".into(), "json_malformed", None),
        ("[1, 2]".into(), "frame_invalid", None),
        ("null".into(), "frame_invalid", None),
        (with("type", json!("hack_server")), "frame_invalid", some),
        (with("type", json!("hello")), "frame_invalid", some),
        (with("extra", json!(1)), "frame_invalid", some),
        (with("body", json!(7)), "frame_invalid", some),
        (with("room_id", json!("here")), "frame_invalid", some),
        (with("client_id", json!("mine")), "frame_invalid", None),
        (without("type"), "frame_invalid", some),
        (without("client_id"), "frame_invalid", None),
        (without("body"), "frame_invalid", some),
        (with("body", json!(" \n")), "message_empty", some),
        (with("body", json!(long)), "message_too_long", some),
        (of_nobody, "not_found", some),
    ];
    for (text, code, client_id) in cases {
        socket.send_text(&text).await;
        let error = socket.expect("error").await;
        assert_eq!(error["code"], code, "{text}");
        assert_eq!(error["client_id"], json!(client_id), "{text}");
        assert!(error["message"].is_string() && error["request_id"].is_string());
    }
    assert!(socket.say(&room, "Still here.").await > 0);
    // Over HTTP the answer waits until it can be read.
    patient.say(&room, "And here.").await;
    let messages = patient.get(&format!("/api/rooms/{room}/messages")).await.expect(200);
    assert_eq!(messages["messages"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn bytes_and_frames_that_are_too_long_close_the_socket() {
    let world = World::start(PROGRAM).await;
    let (patient, _, room) = world.pair().await;

    let mut socket = patient.connect(None).await;
    socket.expect("reset").await;
    socket.send_bytes(b"{}").await;
    assert_eq!(socket.rest().await, Vec::<Value>::new());
    assert_eq!(socket.closed, Some((1003, "text_expected".to_owned())));

    let mut socket = patient.connect(None).await;
    socket.expect("reset").await;
    // As long as it may be, and longer by one byte.
    let frame = post(&room, "Hello.").to_string();
    let padded = |bytes: usize| format!("{frame}{}", " ".repeat(bytes - frame.len()));
    socket.send_text(&padded(65_536)).await;
    socket.expect("ack").await;
    socket.send_text(&padded(65_537)).await;
    socket.rest().await;
    assert_eq!(socket.closed, Some((1009, "frame_too_large".to_owned())));

    // Far too long: the connection may break before the reason arrives.
    let mut socket = patient.connect(None).await;
    socket.expect("reset").await;
    socket.send_text(&" ".repeat(140_000)).await;
    assert_eq!(socket.rest().await, Vec::<Value>::new());
    let reason = socket.closed.map(|(code, _)| code);
    assert!(reason.is_none_or(|code| code == 1002), "{reason:?}");
}

#[tokio::test]
async fn a_client_that_sends_everything_twice_says_everything_once() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let mut socket = patient.connect(None).await;
    let mut other = patient.connect(None).await;
    let mut of_doctor = doctor.connect(None).await;
    of_doctor.expect("reset").await;
    let mut numbers = Vec::new();
    for round in 0..10 {
        let frame = post(&room, &format!("Round {round}."));
        // At once, over two sockets, and again when it is long done.
        let (first, second) = tokio::join!(socket.ask(&frame), other.ask(&frame));
        let third = socket.ask(&frame).await;
        assert_eq!(first["sequence"], second["sequence"]);
        assert_eq!(third["sequence"], first["sequence"]);
        assert_eq!((&third["cursor"], &third["replayed"]), (&first["cursor"], &json!(true)));
        assert!(first["replayed"] != second["replayed"], "{first} {second}");
        numbers.extend(first["sequence"].as_u64());

        let mut changed = frame.clone();
        changed["body"] = json!("Something else.");
        let refused = socket.ask(&changed).await;
        assert_eq!(
            (&refused["type"], &refused["code"]),
            (&json!("error"), &json!("client_id_reused"))
        );
    }
    let mut heard = Vec::new();
    while heard.len() < numbers.len() {
        heard.extend(of_doctor.expect("message_posted").await["number"].as_u64());
    }
    assert_eq!(heard, numbers);
    let unique: BTreeSet<_> = numbers.iter().collect();
    assert_eq!(unique.len(), numbers.len());
    numbers.push(doctor.say(&room, "I have heard you.").await);
    let page = doctor.get(&format!("/api/rooms/{room}/messages")).await.expect(200);
    assert_eq!(page["messages"].as_array().unwrap().len(), numbers.len());
}

#[tokio::test]
async fn an_account_has_as_many_clients_as_it_may_have() {
    let settings = [("ANAMNESIS_LIMITS__SOCKETS_PER_ACCOUNT_MAX", "2")];
    let world = World::start_with(PROGRAM, &settings).await;
    let (patient, doctor, _) = world.pair().await;
    let mut first = patient.connect(None).await;
    let mut second = patient.connect(None).await;
    first.expect("reset").await;
    second.expect("reset").await;
    let mut third = patient.connect(None).await;
    assert_eq!(third.expect("error").await["code"], "too_many_own_clients");
    assert!(third.rest().await.is_empty());
    assert_eq!(third.closed, Some((1013, "too_many_own_clients".to_owned())));
    patient.get("/api/events").await.refused(429, "too_many_own_clients");
    patient.get("/api/events/stream").await.refused(429, "too_many_own_clients");
    doctor.connect(None).await.expect("reset").await;
    // Who goes makes room.
    drop(first);
    let mut fourth = eventually("a place for a client", PROMPT, async || {
        let mut socket = patient.connect(None).await;
        let first = socket.next().await?;
        (first["type"] == "reset").then_some(socket)
    })
    .await;
    assert!(fourth.cursor.take().is_some());
}
