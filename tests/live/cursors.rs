//! One suite about cursors for all transports: nothing is missed and nothing comes twice.

use crate::PROGRAM;
use crate::transport::{
    Begun, LongPoll, PlainGet, ServerSentEvents, Transport, WebSocket, position,
};
use anamnesis_testkit::{User, World};
use serde_json::{Value, json};
use uuid::Uuid;

macro_rules! suite {
    ($($case:ident)+) => {
        suite! { @over web_socket WebSocket $($case)+ }
        suite! { @over server_sent_events ServerSentEvents $($case)+ }
        suite! { @over long_poll LongPoll $($case)+ }
        suite! { @over plain_get PlainGet $($case)+ }
    };
    (@over $module:ident $transport:ident $($case:ident)+) => {
        mod $module {
            $(#[tokio::test]
            async fn $case() {
                super::$case::<super::$transport>().await;
            })+
        }
    };
}

suite! {
    a_new_client_starts_anew_and_gets_everything_in_the_order_of_the_log
    wherever_the_connection_breaks_nothing_is_missed_and_nothing_comes_twice
    the_cursor_of_any_frame_gives_exactly_what_follows
    a_cursor_that_means_nothing_here_is_told_so
    a_new_room_appears_and_rooms_of_others_never_do
    two_clients_of_one_account_both_get_everything_and_know_their_own
}

/// Something of every kind, in the room of these two: the positions of what was written.
async fn something_of_everything(patient: &User, doctor: &User, room: &str) -> Vec<u64> {
    let messages = format!("/api/rooms/{room}/messages");
    let mut written = Vec::new();
    let first = patient.post(&messages, &json!({ "body": "My head hurts." })).await.expect(201);
    let number = first["sequence"].as_u64().unwrap();
    written.push(first);
    let message = format!("{messages}/{number}");
    let own = doctor.post(&messages, &json!({ "body": "Since when?" })).await.expect(201);
    let own_message = format!("{messages}/{}", own["sequence"]);
    written.push(own);
    let through = json!({ "through": number });
    let room = format!("/api/rooms/{room}");
    written.push(doctor.post(&format!("{room}/delivered"), &through).await.expect(200));
    written.push(doctor.post(&format!("{room}/read"), &through).await.expect(200));
    written.push(doctor.put(&format!("{message}/reactions/heart")).await.expect(200));
    written.push(doctor.delete(&format!("{message}/reactions/heart")).await.expect(200));
    let edit = json!({ "body": "My head hurts a lot.", "based_on": number });
    written.push(patient.patch(&message, &edit).await.expect(200));
    written.push(doctor.delete(&own_message).await.expect(200));
    written.push(doctor.post(&format!("{room}/close"), &Value::Null).await.expect(200));
    written.push(doctor.post(&format!("{room}/reopen"), &Value::Null).await.expect(200));
    written.iter().map(|one| position(one["cursor"].as_str().unwrap())).collect()
}

/// What comes until the event at `last` has, by position.
async fn positions_until<T: Transport>(client: &mut T, last: u64) -> Vec<u64> {
    let mut seen = Vec::new();
    while seen.last() != Some(&last) {
        let frame = client.next().await;
        let at = position(frame["cursor"].as_str().unwrap());
        assert!(at <= last, "passed over {last}: {frame}");
        seen.push(at);
    }
    seen
}

async fn connect<T: Transport>(user: &User, after: Option<&str>, expected: Begun) -> T {
    let (begun, client) = T::connect(user, after).await.expect("the client is let in");
    assert_eq!(begun, expected);
    client
}

fn at(cursor: &str, position: u64) -> String {
    format!("{}.{position}", cursor.split_once('.').unwrap().0)
}

async fn a_new_client_starts_anew_and_gets_everything_in_the_order_of_the_log<T: Transport>() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let mut of_doctor: T = connect(&doctor, None, Begun::Reset).await;
    let mut of_patient: T = connect(&patient, None, Begun::Reset).await;
    let written = something_of_everything(&patient, &doctor, &room).await;
    let last = *written.last().unwrap();
    assert_eq!(positions_until(&mut of_doctor, last).await, written);
    assert_eq!(positions_until(&mut of_patient, last).await, written);
}

async fn wherever_the_connection_breaks_nothing_is_missed_and_nothing_comes_twice<T: Transport>() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let begun: T = connect(&doctor, None, Begun::Reset).await;
    let start = begun.cursor().to_owned();
    drop(begun);
    let writing = tokio::spawn({
        let (patient, doctor, room) = (patient.clone(), doctor.clone(), room.clone());
        async move {
            let mut written = Vec::new();
            for _ in 0..3 {
                written.extend(something_of_everything(&patient, &doctor, &room).await);
            }
            written
        }
    });
    // One client breaks off after every frame, one after every third, while others write.
    let (mut seen, mut cursor) = (Vec::new(), start.clone());
    for taken in [1, 3].into_iter().cycle().take(15) {
        let mut client: T = connect(&doctor, Some(&cursor), Begun::Resumed).await;
        for _ in 0..taken {
            let frame = client.next().await;
            seen.push(position(frame["cursor"].as_str().unwrap()));
            client.cursor().clone_into(&mut cursor);
        }
    }
    let written = writing.await.unwrap();
    assert_eq!(written.len(), 30);
    let mut client: T = connect(&doctor, Some(&cursor), Begun::Resumed).await;
    seen.extend(positions_until(&mut client, *written.last().unwrap()).await);
    assert_eq!(seen, written);
}

