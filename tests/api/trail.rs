//! The audit trail, as compliance officers search it.

use crate::PROGRAM;
use anamnesis_testkit::{Answer, User, World};
use serde_json::{Value, json};
use std::collections::BTreeSet;

async fn search(officer: &User, query: &str) -> Value {
    officer.get(&format!("/api/audit/events?limit=100&{query}")).await.expect(200)
}

fn lines(page: &Value) -> &Vec<Value> {
    page["events"].as_array().unwrap()
}

fn told<'p>(page: &'p Value, key: &str) -> Vec<&'p str> {
    lines(page).iter().map(|line| line[key].as_str().unwrap()).collect()
}

fn first(page: &Value) -> &Value {
    &lines(page)[0]
}

#[tokio::test]
async fn an_event_is_found_by_person_patient_record_action_outcome_time_and_request() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (paula, doctor, room) = world.pair().await;
    let request_id = "5cc9aef8-0c6c-4c1c-9d3b-1f7f1a6f2b11";
    let post = doctor.request(reqwest::Method::POST, &format!("/api/rooms/{room}/messages"));
    let post = post.header("x-request-id", request_id).json(&json!({ "body": "Rest a day." }));
    let number = doctor.send(post).await.expect(201)["sequence"].as_u64().unwrap();
    let found = search(&officer, &format!("request_id={request_id}")).await;
    assert_eq!(lines(&found).len(), 1, "{found}");
    let line = first(&found);
    assert_eq!(line["action"], "message_posted");
    assert_eq!(line["outcome"], "success");
    assert_eq!(line["words"], format!("Dr. Ines Adler wrote message {number}"));
    assert_eq!(line["actor"]["account_id"], doctor.id());
    assert_eq!(line["actor"]["role"], "doctor");
    assert_eq!(line["patient"], paula.id());
    assert_eq!(line["record"], json!({ "kind": "room", "id": room }));
    assert_eq!(line["request_id"], request_id);
    let at = line["at"].as_str().unwrap();
    for query in [
        format!("person={}&action=message_posted", doctor.id()),
        format!("patient={}", paula.id()),
        format!("record={room}"),
        "action=message_posted".to_owned(),
        format!("record={room}&outcome=success"),
        format!("from={at}&record={room}"),
        format!("person={}&patient={}&record={room}&from={at}", doctor.id(), paula.id()),
    ] {
        let found = search(&officer, &query).await;
        // Looks for the same are found beside it.
        assert!(lines(&found).contains(line), "{query}: {found}");
    }
    for query in [
        format!("person={}&action=message_posted", paula.id()),
        format!("person={}&record={room}&outcome=denied", doctor.id()),
        format!("to={at}&request_id={request_id}"),
        "from=9998-01-01T00:00:00Z".to_owned(),
        format!("person={}", uuid::Uuid::new_v4()),
    ] {
        let found = search(&officer, &query).await;
        assert_eq!(found, json!({ "events": [], "next": null }), "{query}");
    }
}

#[tokio::test]
async fn what_was_tried_is_found_by_its_patient() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (paula, _, room) = world.pair().await;
    let carl = world.server.register("carl").await;
    carl.get(&format!("/api/rooms/{room}/messages")).await.refused(404, "not_found");
    for query in [format!("patient={}", paula.id()), format!("record={room}")] {
        let found = search(&officer, &format!("{query}&outcome=denied")).await;
        assert_eq!(lines(&found).len(), 1, "{found}");
        assert_eq!(first(&found)["actor"]["account_id"], carl.id());
        assert_eq!(first(&found)["patient"], paula.id());
    }
    // It is not a matter of whoever tried.
    let found = search(&officer, &format!("patient={}&outcome=denied", carl.id())).await;
    assert_eq!(lines(&found).len(), 0, "{found}");
}

#[tokio::test]
async fn every_look_is_in_the_trail_and_none_finds_itself() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (paula, _, room) = world.pair().await;
    let mine = format!("person={}&action=trail_read", officer.id());
    assert_eq!(lines(&search(&officer, &mine).await).len(), 0);
    let _ = search(&officer, &format!("patient={}", paula.id())).await;
    let path = format!("/api/audit/timeline/room/{room}");
    let _ = officer.get(&path).await.expect(200);
    let found = search(&officer, &mine).await;
    let name = lines(&found)[0]["actor"]["name"].as_str().unwrap().to_owned();
    let expected = [
        format!("{name} looked at the audit trail (timeline) by kind room, record {room}"),
        format!("{name} looked at the audit trail (search) by patient {}", paula.id()),
        format!(
            "{name} looked at the audit trail (search) by action trail_read, person {}",
            officer.id()
        ),
    ];
    assert_eq!(told(&found, "words"), expected);
    // Who looks for a patient has looked at the patient.
    let concerning = search(&officer, &format!("patient={}&action=trail_read", paula.id())).await;
    assert_eq!(lines(&concerning).len(), 1, "{concerning}");
    // Also a look for nothing, and for what there is not.
    let nothing = format!("/api/audit/timeline/room/{}", uuid::Uuid::new_v4());
    officer.get(&nothing).await.refused(404, "not_found");
    assert_eq!(lines(&search(&officer, &mine).await).len(), 6);
}

