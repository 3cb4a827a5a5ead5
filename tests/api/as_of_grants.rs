//! The past with a break-glass grant: what was written is opened, and the look is written down.

use crate::PROGRAM;
use crate::as_of::position;
use crate::consulting::{pair, signed};
use anamnesis_testkit::World;
use serde_json::{Value, json};

#[tokio::test]
async fn a_grant_opens_the_past_of_its_patient_and_says_so_in_the_log() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (patient, doctor) = pair(&world).await;
    let entry = json!({ "treatment_plan": "Rest.",
        "prescriptions": [{ "drug": "Ibuprofen", "dose": "400 mg" }] });
    let consultation = signed(&patient, &doctor, 2, &entry).await;
    let found = patient.get(&consultation).await.expect(200);
    let booked = found["appointment_id"].as_str().unwrap().to_owned();
    let appointment = patient.get(&format!("/api/appointments/{booked}")).await.expect(200);
    let room = appointment["room_id"].as_str().unwrap().to_owned();
    let number = patient.say(&room, "My head hurts.").await;
    let then = position(&world).await;
    let edit = json!({ "body": "Nothing hurts." });
    let message = format!("/api/rooms/{room}/messages/{number}");
    let _ = patient.patch(&message, &edit).await.expect(200);
    let id = consultation.rsplit('/').next().unwrap();
    let at = format!("position={then}");
    let past = |of: &str, id: &str| format!("/api/audit/as-of/{of}/{id}?{at}");
    let body = async || {
        let view = officer.get(&past("room", &room)).await.expect(200);
        view["record"]["messages"][0]["body"].clone()
    };
    assert_eq!(body().await, "sealed");

    let wish = json!({ "patient_id": patient.id(), "reason": "A complaint." });
    let granted = officer.post("/api/audit/grants", &wish).await.expect(201);
    let grant_id = granted["grant_id"].as_str().unwrap().to_owned();
    // As it was, not as it is.
    assert_eq!(body().await, json!({ "open": "My head hurts." }));
    let view = officer.get(&past("appointment", &booked)).await.expect(200);
    assert_eq!(view["record"]["reason"], json!({ "open": "It hurts." }));
    let view = officer.get(&past("consultation", id)).await.expect(200);
    assert_eq!(view["record"]["treatment_plan"], json!({ "open": "Rest." }));
    assert_eq!(view["record"]["prescriptions"][0]["content"]["open"]["drug"], "Ibuprofen");
    // It was not open at that moment, and is now.
    assert_eq!(view["grants"], json!([]));
    let now = officer.get(&format!("/api/audit/as-of/room/{room}")).await.expect(200);
    assert_eq!(now["grants"][0]["grant_id"], grant_id);
    assert_eq!(now["grants"][0]["officer_id"], officer.id());
    let own = format!("/api/audit/could-see/{}", officer.id());
    assert_eq!(officer.get(&own).await.expect(200)["grants"], now["grants"]);
    let fields = format!("/api/audit/consultations/{id}/fields");
    let history = officer.get(&fields).await.expect(200);
    assert_eq!(history["changes"][0]["after"], json!({ "open": "Rest." }));

    let looks: Vec<Value> = sqlx::query_scalar(
        "SELECT payload::jsonb -> 'ContentRead' FROM log.events
         WHERE event_type = 'ContentRead' AND payload::text LIKE '%' || $1 || '%'
         ORDER BY global_position",
    )
    .bind(&grant_id)
    .fetch_all(world.database.owner_pool())
    .await
    .unwrap();
    let kinds: Vec<_> = looks.iter().map(|look| look["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds[..3], ["messages", "appointment", "consultation"], "{looks:?}");
    let now = position(&world).await;
    let readers = officer.get(&format!("/api/audit/as-of/room/{room}?position={now}")).await;
    let readers = readers.expect(200)["readers"].clone();
    assert_eq!(readers[0]["account_id"], officer.id());

    let end = format!("/api/audit/grants/{grant_id}/end");
    let _ = officer.post(&end, &Value::Null).await;
    assert_eq!(body().await, "sealed");
}
