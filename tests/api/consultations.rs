//! Writing consultations down, and signing them.

use crate::PROGRAM;
use crate::consulting::{etag, if_match, opened, pair, path, signed};
use anamnesis_testkit::{World, booking};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test]
async fn a_draft_is_the_doctors_alone_until_it_is_signed() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let path = opened(&patient, &doctor, 2).await;
    let entry = json!({ "medical_history": "A cough.", "treatment_plan": "Rest." });
    let drafted = doctor.patch(&path, &entry).await.expect(200);
    assert_eq!((&drafted["medical_history"], &drafted["version"]), (&json!("A cough."), &json!(2)));
    assert!(drafted["signed_at"].is_null() && drafted["investigations"].is_null());
    assert_eq!(doctor.get(&path).await.expect(200), drafted);

    patient.get(&path).await.refused(404, "not_found");
    patient.get(&format!("{path}/amendments")).await.refused(404, "not_found");
    let list = patient.get("/api/consultations").await.expect(200);
    assert_eq!(list, json!({ "consultations": [], "next": null }));

    let signed = doctor.post(&format!("{path}/sign"), &Value::Null).await.expect(200);
    assert!(signed["signed_at"].is_string());
    assert_eq!(patient.get(&path).await.expect(200), signed);
    let list = patient.get("/api/consultations").await.expect(200);
    assert_eq!(list["consultations"][0]["consultation_id"], signed["consultation_id"]);
    assert!(list["consultations"][0]["medical_history"].is_null(), "lists say nothing clinical");
}

#[tokio::test]
async fn nothing_is_opened_for_an_appointment_that_was_called_off_or_deleted() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let mut opens = Vec::new();
    for day in [2, 3] {
        let wish = booking(&doctor.id(), day);
        let booked = patient.post("/api/appointments", &wish).await.expect(201);
        opens.push(json!({ "appointment_id": booked["appointment_id"] }));
    }
    let path =
        |open: &Value| format!("/api/appointments/{}", open["appointment_id"].as_str().unwrap());
    let cancel = json!({ "status": "cancelled" });
    let _ = patient.patch(&path(&opens[0]), &cancel).await.expect(200);
    let refused = doctor.post("/api/consultations", &opens[0]).await;
    refused.refused(409, "appointment_not_scheduled");
    let _ = patient.delete(&path(&opens[1])).await.expect(204);
    doctor.post("/api/consultations", &opens[1]).await.refused(404, "not_found");
    let list = doctor.get("/api/consultations").await.expect(200);
    assert_eq!(list["consultations"], json!([]));
}

#[tokio::test]
async fn a_part_is_kept_replaced_or_cleared() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let path = opened(&patient, &doctor, 2).await;
    let entry = json!({
        "medical_history": "A cough.", "examination_findings": "Red.", "treatment_plan": "Rest.",
    });
    let _ = doctor.patch(&path, &entry).await.expect(200);
    let entry = json!({
        "medical_history": "A bad cough.", "examination_findings": null, "treatment_plan": " ",
    });
    let now = doctor.patch(&path, &entry).await.expect(200);
    assert_eq!(now["medical_history"], "A bad cough.");
    assert!(now["examination_findings"].is_null() && now["treatment_plan"].is_null());
    let _ = doctor.patch(&path, &json!({ "investigations": "X-ray." })).await.expect(200);
    let now = doctor.get(&path).await.expect(200);
    assert_eq!(
        (&now["medical_history"], &now["investigations"]),
        (&json!("A bad cough."), &json!("X-ray."))
    );
}

#[tokio::test]
async fn an_appointment_has_one_consultation_which_only_its_doctor_opens() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let okafor = world.server.sign_in("dr.okafor").await;
    let booked = patient.post("/api/appointments", &booking(&doctor.id(), 2)).await.expect(201);
    let open = json!({ "appointment_id": booked["appointment_id"] });
    okafor.post("/api/consultations", &open).await.refused(404, "not_found");
    patient.post("/api/consultations", &open).await.refused(403, "forbidden");
    let first = doctor.post("/api/consultations", &open).await.expect(201);
    assert_eq!(doctor.post("/api/consultations", &open).await.expect(200), first);
    let nothing = json!({ "appointment_id": Uuid::new_v4() });
    doctor.post("/api/consultations", &nothing).await.refused(404, "not_found");

    let path = path(&first);
    okafor.get(&path).await.refused(404, "not_found");
    let entry = json!({ "medical_history": "A cough." });
    okafor.patch(&path, &entry).await.refused(404, "not_found");
    okafor.post(&format!("{path}/sign"), &Value::Null).await.refused(404, "not_found");
    okafor.delete(&path).await.refused(404, "not_found");
    patient.patch(&path, &entry).await.refused(403, "forbidden");
}

#[tokio::test]
async fn signing_twice_writes_nothing_and_nothing_is_not_signed() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let path = opened(&patient, &doctor, 2).await;
    let sign = format!("{path}/sign");
    doctor.post(&sign, &Value::Null).await.refused(409, "consultation_empty");
    let empty = json!({});
    doctor.patch(&path, &empty).await.refused(409, "consultation_nothing_to_change");
    let _ = doctor.patch(&path, &json!({ "treatment_plan": "Rest." })).await.expect(200);
    let first = doctor.post(&sign, &Value::Null).await.expect(200);
    assert_eq!(doctor.post(&sign, &Value::Null).await.expect(200), first);
}

