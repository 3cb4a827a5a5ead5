//! Patients see who looked at their record.

use crate::PROGRAM;
use crate::consulting::signed;
use anamnesis_testkit::{User, World};
use serde_json::{Value, json};

async fn report(patient: &User, query: &str) -> Value {
    patient.get(&format!("/api/access-report?{query}")).await.expect(200)
}

fn looks(report: &Value) -> &Vec<Value> {
    report["looks"].as_array().unwrap()
}

#[tokio::test]
async fn a_look_says_who_when_in_which_role_at_what_and_why() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    assert!(looks(&report(&paula, "others=true").await).is_empty());
    let first = paula.say(&room, "It hurts.").await;
    let last = paula.say(&room, "Very much.").await;
    let _ = doctor.get(&format!("/api/rooms/{room}/messages")).await.expect(200);
    let entry = json!({ "treatment_plan": "Rest." });
    let path = signed(&paula, &doctor, 3, &entry).await;
    let _ = paula.get(&path).await.expect(200);

    let all = report(&paula, "").await;
    let own = looks(&all).iter().find(|look| look["what"] == "consultation").unwrap();
    assert_eq!(own["who"], json!({ "account_id": paula.id(), "name": "Paula Moreno" }));
    assert_eq!((&own["role"], &own["reason"]["kind"]), (&json!("patient"), &json!("own")));

    let others = report(&paula, "others=true").await;
    assert!(looks(&others).iter().all(|look| look["who"]["account_id"] == doctor.id()));
    let look = looks(&others).iter().find(|look| look["what"] == "messages").unwrap();
    assert_eq!(look["who"], json!({ "account_id": doctor.id(), "name": "Dr. Ines Adler" }));
    assert_eq!(look["role"], "doctor");
    assert_eq!(look["reason"], json!({ "kind": "care", "grant_id": null, "text": null }));
    let part = &look["parts"][0];
    assert_eq!(
        (&part["id"], &part["from"], &part["through"]),
        (&json!(room), &json!(first), &json!(last))
    );
    assert_eq!(part["with"]["name"], "Dr. Ines Adler");
    let look = looks(&others).iter().find(|look| look["what"] == "consultation").unwrap();
    let id = path.rsplit('/').next().unwrap();
    assert_eq!(look["parts"][0]["id"], id);
    assert!(look["parts"][0]["starts_at"].is_string(), "of which appointment: {look}");

    let at = look["at"].as_str().unwrap();
    let since = report(&paula, &format!("others=true&from={at}")).await;
    assert!(looks(&since).contains(look));
    let before = report(&paula, &format!("others=true&to={at}")).await;
    assert!(!looks(&before).contains(look) && !looks(&before).is_empty());
}

#[tokio::test]
async fn nobody_sees_the_looks_at_another() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let _ = paula.say(&room, "It hurts.").await;
    let _ = doctor.get(&format!("/api/rooms/{room}/messages")).await.expect(200);
    let mira = world.server.register("mira").await;
    let nothing = json!({ "looks": [], "next": null, "openings": [], "live": [] });
    assert_eq!(report(&mira, "").await, nothing);
    for login in ["dr.adler", "admin", "compliance"] {
        let user = world.server.sign_in(login).await;
        user.get("/api/access-report").await.refused(403, "forbidden");
    }
    paula
        .get(&format!("/api/access-report?patient={}", mira.id()))
        .await
        .refused(400, "query_invalid");
}

#[tokio::test]
async fn a_look_by_a_grant_says_which_and_why_and_that_is_read_with_a_record() {
    let world = World::start(PROGRAM).await;
    let (paula, _, room) = world.pair().await;
    let _ = paula.say(&room, "It hurts.").await;
    let officer = world.server.sign_in("compliance").await;
    let wish = json!({ "patient_id": paula.id(), "reason": "A complaint of the patient's." });
    let grant = officer.post("/api/audit/grants", &wish).await.expect(201);
    let _ = officer.get(&format!("/api/rooms/{room}/messages")).await.expect(200);
    let others = report(&paula, "others=true").await;
    let look = &looks(&others)[0];
    assert_eq!((&look["role"], &look["what"]), (&json!("compliance"), &json!("messages")));
    assert_eq!(look["who"]["account_id"], officer.id());
    let reason = json!({
        "kind": "grant", "grant_id": grant["grant_id"], "text": "A complaint of the patient's.",
    });
    assert_eq!(look["reason"], reason);
    let opening = &others["openings"][0];
    assert_eq!(opening["who"]["account_id"], officer.id());
    assert_eq!(opening["reason"], "A complaint of the patient's.");
    assert_eq!(opening["closes_at"], grant["expires_at"]);
    // The officer's words are content as well: that Paula read them is a look of her own.
    let own = report(&paula, "").await;
    let own = looks(&own).iter().find(|look| look["what"] == "grant").unwrap();
    assert_eq!(own["parts"][0]["id"], grant["grant_id"]);
    assert_eq!(own["reason"]["kind"], "own");
    let stored: (i64,) = sqlx::query_as(
        "SELECT count(*) FROM log.events WHERE payload::text || metadata::text LIKE '%complaint%'",
    )
    .fetch_one(world.database.pool())
    .await
    .unwrap();
    assert_eq!(stored.0, 0);
}

