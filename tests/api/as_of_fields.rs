//! A consultation by field: who wrote what, when, and what stood there before.

use crate::PROGRAM;
use crate::as_of::{in_a_month, position};
use crate::consulting::{opened, pair};
use anamnesis_testkit::World;
use serde_json::{Value, json};

fn told(change: &Value) -> (String, u64, Value, Value) {
    let field = change["field"].as_str().unwrap().to_owned();
    let version = change["version"].as_u64().unwrap();
    (field, version, change["before"].clone(), change["after"].clone())
}

#[tokio::test]
async fn each_field_says_who_set_it_when_and_what_it_was_before() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (patient, doctor) = pair(&world).await;
    let path = opened(&patient, &doctor, 2).await;
    let _ = doctor.patch(&path, &json!({ "medical_history": "A cough." })).await.expect(200);
    let day = in_a_month();
    let entry = json!({ "medical_history": "A bad cough.", "review_on": day });
    let _ = doctor.patch(&path, &entry).await.expect(200);
    let drafted = position(&world).await;
    let _ = doctor.post(&format!("{path}/sign"), &Value::Null).await.expect(200);
    let amended = json!({ "medical_history": null, "reason": "It was another's.",
        "prescriptions": [{ "drug": "Ibuprofen", "dose": "400 mg" }] });
    let _ = doctor.patch(&path, &amended).await.expect(200);

    let fields = format!("{path}/fields");
    let page = doctor.get(&fields).await.expect(200);
    let changes = page["changes"].as_array().unwrap();
    let open = |text: &str| json!({ "open": text });
    let history = "medical_history".to_owned();
    assert_eq!(told(&changes[0]), (history.clone(), 2, Value::Null, open("A cough.")));
    assert_eq!(told(&changes[1]), (history.clone(), 3, open("A cough."), open("A bad cough.")));
    let review = ("review_on".to_owned(), 3, Value::Null, json!(day));
    assert_eq!(told(&changes[2]), review);
    assert_eq!(told(&changes[3]), (history, 5, open("A bad cough."), Value::Null));
    assert_eq!(changes[3]["reason"], open("It was another's."));
    let drugs = &changes[4];
    assert_eq!((&drugs["field"], &drugs["before"]), (&json!("prescriptions"), &json!([])));
    assert_eq!(drugs["after"][0]["content"]["open"]["drug"], "Ibuprofen");
    assert_eq!((changes.len(), &page["next"]), (5, &Value::Null));
    for change in changes {
        assert_eq!(change["by"], doctor.id());
        assert_eq!(change["by_name"], "Dr. Ines Adler");
        assert!(change["at"].is_string() && change["position"].is_u64());
    }
    patient.get(&fields).await.refused(403, "forbidden");
    let other = world.server.sign_in("dr.okafor").await;
    other.get(&fields).await.refused(404, "not_found");

    let audit = path.replace("/api/", "/api/audit/") + "/fields";
    let sealed = officer.get(&audit).await.expect(200);
    for words in ["cough", "Ibuprofen", "another's"] {
        assert!(!sealed.to_string().contains(words), "{sealed}");
    }
    let changes = sealed["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 5);
    assert_eq!(
        told(&changes[1]),
        ("medical_history".to_owned(), 3, json!("sealed"), json!("sealed"))
    );
    assert_eq!(changes[4]["after"][0]["content"], "sealed");
    let then = officer.get(&format!("{audit}?position={drafted}")).await.expect(200);
    assert_eq!(then["changes"].as_array().unwrap()[..], changes[..3]);
    let rest = officer.get(&format!("{audit}?after=3")).await.expect(200);
    assert_eq!(rest["changes"].as_array().unwrap()[..], changes[3..]);
    let unknown = format!("/api/audit/consultations/{}/fields", uuid::Uuid::new_v4());
    officer.get(&unknown).await.refused(404, "not_found");
}
