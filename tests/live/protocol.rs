//! `docs/PROTOCOL.md` does not drift: every example on it is what clients may send, or what the
//! server sent in a real conversation.

use crate::{PROGRAM, eventually};
use anamnesis::live::{AppointmentHappening, Ending, Happening, Noted, Seen, Signal};
use anamnesis::ws::{ClientFrame, FirstFrame, ServerFrame};
use anamnesis_testkit::{Socket, User, World, booking};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use uuid::Uuid;

const PAGE: &str = include_str!("../../docs/PROTOCOL.md");

/// The types of all frames that the server sends. One that is missing here does not compile.
macro_rules! server_kinds {
    ($($of:ident $(<$life:lifetime>)? { $($variant:ident => $kind:literal,)+ })+) => {
        const SERVER_KINDS: &[&str] = &[$($($kind,)+)+];
        $(const _: fn(&$of $(<$life>)?) -> &'static str = |frame| match frame {
            $($of::$variant { .. } => $kind,)+
        };)+
    };
}

server_kinds! {
    ServerFrame<'_> {
        Welcome => "welcome",
        Reset => "reset",
        Ack => "ack",
        Error => "error",
        Bye => "bye",
    }
    Happening<'_> {
        RoomOpened => "room_opened",
        MessagePosted => "message_posted",
        MessageEdited => "message_edited",
        MessageRetracted => "message_retracted",
        MessageRestored => "message_restored",
        ReactionAdded => "reaction_added",
        ReactionRemoved => "reaction_removed",
        MessagesDelivered => "messages_delivered",
        MessagesRead => "messages_read",
        RoomClosed => "room_closed",
        RoomReopened => "room_reopened",
        Unreadable => "unreadable",
    }
    Noted {
        ConsultationOpened => "consultation_opened",
        ConsultationSaved => "consultation_saved",
        ConsultationSigned => "consultation_signed",
        ConsultationAmended => "consultation_amended",
        ConsultationDeleted => "consultation_deleted",
        ConsultationRestored => "consultation_restored",
        ReviewDue => "review_due",
        Unreadable => "unreadable",
    }
    AppointmentHappening<'_> {
        AppointmentBooked => "appointment_booked",
        AppointmentRescheduled => "appointment_rescheduled",
        AppointmentCancelled => "appointment_cancelled",
        AppointmentCompleted => "appointment_completed",
        AppointmentNoShow => "appointment_no_show",
        AppointmentDeleted => "appointment_deleted",
        AppointmentRestored => "appointment_restored",
        AppointmentUnreadable => "appointment_unreadable",
    }
    Seen {
        NoticesSeen => "notices_seen",
    }
    Signal {
        Typing => "typing",
        Presence => "presence",
    }
}

/// The examples of one side on the page: the kind that the marker names, and the JSON.
fn examples(side: &str) -> Vec<(&'static str, Value)> {
    let mut found = Vec::new();
    let mut marker = None;
    let mut lines = PAGE.lines();
    while let Some(line) = lines.next() {
        if let Some(inside) = line.strip_prefix("<!-- ") {
            let inside = inside.strip_suffix(" -->").expect("a marker on one line");
            marker = Some(inside.split_once(": ").expect("side: kind"));
        } else if line == "```json" {
            let (of, kind) = marker.take().expect("every example has a marker before it");
            let text: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
            let example = serde_json::from_str(&text.join("\n")).expect("examples are JSON");
            if of == side {
                found.push((kind, example));
            }
        }
    }
    found
}

/// The names of an enum's variants, as its own parser lists them.
fn variants<T: serde::de::DeserializeOwned>() -> BTreeSet<String> {
    let Err(error) = serde_json::from_value::<T>(json!({ "type": "?" })) else {
        panic!("there is no such type of frame")
    };
    error.to_string().split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_frame_that_clients_send_has_an_example_that_the_server_understands() {
    let mut shown = BTreeSet::new();
    for (kind, example) in examples("client") {
        assert_eq!(example["type"], kind);
        let text = example.to_string();
        let understood = if kind == "hello" {
            serde_json::from_str::<FirstFrame>(&text).map(drop)
        } else {
            serde_json::from_str::<ClientFrame>(&text).map(drop)
        };
        understood.unwrap_or_else(|error| panic!("{kind}: {error}"));
        shown.insert(kind.to_owned());
    }
    let mut all = variants::<ClientFrame>();
    all.extend(variants::<FirstFrame>());
    // `FirstFrame` has one variant, which its parser names too.
    assert!(all.contains("hello") && all.contains("typing") && all.len() > 10, "{all:?}");
    assert_eq!(shown, all);
}

/// Keys and JSON types, all the way down.
fn shape(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) => "boolean".into(),
        Value::Number(_) => "number".into(),
        Value::String(_) => "string".into(),
        Value::Array(items) => {
            let shapes: BTreeSet<_> = items.iter().map(shape).collect();
            format!("{shapes:?}")
        }
        Value::Object(fields) => {
            let fields: BTreeMap<_, _> =
                fields.iter().map(|(key, one)| (key, shape(one))).collect();
            format!("{fields:?}")
        }
    }
}

