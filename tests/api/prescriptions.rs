//! Prescriptions, medicines and whom to turn to.

use crate::PROGRAM;
use crate::consulting::{opened, pair, signed};
use anamnesis_testkit::World;
use serde_json::{Value, json};

fn prescribing(list: &Value) -> Value {
    json!({ "prescriptions": list })
}

#[tokio::test]
async fn a_prescription_names_a_drug_and_a_dose_and_stays_in_its_bounds() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let path = opened(&patient, &doctor, 2).await;
    let whole = json!({ "drug": "Ibuprofen", "dose": "400 mg" });
    let without = |field: &str, value: Value| {
        let mut one = whole.clone();
        one[field] = value;
        prescribing(&json!([one]))
    };
    let id = uuid::Uuid::new_v4();
    let twice = json!([
        { "id": id, "drug": "Ibuprofen", "dose": "1" }, { "id": id, "drug": "Zinc", "dose": "1" },
    ]);
    let many: Vec<_> = (0..51).map(|_| whole.clone()).collect();
    let far = chrono::Utc::now().date_naive() + chrono::Days::new(4_000);
    let long = "ö".repeat(8_193);
    let refused = [
        (prescribing(&json!([{ "dose": "400 mg" }])), "prescription_without_drug"),
        (without("drug", " ".into()), "prescription_without_drug"),
        (prescribing(&json!([{ "drug": "Ibuprofen" }])), "prescription_without_dose"),
        (without("dose", "".into()), "prescription_without_dose"),
        (without("route", "r".repeat(501).into()), "prescription_too_long"),
        (without("instructions", "i".repeat(2_049).into()), "prescription_too_long"),
        (without("duration_days", 0.into()), "prescription_bad_duration"),
        (without("duration_days", 3_651.into()), "prescription_bad_duration"),
        (prescribing(&twice), "consultation_prescription_twice"),
        (prescribing(&json!(many)), "consultation_too_many_prescriptions"),
        (json!({ "medical_history": long }), "section_too_long"),
        (json!({ "medical_history": "x", "reason": "r".repeat(4_097) }), "reason_too_long"),
        (json!({ "review_on": far }), "review_day_invalid"),
        (json!({ "review_on": "2001-01-01" }), "review_day_invalid"),
        (json!({ "review_on": "soon" }), "body_invalid"),
        (json!({ "diagnosis": "x" }), "body_invalid"),
    ];
    for (entry, code) in refused {
        doctor.patch(&path, &entry).await.refused(422, code);
    }
    let longest = "ö".repeat(8_192);
    let kept = doctor.patch(&path, &json!({ "medical_history": longest })).await.expect(200);
    assert_eq!(kept["medical_history"], longest);
}

#[tokio::test]
async fn a_patient_sees_what_they_take_and_who_prescribed_it() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let list = json!([
        {
            "drug": "Ibuprofen", "dose": "400 mg", "route": "by mouth", "frequency": "twice a day",
            "duration_days": 7, "instructions": "With food.",
        },
        { "drug": "Zinc", "dose": "10 mg" },
    ]);
    let path = signed(&patient, &doctor, 2, &prescribing(&list)).await;
    let found = patient.get("/api/medicines?current=true").await.expect(200);
    let found = found["medicines"].as_array().unwrap().clone();
    assert_eq!(found.len(), 2);
    let one = found.iter().find(|one| one["drug"] == "Ibuprofen").unwrap();
    for (field, value) in [
        ("dose", "400 mg"),
        ("route", "by mouth"),
        ("frequency", "twice a day"),
        ("instructions", "With food."),
        ("doctor_name", "Dr. Ines Adler"),
    ] {
        assert_eq!(one[field], value);
    }
    let day = |field: &str| one[field].as_str().unwrap().parse::<chrono::NaiveDate>().unwrap();
    assert_eq!(day("ends_on") - day("prescribed_on"), chrono::TimeDelta::days(7));
    let past = patient.get("/api/medicines?current=false").await.expect(200);
    assert_eq!(past, json!({ "medicines": [], "next": null }));

    // In pages, and as the doctor sees them.
    let first = patient.get("/api/medicines?limit=1").await.expect(200);
    let next = first["next"].as_str().unwrap();
    let second = patient.get(&format!("/api/medicines?limit=1&after={next}")).await.expect(200);
    assert_eq!([&first["medicines"][0], &second["medicines"][0]], [&found[0], &found[1]]);
    patient.get("/api/medicines?after=yesterday").await.refused(400, "page_invalid");
    let of_patient = format!("/api/patients/{}/medicines", patient.id());
    let told = doctor.get(&of_patient).await.expect(200);
    assert_eq!(told["medicines"], json!(found));
    let okafor = world.server.sign_in("dr.okafor").await;
    okafor.get(&of_patient).await.refused(404, "not_found");

    // A prescription that is kept by its id counts from the day on which it was first written.
    let kept = doctor.get(&path).await.expect(200)["prescriptions"][0].clone();
    let entry = json!({
        "prescriptions": [{ "id": kept["id"], "drug": "Ibuprofen", "dose": "200 mg" }],
        "reason": "Too much.",
    });
    let amended = doctor.patch(&path, &entry).await.expect(200);
    assert_eq!(amended["prescriptions"][0]["id"], kept["id"]);
    assert_eq!(amended["prescriptions"][0]["prescribed_on"], kept["prescribed_on"]);
    let now = patient.get("/api/medicines").await.expect(200);
    assert_eq!(now["medicines"].as_array().unwrap().len(), 1);
    assert_eq!(now["medicines"][0]["dose"], "200 mg");
}

#[tokio::test]
async fn nobody_takes_what_is_only_drafted() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor) = pair(&world).await;
    let path = opened(&patient, &doctor, 2).await;
    let list = prescribing(&json!([{ "drug": "Ibuprofen", "dose": "400 mg" }]));
    let _ = doctor.patch(&path, &list).await.expect(200);
    assert_eq!(patient.get("/api/medicines").await.expect(200)["medicines"], json!([]));
}

#[tokio::test]
async fn a_patient_finds_their_doctors_and_the_hospitals_numbers() {
    let settings = [
        ("ANAMNESIS_HOSPITAL__NAME", "St. Test"),
        ("ANAMNESIS_HOSPITAL__EMERGENCY_PHONE", "+49 30 112"),
    ];
    let world = World::start_with(PROGRAM, &settings).await;
    let (patient, doctor) = pair(&world).await;
    let hospital = json!({ "name": "St. Test", "phone": null, "emergency_phone": "+49 30 112" });
    let before = patient.get("/api/contacts").await.expect(200);
    assert_eq!(before, json!({ "hospital": hospital, "care_team": [], "next": null }));
    let room = patient.book(&doctor, 2).await;
    let after = patient.get("/api/contacts").await.expect(200);
    let team = json!([{ "account_id": doctor.id(), "name": "Dr. Ines Adler", "room_id": room }]);
    assert_eq!(after["care_team"], team);
}
