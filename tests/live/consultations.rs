//! What the doctor and the patient hear of consultations: drafts are the doctor's alone.

use crate::PROGRAM;
use anamnesis_testkit::{User, World, booking};
use serde_json::{Value, json};

async fn opened(patient: &User, doctor: &User) -> (String, Value) {
    let booked = patient.post("/api/appointments", &booking(&doctor.id(), 2)).await.expect(201);
    let open = json!({ "appointment_id": booked["appointment_id"] });
    let opened = doctor.post("/api/consultations", &open).await.expect(201);
    let id = opened["consultation_id"].clone();
    (format!("/api/consultations/{}", id.as_str().unwrap()), id)
}

async fn cursor(user: &User) -> String {
    user.get("/api/events").await.expect(200)["cursor"].as_str().unwrap().to_owned()
}

async fn missed(user: &User, after: &str) -> Vec<Value> {
    let polled = user.get(&format!("/api/events?after={after}")).await.expect(200);
    assert_eq!(polled["reset"], false);
    polled["frames"].as_array().unwrap().clone()
}

/// Of the frames about this consultation, what and which version.
fn told(frames: &[Value], id: &Value) -> Vec<(String, u64)> {
    let about = frames.iter().filter(|frame| frame["consultation_id"] == *id);
    about
        .map(|frame| {
            (frame["type"].as_str().unwrap().to_owned(), frame["version"].as_u64().unwrap())
        })
        .collect()
}

fn named(list: &[(&str, u64)]) -> Vec<(String, u64)> {
    list.iter().map(|(kind, version)| ((*kind).to_owned(), *version)).collect()
}

#[tokio::test]
async fn the_doctor_hears_of_everything_and_the_patient_of_what_is_signed() {
    let world = World::start(PROGRAM).await;
    let patient = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    let okafor = world.server.sign_in("dr.okafor").await;
    let after = cursor(&doctor).await;
    let mut of_doctor = doctor.connect(Some(&after)).await;
    let mut of_patient = patient.connect(Some(&after)).await;
    let (path, id) = opened(&patient, &doctor).await;
    let entry = json!({ "medical_history": "A secret cough." });
    let _ = doctor.patch(&path, &entry).await.expect(200);
    let _ = doctor.post(&format!("{path}/sign"), &Value::Null).await.expect(200);
    let entry = json!({ "medical_history": "A secret fever.", "reason": "Secretly misheard." });
    let _ = doctor.patch(&path, &entry).await.expect(200);
    let wrong = json!({ "text": "A secret mistake." });
    for _request in 0..2 {
        let _ = patient.post(&format!("{path}/corrections"), &wrong).await.expect(201);
    }
    let _ = doctor.post(&format!("{path}/corrections/1/accept"), &entry).await.expect(200);
    let no = json!({ "statement": "It is a secret." });
    let _ = doctor.post(&format!("{path}/corrections/2/decline"), &no).await.expect(200);
    let _ = doctor.delete(&path).await.expect(204);
    let admin = world.server.sign_in("admin").await;
    let reason = json!({ "reason": "doctor_asked" });
    let _ = admin.post(&format!("{path}/restore"), &reason).await.expect(200);

    let signed = [
        ("consultation_signed", 3),
        ("consultation_amended", 4),
        ("correction_requested", 5),
        ("correction_requested", 6),
        ("consultation_amended", 7),
        ("correction_accepted", 8),
        ("correction_declined", 9),
        ("consultation_deleted", 10),
        ("consultation_restored", 11),
    ];
    let mut all = vec![("consultation_opened", 1), ("consultation_saved", 2)];
    all.extend(signed);
    for (kind, version) in &all {
        let frame = of_doctor.expect(kind).await;
        assert_eq!((&frame["version"], &frame["consultation_id"]), (&json!(version), &id));
    }
    let first = loop {
        let frame = of_patient.next().await.unwrap();
        if frame["consultation_id"] == id {
            break frame;
        }
    };
    assert_eq!(first["type"], "consultation_signed", "nothing came before it");

    // Who comes later hears the same.
    let again = missed(&doctor, &after).await;
    assert_eq!(told(&again, &id), named(&all));
    assert_eq!(told(&missed(&patient, &after).await, &id), named(&signed));
    assert_eq!(told(&missed(&okafor, &after).await, &id), []);
    assert!(!json!(again).to_string().to_lowercase().contains("secret"));
}

#[tokio::test]
async fn nobody_else_hears_that_a_draft_was_deleted_and_restored() {
    let world = World::start(PROGRAM).await;
    let patient = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    let after = cursor(&doctor).await;
    let (path, id) = opened(&patient, &doctor).await;
    let _ = doctor.delete(&path).await.expect(204);
    let admin = world.server.sign_in("admin").await;
    let reason = json!({ "reason": "doctor_asked" });
    let _ = admin.post(&format!("{path}/restore"), &reason).await.expect(200);
    let all =
        [("consultation_opened", 1), ("consultation_deleted", 2), ("consultation_restored", 3)];
    assert_eq!(told(&missed(&doctor, &after).await, &id), named(&all));
    // Signed later, it is looked into, and what was before stays the doctor's.
    let _ = doctor.patch(&path, &json!({ "treatment_plan": "Rest." })).await.expect(200);
    let _ = doctor.post(&format!("{path}/sign"), &Value::Null).await.expect(200);
    let heard = missed(&patient, &after).await;
    assert_eq!(told(&heard, &id), named(&[("consultation_signed", 5)]));
}

#[tokio::test]
async fn both_hear_on_its_day_that_a_review_is_due() {
    let world = World::start(PROGRAM).await;
    let patient = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    let (path, id) = opened(&patient, &doctor).await;
    let today = chrono::Utc::now().date_naive();
    let _ = doctor.patch(&path, &json!({ "review_on": today })).await.expect(200);
    let after = cursor(&doctor).await;
    let _ = doctor.post(&format!("{path}/sign"), &Value::Null).await.expect(200);
    // A server looks for what is due when it starts.
    let _second = world.setup.start().await;
    for user in [&doctor, &patient] {
        let mut socket = user.connect(Some(&after)).await;
        let frame = socket.expect("review_due").await;
        assert_eq!((&frame["consultation_id"], &frame["on"]), (&id, &json!(today)));
    }
}