async fn the_cursor_of_any_frame_gives_exactly_what_follows<T: Transport>() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let live: T = connect(&patient, None, Begun::Reset).await;
    let start = live.cursor().to_owned();
    let written = something_of_everything(&patient, &doctor, &room).await;
    let last = *written.last().unwrap();
    for (index, &known) in written.iter().enumerate().take(written.len() - 1) {
        let mut client: T = connect(&patient, Some(&at(&start, known)), Begun::Resumed).await;
        assert_eq!(positions_until(&mut client, last).await, written[index + 1..]);
    }
    let mut client: T = connect(&patient, Some(&at(&start, 0)), Begun::Resumed).await;
    for first in ["appointment_booked", "room_opened"] {
        assert_eq!(client.next().await["type"], first);
    }
    assert_eq!(positions_until(&mut client, last).await, written);
    // What was taken back is not shown to who comes later.
    let mut client: T = connect(&patient, Some(&at(&start, 0)), Begun::Resumed).await;
    let mut bodies = Vec::new();
    while bodies.len() < 3 {
        let frame = client.next().await;
        if frame.get("body").is_some() {
            bodies.push(frame["body"].clone());
        }
    }
    assert_eq!(bodies, [json!("My head hurts."), Value::Null, json!("My head hurts a lot.")]);
}

async fn a_cursor_that_means_nothing_here_is_told_so<T: Transport>() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let live: T = connect(&patient, None, Begun::Reset).await;
    let here = live.cursor().to_owned();
    let other_history = format!("{}.{}", Uuid::new_v4().simple(), position(&here));
    let beyond = at(&here, position(&here) + 1_000);
    for unknown in [other_history, beyond] {
        let mut client: T = connect(&patient, Some(&unknown), Begun::Reset).await;
        let written = something_of_everything(&patient, &doctor, &room).await;
        let seen = positions_until(&mut client, *written.last().unwrap()).await;
        assert_eq!(seen, written, "after a reset everything comes");
    }
    let epoch = here.split_once('.').unwrap().0;
    for garbage in ["garbage", "1.2.3", &format!("{epoch}.-1"), &format!("{epoch}."), "."] {
        let refused = T::connect(&patient, Some(garbage)).await.err();
        assert_eq!(refused.as_deref(), Some("cursor_invalid"), "{garbage}");
    }
}

async fn a_new_room_appears_and_rooms_of_others_never_do<T: Transport>() {
    let world = World::start(PROGRAM).await;
    let (paula, adler, _) = world.pair().await;
    let okafor = world.server.sign_in("dr.okafor").await;
    let carl = world.server.register("carl").await;
    let mut of_adler: T = connect(&adler, None, Begun::Reset).await;
    let mut of_paula: T = connect(&paula, None, Begun::Reset).await;
    // A room of others, with a life of its own.
    let foreign = carl.book(&okafor, 3).await;
    something_of_everything(&carl, &okafor, &foreign).await;
    let room = carl.book(&adler, 4).await;
    let booked = of_adler.next().await;
    assert_eq!((&booked["type"], &booked["room_id"]), (&json!("appointment_booked"), &json!(room)));
    let opened = of_adler.next().await;
    assert_eq!((&opened["type"], &opened["room_id"]), (&json!("room_opened"), &json!(room)));
    assert_eq!(opened["patient_id"], carl.id());
    let written = something_of_everything(&carl, &adler, &room).await;
    assert_eq!(positions_until(&mut of_adler, *written.last().unwrap()).await, written);
    // Paula has nothing to do with any of it.
    let own = paula.book(&okafor, 5).await;
    assert_eq!(of_paula.next().await["type"], "appointment_booked");
    let frame = of_paula.next().await;
    assert_eq!((&frame["type"], &frame["room_id"]), (&json!("room_opened"), &json!(own)));
    let cursor = of_paula.cursor().to_owned();
    let mut again: T = connect(&paula, Some(&at(&cursor, 0)), Begun::Resumed).await;
    while again.cursor() != cursor {
        let frame = again.next().await;
        assert!(frame["room_id"] != json!(foreign) && frame["room_id"] != json!(room));
    }
}

async fn two_clients_of_one_account_both_get_everything_and_know_their_own<T: Transport>() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let mut one: T = connect(&patient, None, Begun::Reset).await;
    let mut other: T = connect(&patient, None, Begun::Reset).await;
    let client_id = Uuid::new_v4();
    let post = json!({ "body": "It hurts here.", "client_id": client_id });
    let path = format!("/api/rooms/{room}/messages");
    let first = patient.post(&path, &post).await.expect(201);
    let retried = patient.post(&path, &post).await.expect(201);
    assert_eq!((&retried["replayed"], &retried["sequence"]), (&json!(true), &first["sequence"]));
    doctor.say(&room, "Where?").await;
    for client in [&mut one, &mut other] {
        let echo = client.next().await;
        assert_eq!(
            (&echo["type"], &echo["number"]),
            (&json!("message_posted"), &first["sequence"])
        );
        assert_eq!(echo["client_id"], json!(client_id));
        let answer = client.next().await;
        assert_eq!((&answer["body"], answer.get("client_id")), (&json!("Where?"), None));
    }
}
