//! A server that is asked to stop loses nobody's words.

use crate::PROGRAM;
use crate::transport::{Begun, ServerSentEvents, Transport, WebSocket};
use anamnesis_testkit::{Socket, User, World};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::timeout;
use uuid::Uuid;

/// Drained well within the ten seconds after which requests are cut off.
const DRAINED: Duration = Duration::from_secs(8);

#[tokio::test]
async fn a_server_that_stops_answers_says_goodbye_and_is_resumed_by_the_next() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let mut of_doctor = doctor.connect(None).await;
    of_doctor.expect("reset").await;
    let mut stream = ServerSentEvents::open(&doctor, None).await.unwrap();
    assert_eq!(stream.event().await.unwrap()["type"], "reset");
    let (_, quiet) = WebSocket::connect(&patient, None).await.unwrap();
    let mut greeting = Socket::open(world.server.address(), None).await;
    let waiting = tokio::spawn({
        let (patient, cursor) = (patient.clone(), quiet.cursor().to_owned());
        async move { patient.get(&format!("/api/events?after={cursor}&wait=30")).await }
    });
    drop(quiet);
    let (busy, is_busy) = oneshot::channel();
    let talking = tokio::spawn(talk(patient.clone(), room.clone(), busy));
    is_busy.await.unwrap();

    let World { server, setup, database } = world;
    let stopped = timeout(DRAINED, server.stop()).await.expect("it stops without being forced");
    assert!(stopped.success());

    let (sent, acknowledged) = talking.await.unwrap();
    let told = of_doctor.rest().await;
    assert_eq!(told.last(), Some(&json!({ "type": "bye", "code": "server_stopping" })));
    assert_eq!(of_doctor.closed, Some((1001, "server_stopping".to_owned())));
    assert_eq!(greeting.rest().await, [json!({ "type": "bye", "code": "server_stopping" })]);
    let mut last = Value::Null;
    while let Some(event) = stream.event().await {
        last = event;
    }
    assert_eq!(last, json!({ "type": "bye", "code": "server_stopping" }));
    let polled = waiting.await.unwrap().expect(200);
    assert!(polled["cursor"].is_string());

    // The next server: what was acknowledged is there once, and nothing else of that socket is.
    let server = setup.start().await;
    let (patient, doctor) = (patient.at(server.address()), doctor.at(server.address()));
    let (begun, mut resumed) =
        WebSocket::connect(&doctor, of_doctor.cursor.as_deref()).await.unwrap();
    assert_eq!(begun, Begun::Resumed);
    let mut again = patient.connect(None).await;
    for frame in &sent {
        let ack = again.ask(frame).await;
        let known = acknowledged.contains(frame["client_id"].as_str().unwrap());
        assert_eq!((&ack["type"], ack["replayed"] == true), (&json!("ack"), known), "{ack}");
    }
    let mut seen: Vec<String> = told.iter().filter_map(client_id).collect();
    while seen.len() < sent.len() {
        seen.extend(client_id(&resumed.next().await));
    }
    let expected: Vec<String> = sent.iter().filter_map(client_id).collect();
    assert_eq!(seen, expected);
    drop((server, database));
}

fn client_id(frame: &Value) -> Option<String> {
    frame["client_id"].as_str().map(str::to_owned)
}

/// Posts without waiting for the answers, until the server says goodbye: all that was sent, and
/// the ids of what was acknowledged.
async fn talk(
    user: User,
    room: String,
    busy: oneshot::Sender<()>,
) -> (Vec<Value>, BTreeSet<String>) {
    const AHEAD: usize = 20;
    let mut socket = user.connect(None).await;
    socket.expect("reset").await;
    let (mut sent, mut acknowledged) = (Vec::new(), BTreeSet::new());
    let mut busy = Some(busy);
    loop {
        while sent.len() < acknowledged.len() + AHEAD {
            let frame = json!({
                "type": "post_message", "client_id": Uuid::new_v4(), "room_id": room,
                "body": format!("Word {}.", sent.len()),
            });
            socket.send(&frame).await;
            sent.push(frame);
        }
        if acknowledged.len() > AHEAD
            && let Some(busy) = busy.take()
        {
            let _ = busy.send(());
        }
        let Some(frame) = socket.next().await else { break };
        match frame["type"].as_str() {
            Some("ack") => acknowledged.extend(client_id(&frame)),
            Some("bye") => {
                assert_eq!(frame["code"], "server_stopping");
                break;
            }
            _ => {}
        }
    }
    (sent, acknowledged)
}
