//! What somebody could see at a moment, as the permissions then decide it.

use crate::PROGRAM;
use crate::as_of::position;
use anamnesis_testkit::{User, World, booking};
use serde_json::{Value, json};

async fn could_see(officer: &User, account: &str, at: i64) -> Value {
    let path = format!("/api/audit/could-see/{account}?position={at}");
    officer.get(&path).await.expect(200)
}

/// Kind and what is said of it: an appointment's status, whether a consultation was signed.
fn records(view: &Value) -> Vec<(String, Value)> {
    let one = |record: &Value| {
        let said = [&record["status"], &record["signed"]];
        let said = said.into_iter().find(|said| !said.is_null());
        (record["kind"].as_str().unwrap().to_owned(), said.cloned().unwrap_or_default())
    };
    view["records"].as_array().unwrap().iter().map(one).collect()
}

fn of(kind: &str, said: Value) -> (String, Value) {
    (kind.to_owned(), said)
}

#[tokio::test]
async fn each_sees_what_was_theirs_at_that_moment_and_nothing_else() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let paula = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    let stranger = world.server.sign_in("dr.okafor").await;
    let (patient_id, doctor_id) = (paula.id(), doctor.id());
    let at_first = position(&world).await;
    let booked = paula.post("/api/appointments", &booking(&doctor_id, 2)).await.expect(201);
    let appointment = format!("/api/appointments/{}", booked["appointment_id"].as_str().unwrap());
    let open = json!({ "appointment_id": booked["appointment_id"] });
    let opened = doctor.post("/api/consultations", &open).await.expect(201);
    let consultation = crate::consulting::path(&opened);
    let _ = doctor.patch(&consultation, &json!({ "treatment_plan": "Rest." })).await.expect(200);
    let drafted = position(&world).await;
    let _ = doctor.post(&format!("{consultation}/sign"), &Value::Null).await.expect(200);
    let signed = position(&world).await;
    let _ = paula.delete(&appointment).await.expect(204);
    let deleted = position(&world).await;

    let (room, scheduled) = (of("room", Value::Null), of("appointment", json!("scheduled")));
    let draft = of("consultation", json!(false));
    let record = of("consultation", json!(true));
    for (who, at, expected) in [
        (&patient_id, at_first, vec![]),
        (&doctor_id, at_first, vec![]),
        (&patient_id, drafted, vec![room.clone(), scheduled.clone()]),
        (&doctor_id, drafted, vec![room.clone(), scheduled.clone(), draft]),
        (&patient_id, signed, vec![room.clone(), scheduled.clone(), record.clone()]),
        (&doctor_id, signed, vec![room.clone(), scheduled, record.clone()]),
        (&patient_id, deleted, vec![room.clone(), record.clone()]),
        (&doctor_id, deleted, vec![room, record]),
        (&stranger.id(), deleted, vec![]),
    ] {
        let view = could_see(&officer, who, at).await;
        assert_eq!(records(&view), expected, "{who} at {at}: {view}");
        assert_eq!((&view["position"], &view["next"]), (&json!(at), &Value::Null));
    }
    let view = could_see(&officer, &doctor_id, signed).await;
    let may = view["records"][0]["may"].as_array().unwrap();
    assert!(
        may.contains(&json!("read_messages")) && may.contains(&json!("list_patient_medicines"))
    );
    assert_eq!(view["records"][0]["patient_id"], patient_id);
    assert!(view["by_role"].as_array().unwrap().contains(&json!("set_hours")));
    let own = could_see(&officer, &officer.id(), signed).await;
    assert!(own["by_role"].as_array().unwrap().contains(&json!("read_as_of")));
    assert!(own["by_role"].as_array().unwrap().contains(&json!("break_glass")));
    assert_eq!((&own["records"], &own["grants"]), (&json!([]), &json!([])));

    // Pages lose and double nothing.
    let whole = could_see(&officer, &doctor_id, signed).await;
    let (mut paged, mut after) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/audit/could-see/{doctor_id}?position={signed}&limit=1{after}");
        let page = officer.get(&path).await.expect(200);
        paged.extend(page["records"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(json!(paged), whole["records"]);
}

#[tokio::test]
async fn who_was_not_let_in_could_see_nothing_and_sessions_say_who_was_there() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let admin = world.server.sign_in("admin").await;
    let (_, doctor, _) = world.pair().await;
    let there = position(&world).await;
    let view = could_see(&officer, &doctor.id(), there).await;
    assert_eq!(
        (view["sessions"].as_array().unwrap().len(), &view["status"]),
        (1, &json!("active"))
    );
    assert!(!view["records"].as_array().unwrap().is_empty());

    let path = format!("/api/users/{}/deactivate", doctor.id());
    let _ = admin.post(&path, &json!({ "reason": "left" })).await.expect(200);
    let gone = position(&world).await;
    let view = could_see(&officer, &doctor.id(), gone).await;
    assert_eq!((&view["status"], &view["records"]), (&json!("deactivated"), &json!([])));
    assert_eq!(view["by_role"], json!([]));
    // As it was is as it was, whatever came later.
    let view = could_see(&officer, &doctor.id(), there).await;
    assert_eq!((&view["status"], &view["role"]), (&json!("active"), &json!("doctor")));
    assert!(!view["records"].as_array().unwrap().is_empty());

    let mira = world.server.register("mira").await;
    let signed_in = position(&world).await;
    let _ = mira.post("/api/auth/logout", &json!({})).await.expect(204);
    let view = could_see(&officer, &mira.id(), signed_in).await;
    assert_eq!(view["sessions"].as_array().unwrap().len(), 1, "{view}");
    let before = format!("/api/audit/could-see/{}?position={there}", mira.id());
    officer.get(&before).await.refused(404, "not_there_yet");
    // The event of the end is written a moment after the session is over.
    loop {
        let now = position(&world).await;
        let view = could_see(&officer, &mira.id(), now).await;
        if view["sessions"] == json!([]) {
            break;
        }
    }
}