#[tokio::test]
async fn a_look_that_can_not_be_recorded_shows_nothing() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (_, _, room) = world.pair().await;
    let owner = world.database.owner_pool();
    sqlx::query("REVOKE INSERT ON log.events FROM anamnesis_app").execute(owner).await.unwrap();
    for path in ["/api/audit/events".to_owned(), format!("/api/audit/timeline/room/{room}")] {
        let Answer { status, body, .. } = officer.get(&path).await;
        assert_eq!(status, 503, "{path}: {body}");
        assert!(body["events"].is_null() && body["code"].is_string(), "{path}: {body}");
    }
    sqlx::query("GRANT INSERT ON log.events TO anamnesis_app").execute(owner).await.unwrap();
    let _ = officer.get("/api/audit/events").await.expect(200);
}

#[tokio::test]
async fn pages_lose_and_double_nothing_while_more_is_written() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (paula, _, room) = world.pair().await;
    for index in 0..25 {
        paula.say(&room, &format!("Before {index}")).await;
    }
    for filters in
        [format!("record={room}"), String::new(), format!("person={}&record={room}", paula.id())]
    {
        let all = search(&officer, &filters).await;
        assert_eq!(all["next"], Value::Null, "one page has it all");
        let newest = first(&all)["position"].as_u64().unwrap();
        let (mut found, mut before) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/audit/events?limit=4&{filters}{before}");
            let page = officer.get(&path).await.expect(200);
            found.extend(lines(&page).iter().map(|line| line["position"].as_u64().unwrap()));
            paula.say(&room, "Meanwhile").await;
            let Some(next) = page["next"].as_str() else { break };
            before = format!("&before={next}");
        }
        let distinct: BTreeSet<u64> = found.iter().copied().collect();
        assert_eq!(distinct.len(), found.len(), "{filters}: doubled");
        assert!(found.is_sorted_by(|one, next| one > next), "{filters}: not in order");
        let old: Vec<u64> = found.into_iter().filter(|position| *position <= newest).collect();
        let expected: Vec<u64> =
            lines(&all).iter().map(|line| line["position"].as_u64().unwrap()).collect();
        assert_eq!(old, expected, "{filters}");
    }
}

#[tokio::test]
async fn a_timeline_tells_in_order_what_happened_to_one_record() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let paula = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    let booking = anamnesis_testkit::booking(&doctor.id(), 2);
    let booked = paula.post("/api/appointments", &booking).await.expect(201);
    let id = booked["appointment_id"].as_str().unwrap();
    let later = anamnesis_testkit::booking(&doctor.id(), 3);
    let time = json!({
        "starts_at": later["starts_at"], "ends_at": later["ends_at"], "zone": later["zone"],
    });
    let _ = doctor.patch(&format!("/api/appointments/{id}"), &time).await.expect(200);
    let path = format!("/api/audit/timeline/appointment/{id}");
    let page = officer.get(&path).await.expect(200);
    let actions = told(&page, "action");
    assert_eq!(actions[0], "appointment_booked", "{page}");
    let words = told(&page, "words");
    assert!(words[0].starts_with("Paula Moreno booked Dr. Ines Adler for "), "{words:?}");
    assert!(words[0].ends_with(" UTC, reason: ‹sealed›"), "{words:?}");
    assert!(!page.to_string().contains("It hurts"), "{page}");
    let moved = words.iter().find(|line| line.contains(" moved the appointment from ")).unwrap();
    let day = |value: &Value| value["starts_at"].as_str().unwrap()[..10].to_owned();
    let expected = format!(
        "Dr. Ines Adler moved the appointment from {0} 09:00 to 09:30 UTC to {1} 09:00 to 09:30 UTC",
        day(&booking),
        day(&later),
    );
    assert_eq!(**moved, expected);
    // Page by page, the same.
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let page = officer.get(&format!("{path}?limit=2{after}")).await.expect(200);
        found.extend(lines(&page).clone());
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(found[..words.len()], lines(&page)[..]);
    for (kind, id) in
        [("account", paula.id()), ("consultation", doctor.id()), ("room", id.to_owned())]
    {
        let answer = officer.get(&format!("/api/audit/timeline/{kind}/{id}")).await;
        assert_eq!(answer.status, if kind == "account" { 200 } else { 404 }, "{kind}");
    }
}

#[tokio::test]
async fn what_makes_no_search_is_refused() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (paula, ..) = world.pair().await;
    let page = officer.get("/api/audit/events?limit=1").await.expect(200);
    let cursor = page["next"].as_str().unwrap();
    for (query, status, code) in [
        (format!("before={cursor}&person={}", paula.id()), 400, "page_invalid"),
        ("before=1".to_owned(), 400, "page_invalid"),
        (format!("before={cursor}1x"), 400, "page_invalid"),
        ("action=nonsense".to_owned(), 422, "action_unknown"),
        ("outcome=nonsense".to_owned(), 400, "query_invalid"),
        ("person=paula".to_owned(), 400, "query_invalid"),
        ("words=hurts".to_owned(), 400, "query_invalid"),
        ("from=2031-05-09T00:00:00Z&to=2031-05-08T00:00:00Z".to_owned(), 422, "period_invalid"),
        ("from=-0001-05-09T00:00:00Z".to_owned(), 422, "period_invalid"),
    ] {
        let answer = officer.get(&format!("/api/audit/events?{query}")).await;
        assert_eq!((answer.status, answer.body["code"].as_str()), (status, Some(code)), "{query}");
    }
    let timeline = format!("/api/audit/timeline/account/{}", paula.id());
    officer.get(&format!("{timeline}?after={cursor}")).await.refused(400, "page_invalid");
    officer.get("/api/audit/timeline/account/paula").await.refused(404, "not_found");
    officer
        .get(&format!("/api/audit/timeline/nonsense/{}", paula.id()))
        .await
        .refused(404, "not_found");
}
