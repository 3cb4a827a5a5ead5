//! Two server processes of one hospital: whoever is connected to which, they talk.

use crate::{PROGRAM, eventually};
use anamnesis_testkit::{Server, Socket, User, World};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

/// Longer than a process that died is believed in.
const FORGOTTEN: Duration = Duration::from_secs(30);
const SOON: Duration = Duration::from_secs(10);

async fn opened(user: &User, server: &Server) -> Socket {
    let mut socket = user.at(server.address()).connect(None).await;
    socket.expect("reset").await;
    socket
}

/// Frames up to the message with this number, itself left out.
async fn until_message(socket: &mut Socket, number: u64) -> Vec<Value> {
    let mut before = Vec::new();
    loop {
        let frame = socket.next().await.expect("the socket stays open");
        if frame["type"] == "message_posted" && frame["number"] == number {
            return before;
        }
        before.push(frame);
    }
}

#[tokio::test]
async fn what_is_said_on_one_process_arrives_on_the_other_exactly_once_in_order() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let (patient, doctor, room) = world.pair().await;
    let mut of_patient = opened(&patient, &world.server).await;
    let mut of_doctor = opened(&doctor, &second).await;
    let mut beside = opened(&doctor, &world.server).await;
    let mut numbers = Vec::new();
    for round in 0..20 {
        numbers.push(of_patient.say(&room, &format!("Question {round}?")).await);
        numbers.push(of_doctor.say(&room, &format!("Answer {round}.")).await);
    }
    let last = of_patient.say(&room, "Thanks.").await;
    for socket in [&mut beside, &mut opened_from_start(&doctor, &second, &room).await] {
        let mut heard = Vec::new();
        for frame in until_message(socket, last).await {
            if frame["type"] == "message_posted" {
                heard.extend(frame["number"].as_u64());
            }
        }
        assert_eq!(heard, numbers);
    }
    // The cursor of one process is good on the other.
    until_message(&mut of_doctor, last).await;
    let next = of_patient.say(&room, "One more.").await;
    let mut moved = doctor.connect(of_doctor.cursor.as_deref()).await;
    moved.expect("welcome").await;
    let between = until_message(&mut moved, next).await;
    assert!(between.iter().all(|frame| frame["type"] == "presence"), "{between:?}");
}

#[tokio::test]
async fn who_was_told_on_one_process_reads_nothing_older_on_the_other() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let (patient, doctor, room) = world.pair().await;
    let there = doctor.at(second.address());
    let mut socket = opened(&patient, &world.server).await;
    let messages = format!("/api/rooms/{room}/messages");
    for round in 0..50 {
        // The acknowledgement waits for no read model.
        let post = json!({
            "type": "post_message", "client_id": uuid::Uuid::new_v4(), "room_id": room,
            "body": format!("Question {round}?"),
        });
        let ack = socket.ask(&post).await;
        let cursor = ack["cursor"].as_str().unwrap();
        let page = there.request(Method::GET, &messages).header("anamnesis-cursor", cursor);
        let page = there.send(page).await.expect(200);
        assert_eq!(page["messages"].as_array().unwrap().last().unwrap()["number"], ack["sequence"]);
    }
}

#[tokio::test]
async fn a_cursor_that_can_not_be_waited_for_is_refused() {
    let world = World::start(PROGRAM).await;
    let patient = world.server.register("petra").await;
    let here = patient.get("/api/events").await.expect(200)["cursor"].clone();
    let (epoch, _) = here.as_str().unwrap().split_once('.').unwrap();
    let other = uuid::Uuid::new_v4().simple();
    for cursor in ["nonsense".to_owned(), format!("{other}.0"), format!("{epoch}.999999")] {
        let rooms = patient.request(Method::GET, "/api/rooms").header("anamnesis-cursor", cursor);
        patient.send(rooms).await.refused(400, "cursor_invalid");
    }
}

/// A socket that gets the whole history of its rooms.
async fn opened_from_start(user: &User, server: &Server, room: &str) -> Socket {
    let user = user.at(server.address());
    let room = user.get(&format!("/api/rooms/{room}")).await.expect(200);
    let (epoch, _) = room["cursor"].as_str().unwrap().split_once('.').unwrap();
    let mut socket = user.connect(Some(&format!("{epoch}.0"))).await;
    socket.expect("welcome").await;
    socket
}