#[tokio::test]
async fn every_frame_that_the_server_sends_has_an_example_of_exactly_its_form() {
    let recorded = record_a_conversation().await;
    let mut of_server: BTreeMap<(String, String), Value> = BTreeMap::new();
    for frame in recorded {
        let kind = frame["type"].as_str().expect("frames have a type").to_owned();
        of_server.insert((kind, shape(&frame)), frame);
    }
    let mut on_page = BTreeSet::new();
    for (kind, example) in examples("server") {
        assert_eq!(example["type"], kind);
        let key = (kind.to_owned(), shape(&example));
        assert!(of_server.contains_key(&key), "the server sent nothing like {example}");
        on_page.insert(key);
    }
    for (key, frame) in &of_server {
        assert!(on_page.contains(key), "the page has nothing like {frame}");
        if let Some(code) = frame["code"].as_str() {
            assert!(PAGE.contains(&format!("| `{code}` |")), "the page does not tell of {code}");
        }
    }
    let kinds: BTreeSet<_> = on_page.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, SERVER_KINDS.iter().copied().collect());
}

/// Has every kind of frame sent, with what the page says that clients send.
async fn record_a_conversation() -> Vec<Value> {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let mut frames = Vec::new();
    let mut of_doctor = doctor.connect(None).await;
    frames.push(of_doctor.expect("reset").await);
    let epoch = of_doctor.cursor.clone().unwrap();
    let epoch = epoch.split_once('.').unwrap().0;
    let mut of_patient = patient.connect(Some(&format!("{epoch}.0"))).await;

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
    let regretted = doctor.say(&room, "Oh.").await;
    frames.push(ask(&mut of_doctor, &retract, &room, regretted).await);
    let appointment = everything_of_appointments(&world, &patient, &doctor).await;
    let last = doctor.say(&room, "Since when?").await;
    frames.extend(until_message(&mut of_patient, last).await);

    // Who comes later does not see what was taken back.
    let mut again = patient.connect(Some(&format!("{epoch}.0"))).await;
    frames.extend(until_message(&mut again, last).await);
    frames.extend(record_a_consultation(&world, &patient, &doctor, &mut of_doctor).await);
    // An event of a server that is newer than this one.
    append_event(&world, "chat_room", &room, "MessageDreamt", r#"{"MessageDreamt": {}}"#).await;
    frames.push(again.expect("unreadable").await);
    append_event(&world, "appointment", &appointment, "Dreamt", r#"{"Dreamt": {}}"#).await;
    frames.push(again.expect("appointment_unreadable").await);
    let seen = json!({ "through": again.cursor });
    let _ = patient.post("/api/notifications/seen", &seen).await.expect(200);
    frames.push(again.expect("notices_seen").await);
    drop(of_doctor);
    frames.push(again.expect("presence").await);
    let _ = patient.post("/api/auth/logout", &Value::Null).await.expect(204);
    frames.push(again.expect("bye").await);
    frames
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

#[tokio::test]
async fn the_answer_to_a_poll_is_as_shown() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let start = doctor.get("/api/events").await.expect(200)["cursor"].clone();
    let number = doctor.say(&room, "How are you?").await;
    let from = doctor.get("/api/events").await.expect(200)["cursor"].clone();
    let read = json!({ "through": number });
    let _ = patient.post(&format!("/api/rooms/{room}/read"), &read).await.expect(200);
    let path = format!("/api/events?after={}", from.as_str().unwrap());
    let polled = doctor.get(&path).await.expect(200);
    let [(kind, example)] = &examples("http")[..] else { panic!("one example") };
    assert_eq!((*kind, shape(example)), ("polled", shape(&polled)));
    assert!(start != from && polled["cursor"] != from);
}

#[test]
fn every_code_on_the_page_is_one_that_the_server_knows() {
    let mut source = String::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "domain/src"] {
        read_all(&root.join(folder), &mut source);
    }
    let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let codes: Vec<_> = rows.map(|(code, _)| code).filter(|code| !code.contains(' ')).collect();
    assert!(codes.len() > 25, "the tables are found");
    for code in codes {
        assert!(source.contains(&format!("\"{code}\"")), "no part of the server says {code}");
    }
    for ending in [Ending::SessionRevoked, Ending::TooSlow, Ending::Silent, Ending::Stopping] {
        assert!(PAGE.contains(&format!("| `{}` | 1", ending.code())), "{ending:?}");
    }
}

fn read_all(folder: &std::path::Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, into);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            into.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