#[tokio::test]
async fn a_record_that_was_opened_is_in_the_report_although_nobody_looked() {
    let world = World::start(PROGRAM).await;
    let (paula, ..) = world.pair().await;
    let officer = world.server.sign_in("compliance").await;
    let wish = json!({ "patient_id": paula.id(), "reason": "A complaint of the patient's." });
    let grant = officer.post("/api/audit/grants", &wish).await.expect(201);
    let end = format!("/api/audit/grants/{}/end", grant["grant_id"].as_str().unwrap());
    let ended = officer.post(&end, &json!({})).await.expect(200);
    let told = report(&paula, "others=true").await;
    assert_eq!(told["looks"], json!([]));
    assert_eq!(told["openings"][0]["grant_id"], grant["grant_id"]);
    assert_eq!(told["openings"][0]["closes_at"], ended["ended_at"]);
    let before = grant["granted_at"].as_str().unwrap();
    assert_eq!(report(&paula, &format!("to={before}")).await["openings"], json!([]));
    let file = paula.get("/api/my-data").await.expect(200);
    assert_eq!(file["openings"], told["openings"]);
    assert_eq!(file["complete"], true);
}

#[tokio::test]
async fn who_follows_live_is_named_on_the_first_page() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    assert_eq!(report(&paula, "").await["live"], json!([]));
    let mut socket = doctor.connect(None).await;
    socket.expect("reset").await;
    let okafor = world.server.sign_in("dr.okafor").await;
    let mut stranger = okafor.connect(None).await;
    stranger.expect("reset").await;
    for _message in 0..2 {
        let written = paula.say(&room, "It hurts.").await;
        let _ = paula.get(&format!("/api/rooms/{room}/messages/{written}")).await.expect(200);
    }
    let first = report(&paula, "limit=1").await;
    assert_eq!(first["live"].as_array().unwrap().len(), 1, "{first}");
    assert_eq!(first["live"][0]["who"]["account_id"], doctor.id());
    assert!(first["live"][0]["began_at"].is_string());
    let next = first["next"].as_str().unwrap();
    let second = report(&paula, &format!("limit=1&before={next}")).await;
    assert_eq!(second["live"], json!([]));
}

#[tokio::test]
async fn pages_lose_and_double_nothing_also_where_most_looks_are_own() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let mut of_doctor = 0;
    for number in 0..12 {
        let written = paula.say(&room, "It hurts.").await;
        let path = format!("/api/rooms/{room}/messages/{written}");
        let _ = paula.get(&path).await.expect(200);
        if number % 4 == 0 {
            let _ = doctor.get(&path).await.expect(200);
            of_doctor += 1;
        }
    }
    let all = report(&paula, "limit=100").await;
    assert!(all["next"].is_null());
    for (query, expected) in [("", looks(&all).len()), ("others=true&", of_doctor)] {
        let (mut seen, mut next) = (Vec::new(), String::new());
        loop {
            let page = report(&paula, &format!("{query}limit=2{next}")).await;
            seen.extend(looks(&page).clone());
            let Some(before) = page["next"].as_str() else { break };
            next = format!("&before={before}");
        }
        assert_eq!(seen.len(), expected, "{query}");
        let known = looks(&all);
        let mut places: Vec<_> =
            seen.iter().map(|look| known.iter().position(|one| one == look).unwrap()).collect();
        assert!(places.is_sorted());
        places.dedup();
        assert_eq!(places.len(), seen.len());
    }
    let page = report(&paula, "limit=2").await;
    let cursor = page["next"].as_str().unwrap();
    let other = format!("/api/access-report?limit=2&others=true&before={cursor}");
    paula.get(&other).await.refused(400, "page_invalid");
    let from = "/api/access-report?from=2031-01-01T00:00:00Z&to=2030-01-01T00:00:00Z";
    paula.get(from).await.refused(422, "period_invalid");
}

#[tokio::test]
async fn a_report_that_can_not_be_recorded_or_is_not_complete_is_not_shown() {
    let world = World::start(PROGRAM).await;
    let (paula, ..) = world.pair().await;
    let owner = world.database.owner_pool();
    sqlx::query("REVOKE INSERT ON log.events FROM anamnesis_app").execute(owner).await.unwrap();
    assert_eq!(paula.get("/api/access-report").await.status, 503);
    sqlx::query("GRANT INSERT ON log.events TO anamnesis_app").execute(owner).await.unwrap();
    let _ = report(&paula, "").await;
    // The trail does not move while somebody holds its checkpoint.
    let mut held = owner.begin().await.unwrap();
    sqlx::query("SELECT FROM read.checkpoints WHERE projection = 'trail' FOR UPDATE")
        .execute(&mut *held)
        .await
        .unwrap();
    paula.get("/api/access-report").await.refused(503, "read_models_lag");
    held.rollback().await.unwrap();
    let _ = report(&paula, "").await;
}
