//! The log told again with what people wrote, for who holds a grant.

use crate::PROGRAM;
use crate::audit_support::{closed, lines};
use crate::consulting::{pair, signed};
use anamnesis_testkit::{User, World};
use serde_json::{Value, json};

fn replay(stream: &str) -> String {
    format!("/api/audit/replay?content=true&stream={stream}")
}

/// The events of a stream, with what was written.
async fn told(officer: &User, stream: &str) -> Vec<Value> {
    closed(lines(officer, &replay(stream)).await)
}

async fn refused(officer: &User, stream: &str) {
    officer.get(&replay(stream)).await.refused(403, "grant_needed");
}

#[tokio::test]
async fn a_grant_opens_what_was_written_in_one_stream_and_each_page_of_it_is_a_look() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (patient, doctor) = pair(&world).await;
    let entry = json!({ "treatment_plan": "Rest.",
        "prescriptions": [{ "drug": "Ibuprofen", "dose": "400 mg" }] });
    let consultation = signed(&patient, &doctor, 2, &entry).await;
    let found = patient.get(&consultation).await.expect(200);
    let appointment = found["appointment_id"].as_str().unwrap();
    let booked = patient.get(&format!("/api/appointments/{appointment}")).await.expect(200);
    let room = booked["room_id"].as_str().unwrap();
    let number = patient.say(room, "{\"my\": \"head\"}").await;
    let message = format!("/api/rooms/{room}/messages/{number}");
    let _ = patient.patch(&message, &json!({ "body": "Nothing hurts." })).await.expect(200);
    let _ = patient.delete(&message).await.expect(200);
    let id = consultation.rsplit('/').next().unwrap();
    let (room, id) = (format!("chat_room/{room}"), format!("consultation/{id}"));
    let appointment = format!("appointment/{appointment}");
    for stream in [&room, &id, &appointment] {
        refused(&officer, stream).await;
    }

    let wish = json!({ "patient_id": patient.id(), "reason": "A complaint." });
    let grant = officer.post("/api/audit/grants", &wish).await.expect(201);
    let events = told(&officer, &room).await;
    let bodies: Vec<_> = events.iter().map(|event| event["fields"]["body"].clone()).collect();
    assert_eq!(
        bodies,
        [Value::Null, "{\"my\": \"head\"}".into(), "Nothing hurts.".into(), Value::Null]
    );
    let events = told(&officer, &id).await;
    let changes = &events[1]["fields"]["changes"];
    assert_eq!(changes["treatment_plan"], "Rest.");
    assert_eq!(changes["prescriptions"][0]["content"]["drug"], "Ibuprofen");
    assert_eq!(told(&officer, &appointment).await[0]["fields"]["reason"], "It hurts.");
    // Without being asked for, it stays sealed.
    let sealed = closed(lines(&officer, &format!("/api/audit/replay?stream={room}")).await);
    assert_eq!(sealed[1]["fields"]["body"], "‹sealed›");

    let looks: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM log.events
         WHERE event_type = 'ContentRead' AND payload::text LIKE '%' || $1 || '%'",
    )
    .bind(grant["grant_id"].as_str().unwrap())
    .fetch_one(world.database.pool())
    .await
    .unwrap();
    assert_eq!(looks, 3);

    let end = format!("/api/audit/grants/{}/end", grant["grant_id"].as_str().unwrap());
    let _ = officer.post(&end, &Value::Null).await.expect(200);
    refused(&officer, &room).await;
}

#[tokio::test]
async fn drafts_other_streams_and_the_whole_log_stay_sealed() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (patient, doctor) = pair(&world).await;
    let booking = anamnesis_testkit::booking(&doctor.id(), 3);
    let booked = patient.post("/api/appointments", &booking).await.expect(201);
    let open = json!({ "appointment_id": booked["appointment_id"] });
    let draft = doctor.post("/api/consultations", &open).await.expect(201);
    let wish = json!({ "patient_id": patient.id(), "reason": "A complaint." });
    let _ = officer.post("/api/audit/grants", &wish).await.expect(201);
    refused(&officer, &format!("consultation/{}", draft["consultation_id"].as_str().unwrap()))
        .await;
    refused(&officer, "chat_room/01980b5e-0a4c-7d3e-9c61-2f0d5a7b8e94").await;
    let account = format!("account/{}", patient.id());
    for stream in [&*replay(&account), "/api/audit/replay?content=true"] {
        officer.get(stream).await.refused(422, "content_of_one_stream");
    }
}
