//! Whom the trail can be searched for, as compliance officers find them by name.

use crate::PROGRAM;
use crate::people;
use anamnesis_testkit::{User, World};
use serde_json::{Value, json};

const PATH: &str = "/api/audit/people";

async fn names(officer: &User, wish: &Value) -> Vec<String> {
    let found = officer.post(PATH, wish).await.expect(200);
    let people = found["people"].as_array().unwrap();
    people.iter().map(|person| person["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn people_are_found_by_the_beginnings_of_their_names_or_by_their_ids() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (paula, doctor, _) = world.pair().await;
    let found = officer.post(PATH, &json!({ "name": "mor pau" })).await.expect(200);
    let expected = json!({
        "account_id": paula.id(), "name": "Paula Moreno", "role": "patient", "status": "active",
    });
    assert_eq!(found, json!({ "people": [expected], "more": false }));
    for (wish, expected) in [
        (json!({ "name": "ADLER" }), vec!["Dr. Ines Adler"]),
        (json!({ "name": "adler", "role": "patient" }), vec![]),
        (json!({ "name": "dr", "role": "doctor" }), vec!["Dr. Chidi Okafor", "Dr. Ines Adler"]),
        (json!({ "name": "nobody of that name" }), vec![]),
        (json!({ "name": "p".repeat(200) }), vec![]),
        (json!({ "name": "' & | ! : *" }), vec![]),
        (json!({ "ids": [doctor.id(), uuid::Uuid::new_v4()] }), vec!["Dr. Ines Adler"]),
    ] {
        assert_eq!(names(&officer, &wish).await, expected, "{wish}");
    }
}

#[tokio::test]
async fn who_has_gone_is_found_as_well() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let admin = world.server.sign_in("admin").await;
    let id = people::request(&world.server, "leaver", "doctor").await;
    let _ = people::decide(&admin, &id, "approve", &json!({ "role": "doctor" })).await.expect(200);
    let left = json!({ "reason": "left" });
    let _ = people::decide(&admin, &id, "deactivate", &left).await.expect(200);
    let found = officer.post(PATH, &json!({ "ids": [id] })).await.expect(200);
    assert_eq!(found["people"][0]["status"], "deactivated", "{found}");
}

#[tokio::test]
async fn that_it_was_asked_is_in_the_trail_and_the_name_is_not() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let _ = officer.post(PATH, &json!({ "name": "Paula", "role": "patient" })).await.expect(200);
    let query = format!("/api/audit/events?action=trail_read&person={}", officer.id());
    let looks = officer.get(&query).await.expect(200);
    let words = looks["events"][0]["words"].as_str().unwrap();
    assert!(words.ends_with("looked at the audit trail (people) by role patient"), "{words}");
    let stored: Vec<(String,)> =
        sqlx::query_as("SELECT payload::text FROM log.events WHERE event_type = 'TrailRead'")
            .fetch_all(world.database.pool())
            .await
            .unwrap();
    assert!(stored.iter().all(|(payload,)| !payload.contains("Paula")), "{stored:?}");
}

#[tokio::test]
async fn what_asks_for_nobody_or_for_too_many_is_refused_and_not_recorded() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let many: Vec<_> = (0..101).map(|_| uuid::Uuid::new_v4()).collect();
    for wish in [
        json!({}),
        json!({ "name": " " }),
        json!({ "name": "p".repeat(201) }),
        json!({ "role": "patient" }),
        json!({ "ids": [] }),
        json!({ "ids": many }),
        json!({ "ids": [officer.id()], "name": "paula" }),
        json!({ "ids": [officer.id()], "role": "compliance" }),
        json!({ "name": "paula", "colour": "red" }),
    ] {
        officer.post(PATH, &wish).await.refused(422, "body_invalid");
    }
    let query = format!("/api/audit/events?action=trail_read&person={}", officer.id());
    assert_eq!(officer.get(&query).await.expect(200)["events"], json!([]));
    let doctor = world.server.sign_in("dr.adler").await;
    doctor.post(PATH, &json!({ "name": "paula" })).await.refused(403, "forbidden");
}
