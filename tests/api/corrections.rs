//! A patient asks for corrections, and the doctor answers.

use crate::PROGRAM;
use crate::consulting::{etag, if_match, opened, pair, signed};
use anamnesis_testkit::{User, World};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

const TEXT: &str = "The cough began on Sunday, not on Friday.";

async fn consultation(patient: &User, doctor: &User) -> String {
    signed(patient, doctor, 2, &json!({ "medical_history": "A cough since Friday." })).await
}

async fn ask(patient: &User, path: &str, text: &str) -> Value {
    patient.post(&format!("{path}/corrections"), &json!({ "text": text })).await.expect(201)
}

fn amendment() -> Value {
    json!({ "medical_history": "A cough since Sunday.", "reason": "As the patient says." })
}

async fn kinds(user: &User) -> Vec<String> {
    let notices = user.get("/api/notifications").await.expect(200);
    let kind = |notice: &Value| notice["kind"].as_str().unwrap().to_owned();
    notices["notices"].as_array().unwrap().iter().map(kind).collect()
}

#[tokio::test]
async fn an_accepted_correction_is_an_amendment_that_it_names() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let path = consultation(&patient, &doctor).await;
    let asked = ask(&patient, &path, TEXT).await;
    assert_eq!((&asked["number"], &asked["status"]), (&json!(1), &json!("requested")));
    assert_eq!(asked["text"], TEXT);
    assert!(asked["answered_at"].is_null() && asked["amendment"].is_null());
    assert_eq!(kinds(&doctor).await[0], "correction_requested");
    let list = doctor.get(&format!("{path}/corrections")).await.expect(200);
    assert_eq!(list, json!({ "corrections": [asked], "next": null }));

    let accept = format!("{path}/corrections/1/accept");
    let accepted = doctor.post(&accept, &amendment()).await.expect(200);
    assert_eq!((&accepted["status"], &accepted["text"]), (&json!("accepted"), &json!(TEXT)));
    let versions = patient.get(&format!("{path}/amendments")).await.expect(200);
    let last = versions["versions"].as_array().unwrap().last().unwrap();
    assert_eq!(last["version"], accepted["amendment"]);
    assert_eq!(last["medical_history"], "A cough since Sunday.");
    assert_eq!(last["reason"], "As the patient says.");
    assert_eq!(patient.get(&path).await.expect(200)["medical_history"], last["medical_history"]);
    assert_eq!(kinds(&patient).await[..2], ["correction_accepted", "consultation_amended"]);
    let list = patient.get(&format!("{path}/corrections")).await.expect(200);
    assert_eq!(list["corrections"], json!([accepted]));
}

#[tokio::test]
async fn a_declined_correction_has_a_statement_and_changes_nothing_else() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let path = consultation(&patient, &doctor).await;
    let _ = ask(&patient, &path, TEXT).await;
    let no = json!({ "statement": "You told me so on Monday." });
    let declined = doctor.post(&format!("{path}/corrections/1/decline"), &no).await.expect(200);
    assert_eq!(
        (&declined["status"], &declined["statement"]),
        (&json!("declined"), &no["statement"])
    );
    assert!(declined["amendment"].is_null() && declined["answered_at"].is_string());
    assert_eq!(kinds(&patient).await[0], "correction_declined");
    let versions = patient.get(&format!("{path}/amendments")).await.expect(200);
    assert_eq!(versions["versions"].as_array().unwrap().len(), 1);
    let list = patient.get(&format!("{path}/corrections")).await.expect(200);
    assert_eq!(list["corrections"], json!([declined]));
}

#[tokio::test]
async fn the_same_answer_again_writes_nothing_and_another_is_refused() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let path = consultation(&patient, &doctor).await;
    let _ = ask(&patient, &path, TEXT).await;
    let _ = ask(&patient, &path, "It was not so bad.").await;
    let accept = format!("{path}/corrections/1/accept");
    let decline = format!("{path}/corrections/2/decline");
    let no = json!({ "statement": "It was." });
    let first = doctor.post(&accept, &amendment()).await;
    assert_eq!(doctor.post(&accept, &amendment()).await.expect(200), first.clone().expect(200));
    let declined = doctor.post(&decline, &no).await.expect(200);
    // Also on condition of the version that was seen before.
    let again = if_match(&doctor, Method::POST, &decline, &etag(&first), &no).await;
    assert_eq!(again.expect(200), declined);

    let mut other = amendment();
    other["reason"] = "Otherwise.".into();
    doctor.post(&accept, &other).await.refused(409, "correction_answered");
    let other = json!({ "statement": "It was not." });
    doctor.post(&decline, &other).await.refused(409, "correction_answered");
    doctor
        .post(&format!("{path}/corrections/1/decline"), &no)
        .await
        .refused(409, "correction_answered");
    doctor
        .post(&format!("{path}/corrections/2/accept"), &amendment())
        .await
        .refused(409, "correction_answered");
    let versions = patient.get(&format!("{path}/amendments")).await.expect(200);
    assert_eq!(versions["versions"].as_array().unwrap().len(), 2, "nothing was amended twice");
}

