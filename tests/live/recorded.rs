//! Every kind of frame that the server sends, recorded from people who talk, consult and decide.

use crate::protocol::examples;
use crate::{PROGRAM, eventually};
use anamnesis_testkit::{DEMO_PASSWORD, Socket, User, World, booking};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

/// Has every kind of frame sent, with what the page says that clients send.
pub(crate) async fn record_a_conversation() -> Vec<Value> {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let mut frames = Vec::new();
    let mut of_doctor = doctor.connect(None).await;
    frames.push(of_doctor.expect("reset").await);
    let epoch = of_doctor.cursor.clone().unwrap();
    let epoch = epoch.split_once('.').unwrap().0;
    let mut of_patient = patient.connect(Some(&format!("{epoch}.0"))).await;
    // Who types is told only to those who are there already.
    frames.push(of_patient.expect("welcome").await);

    // Everything on the page, in its order, is done by the doctor.
    let message = json!({ "type": "post_message", "body": "My head hurts." });
    frames.push(ask(&mut of_doctor, &message, &room, 0).await);
    let number = frames.last().unwrap()["sequence"].as_u64().unwrap();
    for (kind, example) in examples("client") {
        match kind {
            // What is taken back can not be reacted to, so it comes last.
            "hello" | "retract_message" => {}
            "typing" => of_doctor.send(&json!({ "type": kind, "room_id": room })).await,
            _ => frames.push(ask(&mut of_doctor, &example, &room, number).await),
        }
    }
    let reaction = json!({ "type": "add_reaction", "reaction": "heart" });
    frames.push(ask(&mut of_doctor, &reaction, &room, number).await);
    frames.push(ask(&mut of_doctor, &reaction, &room, number).await);
    let stale = json!({ "type": "edit_message", "body": "Late.", "based_on": number });
    let refused = ask(&mut of_doctor, &stale, &room, number).await;
    assert_eq!(refused["code"], "message_stale");
    frames.push(refused);
    of_doctor.send_text("no JSON").await;
    frames.push(of_doctor.expect("error").await);
    let retract = json!({ "type": "retract_message" });
    frames.push(ask(&mut of_doctor, &retract, &room, number).await);
    let admin = world.server.sign_in("admin").await;
    let restore = format!("/api/rooms/{room}/messages/{number}/restore");
    let _ = admin.post(&restore, &json!({ "reason": "author_asked" })).await.expect(200);
    report_and_decide(&world, &admin, &room, number).await;
    let regretted = doctor.say(&room, "Oh.").await;
    frames.push(ask(&mut of_doctor, &retract, &room, regretted).await);
    let appointment = everything_of_appointments(&world, &patient, &doctor).await;
    let last = doctor.say(&room, "Since when?").await;
    frames.extend(until_message(&mut of_patient, last).await);

    // Who comes later does not see what was taken back.
    let mut again = patient.connect(Some(&format!("{epoch}.0"))).await;
    frames.extend(until_message(&mut again, last).await);
    frames.extend(record_a_consultation(&world, &patient, &doctor, &mut of_doctor).await);
    frames.extend(record_accounts(&world, &doctor, &admin, &format!("{epoch}.0")).await);
    // An event of a server that is newer than this one.
    append_event(&world, "chat_room", &room, "MessageDreamt", r#"{"MessageDreamt": {}}"#).await;
    frames.push(again.expect("unreadable").await);
    append_event(&world, "appointment", &appointment, "Dreamt", r#"{"Dreamt": {}}"#).await;
    frames.push(again.expect("appointment_unreadable").await);
    let seen = json!({ "through": again.cursor });
    let _ = patient.post("/api/notifications/seen", &seen).await.expect(200);
    frames.push(again.expect("notices_seen").await);
    let officer = world.server.sign_in("compliance").await;
    let wish = json!({ "patient_id": patient.id(), "reason": "A complaint." });
    let _ = officer.post("/api/audit/grants", &wish).await.expect(201);
    frames.push(again.expect("record_opened").await);
    drop(of_doctor);
    frames.push(again.expect("presence").await);
    let _ = patient.post("/api/auth/logout", &Value::Null).await.expect(204);
    frames.push(again.expect("bye").await);
    frames
}

/// Hides a message, and has it shown again.
async fn report_and_decide(world: &World, admin: &User, room: &str, number: u64) {
    let report = format!("/api/rooms/{room}/messages/{number}/report");
    let _ = admin.post(&report, &json!({ "reason": "wrong_patient" })).await.expect(200);
    let officer = world.server.sign_in("compliance").await;
    let decide = format!("/api/audit/reports/{room}/{number}/decide");
    let decision = json!({ "decision": "shown_again", "note": "It is this patient." });
    let _ = officer.post(&decide, &decision).await.expect(200);
}

/// Everything that the doctor hears of a consultation. (No other event of one is unreadable.)
async fn record_a_consultation(
    world: &World,
    patient: &User,
    doctor: &User,
    of_doctor: &mut Socket,
) -> Vec<Value> {
    let booked = patient.post("/api/appointments", &booking(&doctor.id(), 3)).await.expect(201);
    let open = json!({ "appointment_id": booked["appointment_id"] });
    let opened = doctor.post("/api/consultations", &open).await.expect(201);
    let id = opened["consultation_id"].as_str().unwrap();
    let path = format!("/api/consultations/{id}");
    let _ = doctor.patch(&path, &json!({ "treatment_plan": "Rest." })).await.expect(200);
    let _ = doctor.post(&format!("{path}/sign"), &Value::Null).await.expect(200);
    let entry = json!({ "treatment_plan": "Syrup.", "reason": "Rest did not help." });
    let _ = doctor.patch(&path, &entry).await.expect(200);
    for text in ["It was not Friday.", "It was not so bad."] {
        let corrections = format!("{path}/corrections");
        let _ = patient.post(&corrections, &json!({ "text": text })).await.expect(201);
    }
    let entry = json!({ "medical_history": "Since Sunday.", "reason": "As the patient says." });
    let _ = doctor.post(&format!("{path}/corrections/1/accept"), &entry).await.expect(200);
    let no = json!({ "statement": "It was bad." });
    let _ = doctor.post(&format!("{path}/corrections/2/decline"), &no).await.expect(200);
    let _ = doctor.delete(&path).await.expect(204);
    let admin = world.server.sign_in("admin").await;
    let reason = json!({ "reason": "doctor_asked" });
    let _ = admin.post(&format!("{path}/restore"), &reason).await.expect(200);
    append_event(world, "consultation", id, "ReviewDue", r#"{"ReviewDue":{"on":"2026-05-18"}}"#)
        .await;
    append_event(world, "consultation", id, "ReviewDreamt", r#"{"ReviewDreamt": {}}"#).await;
    let mut frames = Vec::new();
    loop {
        let frame = of_doctor.next().await.expect("the socket stays open");
        let about = frame["consultation_id"] == id;
        let over = about && frame["type"] == "unreadable";
        frames.extend(about.then_some(frame));
        if over {
            return frames;
        }
    }
}

/// Everything that an administrator hears of accounts, the installation's own among them.
async fn record_accounts(
    world: &World,
    doctor: &User,
    admin: &User,
    beginning: &str,
) -> Vec<Value> {
    let mut socket = admin.connect(Some(beginning)).await;
    socket.expect("welcome").await;
    let stranger = User::stranger(world.server.address());
    let mut asked = Vec::new();
    for (name, role) in [("p", None), ("s", Some("doctor")), ("t", Some("doctor"))] {
        let mut wish = json!({
            "username": format!("new.{name}"), "email": format!("new.{name}@example.org"),
            "name": "New", "password": DEMO_PASSWORD,
        });
        if let Some(role) = role {
            wish["kind"] = "staff".into();
            wish["role"] = role.into();
        }
        let made = stranger.post("/api/users", &wish).await.expect(201);
        asked.push(made["account_id"].as_str().unwrap().to_owned());
    }
    for (whom, method, what, body) in [
        (1, Method::POST, "approve", json!({ "role": "doctor" })),
        (2, Method::POST, "refuse", json!({ "reason": "not_staff" })),
        (1, Method::PUT, "role", json!({ "role": "compliance" })),
        (1, Method::POST, "deactivate", json!({ "reason": "left" })),
        (1, Method::POST, "restore", json!({ "reason": "returned" })),
    ] {
        let request = admin.request(method, &format!("/api/users/{}/{what}", asked[whom]));
        let _ = admin.send(request.json(&body)).await.expect(200);
    }
    let own = json!({ "name": "Dr. Ines Noor", "specialty": "palliative_care" });
    let _ = doctor.patch("/api/users/me", &own).await.expect(200);
    let busy = json!({ "availability": "busy" });
    let _ = doctor.put_json("/api/users/me/availability", &busy).await.expect(200);
    append_event(world, "account", &asked[0], "Dreamt", r#"{"Dreamt": {}}"#).await;
    let mut frames = Vec::new();
    loop {
        let frame = socket.next().await.expect("the socket stays open");
        let over = frame["type"] == "account_unreadable";
        frames.push(frame);
        if over {
            return frames;
        }
    }
}

/// Asks for what the frame says, of this room and message, with an id of its own.
async fn ask(socket: &mut Socket, frame: &Value, room: &str, number: u64) -> Value {
    let mut frame = frame.clone();
    frame["client_id"] = json!(Uuid::new_v4());
    frame["room_id"] = json!(room);
    let marks = frame["type"].as_str().is_some_and(|kind| kind.starts_with("mark_"));
    let about = if marks { "through" } else { "number" };
    let whole = ["post_message", "close_room", "reopen_room"].map(Value::from);
    if !whole.contains(&frame["type"]) {
        frame[about] = json!(number);
    }
    if frame["type"] == "edit_message" && frame["body"] != "Late." {
        frame["based_on"] = json!(number);
    }
    socket.ask(&frame).await
}

async fn until_message(socket: &mut Socket, number: u64) -> Vec<Value> {
    let mut frames = Vec::new();
    loop {
        let frame = socket.next().await.expect("the socket stays open");
        let over = frame["type"] == "message_posted" && frame["number"] == number;
        frames.push(frame);
        if over {
            return frames;
        }
    }
}

/// Everything that happens to appointments; the id of one of them.
async fn everything_of_appointments(world: &World, patient: &User, doctor: &User) -> String {
    doctor.works_always().await;
    let (wish, other) = (booking(&doctor.id(), 3), booking(&doctor.id(), 4));
    let booked = patient.post("/api/appointments", &wish).await.expect(201);
    let id = booked["appointment_id"].as_str().unwrap().to_owned();
    let path = format!("/api/appointments/{id}");
    let time = json!({
        "starts_at": other["starts_at"], "ends_at": other["ends_at"], "zone": "Europe/Berlin",
    });
    let _ = doctor.patch(&path, &time).await.expect(200);
    let cancel = json!({ "status": "cancelled", "reason": "I feel better." });
    let _ = patient.patch(&path, &cancel).await.expect(200);
    let _ = patient.delete(&path).await.expect(204);
    let admin = world.server.sign_in("admin").await;
    let restore = json!({ "reason": "deleted_by_mistake" });
    let _ = admin.post(&format!("{path}/restore"), &restore).await.expect(200);

    // Far enough ahead to be booked on a busy machine, near enough to be waited for.
    let soon = chrono::Utc::now() + chrono::TimeDelta::seconds(3);
    let mut wish = wish;
    wish["starts_at"] = json!(soon);
    wish["ends_at"] = json!(soon + chrono::TimeDelta::minutes(5));
    wish["reason"] = Value::Null;
    let booked = patient.post("/api/appointments", &wish).await.expect(201);
    let path = format!("/api/appointments/{}", booked["appointment_id"].as_str().unwrap());
    let missed = json!({ "status": "no_show" });
    // Until it begins, nobody can say what became of it.
    eventually("the appointment begins", Duration::from_secs(30), async || {
        let answer = doctor.patch(&path, &missed).await;
        if answer.status == 200 {
            return Some(());
        }
        answer.refused(409, "appointment_not_begun");
        None
    })
    .await;
    let _ = doctor.patch(&path, &json!({ "status": "completed" })).await.expect(200);
    id
}

/// An event of a server that is not this one.
async fn append_event(world: &World, aggregate: &str, id: &str, kind: &str, payload: &str) {
    let mut tx = world.database.owner_pool().begin().await.unwrap();
    let position: i64 = sqlx::query_scalar(
        "UPDATE log.head SET position = position + 1, recorded_at = now() RETURNING position",
    )
    .fetch_one(&mut *tx)
    .await
    .unwrap();
    sqlx::query(
        "INSERT INTO log.events (global_position, event_id, aggregate_type, aggregate_id,
             sequence, event_type, event_version, payload, metadata, recorded_at, leaf_hash)
         SELECT $1, gen_random_uuid(), $3, $2, max(sequence) + 1, $4, '1', $5::json, '{}', now(),
             sha256('dream')
         FROM log.events WHERE aggregate_type = $3 AND aggregate_id = $2",
    )
    .bind(position)
    .bind(id)
    .bind(aggregate)
    .bind(kind)
    .bind(payload)
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query("SELECT pg_notify('log_appended', $1)")
        .bind(position.to_string())
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}