#[tokio::test]
async fn typing_and_presence_reach_the_other_one_on_any_process_and_nobody_else() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let (patient, doctor, room) = world.pair().await;
    let carl = world.server.register("carl").await;
    let okafor = world.server.sign_in("dr.okafor").await;
    let foreign = carl.book(&okafor, 3).await;
    let mut of_carl = opened(&carl, &world.server).await;
    let mut of_okafor = opened(&okafor, &second).await;
    let mut of_doctor = opened(&doctor, &second).await;
    let log_before = events(&world).await;

    let mut of_patient = opened(&patient, &world.server).await;
    let came = of_doctor.expect("presence").await;
    assert_eq!(came, json!({ "type": "presence", "account_id": patient.id(), "online": true }));
    let shown = doctor.get(&format!("/api/rooms/{room}")).await.expect(200);
    assert_eq!(shown["other"]["online"], true);

    of_patient.send(&json!({ "type": "typing", "room_id": room })).await;
    let typing = json!({ "type": "typing", "room_id": room, "by": patient.id() });
    assert_eq!(of_doctor.expect("typing").await, typing);
    let path = format!("/api/rooms/{room}/typing");
    assert_eq!(doctor.post(&path, &Value::Null).await.status, 202);
    let typing = json!({ "type": "typing", "room_id": room, "by": doctor.id() });
    assert_eq!(of_patient.expect("typing").await, typing);
    // Who has no business there can not type there.
    of_okafor.send(&json!({ "type": "typing", "room_id": room })).await;
    assert_eq!(of_okafor.expect("error").await["code"], "not_found");

    drop(of_patient);
    let went = of_doctor.expect("presence").await;
    assert_eq!(went, json!({ "type": "presence", "account_id": patient.id(), "online": false }));
    let shown = doctor.get(&format!("/api/rooms/{room}")).await.expect(200);
    assert_eq!(shown["other"]["online"], false);

    // None of it is in the log; none of it reached the pair that has nothing to do with it.
    assert_eq!(events(&world).await, log_before);
    let last = carl.say(&foreign, "Hello.").await;
    for socket in [&mut of_carl, &mut of_okafor] {
        let strangers = [json!(patient.id()), json!(doctor.id())];
        for frame in until_message(socket, last).await {
            assert!(frame["type"] != "typing", "{frame}");
            assert!(!strangers.contains(&frame["account_id"]), "{frame}");
        }
    }
}

async fn events(world: &World) -> i64 {
    // What a session looks at is written down; here it is about what people do.
    let count =
        sqlx::query_scalar("SELECT count(*) FROM log.events WHERE aggregate_type <> 'session'");
    count.fetch_one(world.database.pool()).await.unwrap()
}

#[tokio::test]
async fn a_client_of_two_processes_is_gone_when_the_last_is() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let (patient, doctor, _) = world.pair().await;
    let mut of_doctor = opened(&doctor, &world.server).await;
    let here = opened(&patient, &world.server).await;
    assert_eq!(of_doctor.expect("presence").await["online"], true);
    let there = opened(&patient, &second).await;
    drop(here);
    // Nothing is heard of that; the next is the end of the other connection.
    drop(there);
    loop {
        let told = of_doctor.expect("presence").await;
        assert_eq!(told["account_id"], patient.id());
        if told["online"] == false {
            break;
        }
    }
}

#[tokio::test]
async fn whoever_was_connected_to_a_process_that_dies_goes_offline() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let mut of_doctor = opened(&doctor, &world.server).await;
    for stop_kindly in [false, true] {
        let second = world.setup.start().await;
        let of_patient = opened(&patient, &second).await;
        assert_eq!(of_doctor.expect("presence").await["online"], true);
        if stop_kindly {
            second.stop().await;
        } else {
            second.kill().await;
        }
        let told = tokio::time::timeout(FORGOTTEN, of_doctor.expect("presence"));
        let told = told.await.expect("the others hear of it");
        assert_eq!(told["online"], false);
        assert_eq!(told["account_id"], patient.id());
        eventually("the chat list says so too", SOON, async || {
            let shown = doctor.get(&format!("/api/rooms/{room}")).await.expect(200);
            (shown["other"]["online"] == false).then_some(())
        })
        .await;
        drop(of_patient);
    }
}