#[tokio::test]
async fn what_was_signed_is_amended_with_a_reason_and_the_original_stays() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let path = opened(&patient, &doctor, 2).await;
    let amendment = json!({ "treatment_plan": "Syrup.", "reason": "Rest did not help." });
    doctor.patch(&path, &amendment).await.refused(409, "consultation_not_signed");
    let _ = doctor.patch(&path, &json!({ "treatment_plan": "Rest." })).await.expect(200);
    let _ = doctor.post(&format!("{path}/sign"), &Value::Null).await.expect(200);
    let silent = json!({ "treatment_plan": "Syrup." });
    doctor.patch(&path, &silent).await.refused(409, "consultation_signed");
    let amended = doctor.patch(&path, &amendment).await.expect(200);
    assert_eq!(amended["treatment_plan"], "Syrup.");

    let versions = patient.get(&format!("{path}/amendments")).await.expect(200);
    assert_eq!(doctor.get(&format!("{path}/amendments")).await.expect(200), versions);
    let told: Vec<_> = versions["versions"].as_array().unwrap().iter().collect();
    assert_eq!(told.len(), 2);
    assert_eq!((&told[0]["treatment_plan"], &told[0]["reason"]), (&json!("Rest."), &Value::Null));
    assert_eq!(told[1]["treatment_plan"], "Syrup.");
    assert_eq!(told[1]["reason"], "Rest did not help.");
    assert_eq!(told[1]["version"], amended["version"]);
    let after = format!("{path}/amendments?limit=1&after={}", told[0]["version"]);
    let page = patient.get(&after).await.expect(200);
    assert_eq!((&page["versions"][0], &page["next"]), (told[1], &told[1]["version"]));
}

#[tokio::test]
async fn who_saw_an_older_version_changes_nothing() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let path = opened(&patient, &doctor, 2).await;
    let old = etag(&doctor.get(&path).await);
    let entry = json!({ "medical_history": "A cough." });
    let written = if_match(&doctor, Method::PATCH, &path, &old, &entry).await;
    assert_ne!(etag(&written), old);
    let stale = if_match(&doctor, Method::PATCH, &path, &old, &entry).await;
    stale.refused(412, "version_outdated");
    let bad = if_match(&doctor, Method::PATCH, &path, "2", &entry).await;
    bad.refused(400, "if_match_invalid");
    let sign = format!("{path}/sign");
    let stale = if_match(&doctor, Method::POST, &sign, &old, &Value::Null).await;
    stale.refused(412, "version_outdated");
    if_match(&doctor, Method::DELETE, &path, &old, &Value::Null)
        .await
        .refused(412, "version_outdated");
    let signed = if_match(&doctor, Method::POST, &sign, &etag(&written), &Value::Null).await;
    let _ = signed.expect(200);
}

#[tokio::test]
async fn a_retry_writes_nothing_and_the_same_id_stands_for_one_thing() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let path = opened(&patient, &doctor, 2).await;
    let drug = json!({ "drug": "Ibuprofen", "dose": "400 mg" });
    let entry = json!({ "prescriptions": [drug], "client_id": Uuid::new_v4() });
    let first = doctor.patch(&path, &entry).await.expect(200);
    assert_eq!(doctor.patch(&path, &entry).await.expect(200), first);
    let mut other = entry.clone();
    other["treatment_plan"] = "Rest.".into();
    doctor.patch(&path, &other).await.refused(409, "client_id_reused");
}

#[tokio::test]
async fn a_deleted_consultation_is_gone_until_an_administrator_restores_it() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let admin = world.server.sign_in("admin").await;
    let entry = json!({
        "treatment_plan": "Rest.",
        "prescriptions": [{ "drug": "Ibuprofen", "dose": "400 mg" }],
    });
    let path = signed(&patient, &doctor, 2, &entry).await;
    let before = patient.get(&path).await.expect(200);
    let restore = format!("{path}/restore");
    let reason = json!({ "reason": "deleted_by_mistake" });
    admin.post(&restore, &reason).await.refused(409, "consultation_not_deleted");
    let _ = doctor.delete(&path).await.expect(204);
    for user in [&patient, &doctor] {
        user.get(&path).await.refused(404, "not_found");
        user.get(&format!("{path}/amendments")).await.refused(404, "not_found");
        let list = user.get("/api/consultations").await.expect(200);
        assert_eq!(list["consultations"], json!([]));
    }
    assert_eq!(patient.get("/api/medicines").await.expect(200)["medicines"], json!([]));
    doctor
        .patch(&path, &json!({ "treatment_plan": "?" }))
        .await
        .refused(404, "consultation_not_found");
    admin.post(&restore, &json!({ "reason": "Why not" })).await.refused(422, "body_invalid");
    let restored = admin.post(&restore, &reason).await.expect(200);
    assert!(!restored.to_string().contains("Rest."), "nothing is shown to the administrator");
    let after = patient.get(&path).await.expect(200);
    assert_eq!(after["treatment_plan"], before["treatment_plan"]);
    let nothing = format!("/api/consultations/{}/restore", Uuid::new_v4());
    admin.post(&nothing, &reason).await.refused(404, "not_found");
}

#[tokio::test]
async fn consultations_come_in_pages_the_newest_first() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let mut expected = Vec::new();
    for day in [2, 5, 3] {
        expected.push(signed(&patient, &doctor, day, &json!({ "treatment_plan": "Rest." })).await);
    }
    expected.reverse();
    for user in [&patient, &doctor] {
        let (mut seen, mut before) = (Vec::new(), String::new());
        for _page in 0..4 {
            let page = user.get(&format!("/api/consultations?limit=1{before}")).await.expect(200);
            seen.extend(page["consultations"].as_array().unwrap().iter().map(path));
            let Some(next) = page["next"].as_u64() else { break };
            before = format!("&before={next}");
        }
        assert_eq!(seen, expected);
    }
}