#[tokio::test]
async fn nobody_else_asks_or_answers_and_of_a_draft_nobody_knows() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let (mira, okafor) =
        (world.server.register("mira").await, world.server.sign_in("dr.okafor").await);
    let path = consultation(&patient, &doctor).await;
    let corrections = format!("{path}/corrections");
    let text = json!({ "text": TEXT });
    mira.post(&corrections, &text).await.refused(404, "not_found");
    doctor.post(&corrections, &text).await.refused(403, "forbidden");
    let _ = ask(&patient, &path, TEXT).await;
    for stranger in [&mira, &okafor] {
        stranger.get(&corrections).await.refused(404, "not_found");
    }
    let accept = format!("{corrections}/1/accept");
    okafor.post(&accept, &amendment()).await.refused(404, "not_found");
    patient.post(&accept, &amendment()).await.refused(403, "forbidden");

    let draft = opened(&patient, &doctor, 3).await;
    patient.post(&format!("{draft}/corrections"), &text).await.refused(404, "not_found");
    patient.get(&format!("{draft}/corrections")).await.refused(404, "not_found");
    let nothing = format!("/api/consultations/{}/corrections", Uuid::new_v4());
    patient.post(&nothing, &text).await.refused(404, "not_found");
}

#[tokio::test]
async fn bad_input_is_refused_and_writes_nothing() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let path = consultation(&patient, &doctor).await;
    let corrections = format!("{path}/corrections");
    let text = |text: &str| json!({ "text": text });
    patient.post(&corrections, &text(" \n")).await.refused(422, "correction_empty");
    let long = "ä".repeat(2_001);
    patient.post(&corrections, &text(&long)).await.refused(422, "correction_too_long");
    patient.post(&corrections, &json!({})).await.refused(422, "body_invalid");
    assert_eq!(ask(&patient, &path, &long[2..]).await["number"], 1, "2,000 are not too many");

    let decline = format!("{corrections}/1/decline");
    doctor.post(&decline, &json!({ "statement": "" })).await.refused(422, "correction_empty");
    let accept = format!("{corrections}/1/accept");
    let silent = json!({ "medical_history": "A cough since Sunday." });
    doctor.post(&accept, &silent).await.refused(422, "reason_missing");
    let nothing = json!({ "reason": "As the patient says." });
    doctor.post(&accept, &nothing).await.refused(409, "consultation_nothing_to_change");
    for number in ["2", "0"] {
        let path = format!("{corrections}/{number}/accept");
        doctor.post(&path, &amendment()).await.refused(404, "correction_not_found");
    }
    let path = format!("{corrections}/first/accept");
    doctor.post(&path, &amendment()).await.refused(404, "not_found");
    let stale = if_match(&doctor, Method::POST, &accept, "\"1\"", &amendment()).await;
    stale.refused(412, "version_outdated");
    // What was refused did not use the answer up.
    let _ = doctor.post(&accept, &amendment()).await.expect(200);
}

#[tokio::test]
async fn twenty_wait_at_most_and_a_retry_asks_once() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let path = consultation(&patient, &doctor).await;
    let corrections = format!("{path}/corrections");
    let mut text = json!({ "text": TEXT, "client_id": Uuid::new_v4() });
    let first = patient.post(&corrections, &text).await.expect(201);
    assert_eq!(patient.post(&corrections, &text).await.expect(201), first);
    text["text"] = "Otherwise.".into();
    patient.post(&corrections, &text).await.refused(409, "client_id_reused");
    for number in 2..=20 {
        assert_eq!(ask(&patient, &path, TEXT).await["number"], number);
    }
    let more = json!({ "text": TEXT });
    patient.post(&corrections, &more).await.refused(409, "consultation_too_many_corrections");
    let no = json!({ "statement": "No." });
    let _ = doctor.post(&format!("{corrections}/7/decline"), &no).await.expect(200);
    assert_eq!(ask(&patient, &path, TEXT).await["number"], 21);
    let page = doctor.get(&format!("{corrections}?after=19&limit=1")).await.expect(200);
    assert_eq!((&page["corrections"][0]["number"], &page["next"]), (&json!(20), &json!(20)));
}

#[tokio::test]
async fn corrections_go_and_come_back_with_their_consultation() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let admin = world.server.sign_in("admin").await;
    let path = consultation(&patient, &doctor).await;
    let _ = ask(&patient, &path, TEXT).await;
    let before = patient.get(&format!("{path}/corrections")).await;
    assert_eq!(etag(&before), etag(&patient.get(&path).await));
    let _ = doctor.delete(&path).await.expect(204);
    patient.get(&format!("{path}/corrections")).await.refused(404, "not_found");
    let text = json!({ "text": TEXT });
    let gone = patient.post(&format!("{path}/corrections"), &text).await;
    gone.refused(404, "consultation_not_found");
    assert!(!kinds(&doctor).await.contains(&"correction_requested".to_owned()));
    let reason = json!({ "reason": "deleted_by_mistake" });
    let restored = admin.post(&format!("{path}/restore"), &reason).await.expect(200);
    assert!(!restored.to_string().contains("Sunday"));
    let after = patient.get(&format!("{path}/corrections")).await.expect(200);
    assert_eq!(after, before.expect(200));
    let _ = doctor.post(&format!("{path}/corrections/1/accept"), &amendment()).await.expect(200);
}

#[tokio::test]
async fn what_is_asked_and_answered_is_sealed() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let path = consultation(&patient, &doctor).await;
    let _ = ask(&patient, &path, TEXT).await;
    let no = json!({ "statement": "You told me so on Monday." });
    let _ = doctor.post(&format!("{path}/corrections/1/decline"), &no).await.expect(200);
    let stored: Vec<(String,)> = sqlx::query_as(
        "SELECT payload::text || metadata::text FROM log.events WHERE event_type LIKE 'Correction%'
         UNION ALL SELECT row_to_json(corrections)::text FROM read.corrections",
    )
    .fetch_all(world.database.pool())
    .await
    .unwrap();
    assert_eq!(stored.len(), 3);
    for (text,) in stored {
        assert!(!text.contains("Sunday") && !text.contains("Monday"), "{text}");
    }
}
