//! Clients that are cut off at any moment.

use crate::{PROGRAM, eventually, evidence};
use anamnesis_testkit::{User, World, booking};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

/// Requests cut off, of each kind.
const ROUNDS: usize = 48;

/// When a client goes away.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// After this share of the request, in sixteenths.
    Sending(usize),
    /// With the whole request on its way.
    Sent,
    /// With the beginning of the answer.
    Answered,
}

fn cut_of(round: usize) -> Cut {
    match round % 3 {
        0 => Cut::Sending(round % 16),
        1 => Cut::Sent,
        _ => Cut::Answered,
    }
}

/// Sends a POST over a connection of its own, and goes away.
async fn post_and_go(user: &User, address: &str, path: &str, body: &Value, cut: Cut) {
    let token = user.session["access_token"].as_str().unwrap();
    let body = body.to_string();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut connection = TcpStream::connect(address).await.unwrap();
    let sent = match cut {
        Cut::Sending(sixteenths) => request.len() * sixteenths / 16,
        Cut::Sent | Cut::Answered => request.len(),
    };
    connection.write_all(&request.as_bytes()[..sent]).await.unwrap();
    if matches!(cut, Cut::Answered) {
        connection.read_u8().await.unwrap();
    }
    // What waits to be read is thrown away, so that the other end sees a reset.
    connection.set_zero_linger().unwrap();
}

#[tokio::test]
async fn a_message_whose_sender_is_cut_off_is_there_once_after_a_retry_and_at_most_once_without() {
    let world = World::start(PROGRAM).await;
    let (patient, _, room) = world.pair().await;
    let path = format!("/api/rooms/{room}/messages");
    let address = world.server.address();
    let mut surely = Vec::new();
    for round in 0..ROUNDS {
        let post = json!({ "body": format!("{round}"), "client_id": Uuid::new_v4() });
        post_and_go(&patient, address, &path, &post, cut_of(round)).await;
        if round % 2 == 0 {
            let retried = patient.post(&path, &post).await.expect(201);
            surely.push((retried["sequence"].as_u64().unwrap(), format!("{round}")));
        }
    }
    let page = patient.get(&format!("{path}?limit=200")).await.expect(200);
    let there: Vec<(u64, String)> = page["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| {
            let body = message["body"].as_str().unwrap().to_owned();
            (message["number"].as_u64().unwrap(), body)
        })
        .collect();
    assert!(surely.iter().all(|message| there.contains(message)), "{there:?}");
    for round in 0..ROUNDS {
        let times = there.iter().filter(|(_, body)| *body == format!("{round}")).count();
        assert!(times <= 1, "message {round} is there {times} times");
    }
    assert!(there.len() > surely.len(), "some were written without a retry");
    evidence::examine(world.database.url()).await;
}

#[tokio::test]
async fn a_message_whose_socket_is_cut_off_is_there_once_after_a_retry() {
    let world = World::start(PROGRAM).await;
    let (patient, _, room) = world.pair().await;
    let mut numbers = Vec::new();
    for round in 0..ROUNDS {
        let post = json!({
            "type": "post_message", "client_id": Uuid::new_v4(), "room_id": room,
            "body": format!("{round}"),
        });
        let mut cut_off = patient.connect(None).await;
        if round % 2 == 0 {
            cut_off.expect("reset").await;
        }
        cut_off.send(&post).await;
        drop(cut_off);
        let mut socket = patient.connect(None).await;
        numbers.push(socket.ask(&post).await["sequence"].as_u64().unwrap());
    }
    let first = numbers[0];
    let expected: Vec<u64> = (first..).take(ROUNDS).collect();
    assert_eq!(numbers, expected, "each is there once, and nothing else");
    evidence::examine(world.database.url()).await;
}

#[tokio::test]
async fn a_booking_whose_patient_is_cut_off_is_whole_or_not_there() {
    let world = World::start(PROGRAM).await;
    let doctors = [world.server.sign_in("dr.adler").await, world.server.sign_in("dr.okafor").await];
    let patients = [
        world.server.sign_in("paula").await,
        world.server.register("peter").await,
        world.server.register("petra").await,
    ];
    let address = world.server.address();
    for round in 0..ROUNDS {
        let (patient, doctor) = (&patients[round % 3], &doctors[round / 3 % 2]);
        let mut wish = booking(&doctor.id(), 2 + i64::try_from(round).unwrap());
        wish["client_id"] = json!(Uuid::new_v4());
        post_and_go(patient, address, "/api/appointments", &wish, cut_of(round)).await;
        if round % 4 == 0 {
            let booked = patient.post("/api/appointments", &wish).await.expect(201);
            let again = patient.post("/api/appointments", &wish).await.expect(201);
            assert_eq!(again["appointment_id"], booked["appointment_id"]);
        }
    }
    // The reactor has nothing more to do: every pair that has an appointment has its room.
    let pool = world.database.owner_pool();
    eventually("every pair has its room", async || {
        let without: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM log.events AS booked
             WHERE booked.event_type = 'AppointmentBooked' AND NOT EXISTS (
                 SELECT FROM log.events AS opened
                 WHERE opened.event_type = 'RoomOpened'
                   AND opened.payload #>> '{RoomOpened,patient_id}'
                     = booked.payload #>> '{AppointmentBooked,patient_id}'
                   AND opened.payload #>> '{RoomOpened,doctor_id}'
                     = booked.payload #>> '{AppointmentBooked,doctor_id}'
             )",
        )
        .fetch_one(pool)
        .await
        .unwrap();
        (without == 0).then_some(())
    })
    .await;
    let booked: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM log.events WHERE event_type = 'AppointmentBooked'",
    )
    .fetch_one(pool)
    .await
    .unwrap();
    assert!(booked > i64::try_from(ROUNDS / 4).unwrap(), "some were booked without a retry");
    evidence::examine(world.database.url()).await;
}
