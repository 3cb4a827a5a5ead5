//! What is read is written down before it is shown, and so is what may not be read.

use crate::PROGRAM;
use anamnesis_testkit::{User, World, booking};
use serde_json::{Value, json};

/// The events of one type in the session of a user, as they are stored.
async fn in_session(world: &World, user: &User, event_type: &str) -> Vec<Value> {
    let rows: Vec<(String,)> = sqlx::query_as(
        "SELECT e.payload::text FROM log.events e
         JOIN log.events s ON s.aggregate_id = e.aggregate_id
             AND s.aggregate_type = 'session' AND s.event_type = 'SessionStarted'
         WHERE e.aggregate_type = 'session' AND e.event_type = $2
             AND s.payload -> 'SessionStarted' ->> 'account_id' = $1
         ORDER BY e.global_position",
    )
    .bind(user.id())
    .bind(event_type)
    .fetch_all(world.database.pool())
    .await
    .unwrap();
    let payload = |(text,): &(String,)| serde_json::from_str::<Value>(text).unwrap();
    rows.iter().map(|row| payload(row)[event_type].clone()).collect()
}

async fn log_takes(world: &World, yes: bool) {
    let statement = if yes {
        "GRANT INSERT ON log.events TO anamnesis_app"
    } else {
        "REVOKE INSERT ON log.events FROM anamnesis_app"
    };
    sqlx::query(statement).execute(world.database.owner_pool()).await.unwrap();
}

fn part(id: &Value, from: u64, through: u64) -> Value {
    json!({ "id": id, "from": from, "through": through })
}

#[tokio::test]
async fn a_page_of_messages_is_written_down_once_for_a_session_and_its_numbers() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let first = patient.say(&room, "It hurts.").await;
    let last = patient.say(&room, "Very much.").await;
    let path = format!("/api/rooms/{room}/messages");
    for _ in 0..3 {
        let page = doctor.get(&path).await.expect(200);
        assert_eq!(page["messages"].as_array().unwrap().len(), 2);
    }
    let _ = doctor.get(&format!("{path}/{last}")).await.expect(200);
    let look = |from, through| {
        let parts = [part(&json!(room), from, through)];
        json!({ "patient_id": patient.id(), "kind": "messages", "parts": parts })
    };
    let read = in_session(&world, &doctor, "ContentRead").await;
    assert_eq!(read, [look(first, last), look(last, last)]);
    // Another session of the same person is another story.
    let again = world.server.sign_in("dr.adler").await;
    let _ = again.get(&path).await.expect(200);
    assert_eq!(in_session(&world, &doctor, "ContentRead").await.len(), 3);
    // Of the patient, who has only seen what they booked, there is no word about messages.
    let read = in_session(&world, &patient, "ContentRead").await;
    assert!(read.iter().all(|one| one["kind"] == "appointment"), "{read:?}");
}

#[tokio::test]
async fn a_list_that_touches_several_patients_is_written_down_for_each() {
    let world = World::start(PROGRAM).await;
    let doctor = world.server.sign_in("dr.adler").await;
    let mut patients = Vec::new();
    for (name, slot) in [("carl", 2), ("mira", 3)] {
        let patient = world.server.register(name).await;
        let wish = booking(&doctor.id(), slot);
        let booked = patient.post("/api/appointments", &wish).await.expect(201);
        patients.push((patient.id(), booked["appointment_id"].clone()));
    }
    let _ = doctor.get("/api/appointments").await.expect(200);
    let mut read = in_session(&world, &doctor, "ContentRead").await;
    read.sort_by_key(|one| one["patient_id"].as_str().map(str::to_owned));
    patients.sort_by_key(|(patient, _)| patient.clone());
    let expected: Vec<Value> = patients
        .iter()
        .map(|(patient, id)| {
            json!({ "patient_id": patient, "kind": "appointment", "parts": [part(id, 1, 1)] })
        })
        .collect();
    assert_eq!(read, expected);
}

#[tokio::test]
async fn what_can_not_be_written_down_is_not_shown() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    patient.say(&room, "canary of the corridor").await;
    log_takes(&world, false).await;
    for path in [
        format!("/api/rooms/{room}/messages"),
        "/api/rooms".to_owned(),
        "/api/appointments".to_owned(),
        "/api/events".to_owned(),
    ] {
        let answer = doctor.get(&path).await;
        assert!(!answer.body.to_string().contains("canary"), "{path}");
        answer.refused(503, "unavailable");
    }
    log_takes(&world, true).await;
    let page = doctor.get(&format!("/api/rooms/{room}/messages")).await.expect(200);
    assert_eq!(page["messages"][0]["body"], "canary of the corridor");
}

#[tokio::test]
async fn an_attempt_that_is_not_allowed_is_written_down_once() {
    let world = World::start(PROGRAM).await;
    let (_, _, room) = world.pair().await;
    let carl = world.server.register("carl").await;
    for _ in 0..2 {
        carl.get(&format!("/api/rooms/{room}/messages")).await.refused(404, "not_found");
        carl.get("/api/users").await.refused(403, "forbidden");
    }
    let mut socket = carl.connect(None).await;
    socket.expect("reset").await;
    let typing = json!({ "type": "typing", "room_id": room });
    socket.send(&typing).await;
    assert_eq!(socket.expect("error").await["code"], "not_found");
    let tried = in_session(&world, &carl, "AccessDenied").await;
    let expected = [
        json!({ "action": "read_messages", "kind": "messages", "id": room }),
        json!({ "action": "list_accounts" }),
        json!({ "action": "type", "kind": "messages", "id": room }),
    ];
    assert_eq!(tried, expected);
}

#[tokio::test]
async fn a_client_that_tries_everything_does_not_fill_the_log() {
    let world = World::start(PROGRAM).await;
    let carl = world.server.register("carl").await;
    for _ in 0..120 {
        let path = format!("/api/rooms/{}/messages", uuid::Uuid::new_v4());
        carl.get(&path).await.refused(404, "not_found");
    }
    let tried = in_session(&world, &carl, "AccessDenied").await;
    assert_eq!(tried.len(), 101);
    assert_eq!(tried[100], json!({ "action": "further_attempts" }));
}

#[tokio::test]
async fn what_the_rules_refuse_is_an_attempt_over_http_and_over_a_socket() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let number = paula.say(&room, "My foot hurts.").await;
    let path = format!("/api/rooms/{room}/messages/{number}");
    let other = json!({ "body": "Nothing hurts." });
    doctor.patch(&path, &other).await.refused(403, "message_not_author");
    let mut socket = doctor.connect(None).await;
    socket.expect("reset").await;
    let client_id = uuid::Uuid::new_v4();
    let retract = json!({
        "type": "retract_message", "client_id": client_id, "room_id": room, "number": number,
    });
    socket.send(&retract).await;
    assert_eq!(socket.expect("error").await["code"], "message_not_author");
    let attempt = |action: &str| json!({ "action": action, "kind": "messages", "id": room });
    let tried = in_session(&world, &doctor, "AccessDenied").await;
    assert_eq!(tried, [attempt("edit_message"), attempt("retract_message")]);

    let admin = world.server.sign_in("admin").await;
    let own = format!("/api/users/{}/deactivate", admin.id());
    admin.post(&own, &json!({ "reason": "left" })).await.refused(403, "account_own_account");
    let tried = in_session(&world, &admin, "AccessDenied").await;
    let own = json!({ "action": "deactivate_accounts", "kind": "account", "id": admin.id() });
    assert_eq!(tried, [own]);
}

#[tokio::test]
async fn an_attempt_names_the_record_wherever_the_request_does() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    doctor.get(&format!("/api/audit/timeline/room/{room}")).await.refused(403, "forbidden");
    let officer = world.server.sign_in("compliance").await;
    let content = format!("/api/audit/replay?content=true&stream=chat_room/{room}");
    officer.get(&content).await.refused(403, "grant_needed");
    for user in [&doctor, &officer] {
        let tried = in_session(&world, user, "AccessDenied").await;
        assert_eq!((tried.len(), &tried[0]["id"]), (1, &json!(room)), "{tried:?}");
    }
    let of_patient = format!("/api/audit/events?outcome=denied&patient={}", paula.id());
    let found = officer.get(&of_patient).await.expect(200);
    assert_eq!(found["events"].as_array().unwrap().len(), 2, "{found}");
}

#[tokio::test]
async fn whoever_follows_the_feed_is_written_down() {
    let world = World::start(PROGRAM).await;
    let (patient, ..) = world.pair().await;
    let mut socket = patient.connect(None).await;
    socket.expect("reset").await;
    let followed = in_session(&world, &patient, "FeedFollowed").await;
    assert_eq!(followed, [json!({})]);
    // To go on with what one has, again and again, is the same story; to go back is another.
    let feed = patient.get("/api/events").await.expect(200);
    let cursor = feed["cursor"].as_str().unwrap().to_owned();
    let back = format!("{}.1", cursor.split_once('.').unwrap().0);
    for after in [&back, &cursor, &cursor, &back] {
        let _ = patient.get(&format!("/api/events?after={after}")).await.expect(200);
    }
    let followed = in_session(&world, &patient, "FeedFollowed").await;
    assert_eq!(followed, [json!({}), json!({ "after": 1 })]);
}
