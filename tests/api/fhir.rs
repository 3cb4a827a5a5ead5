//! The trail over FHIR: searched, paged, read one by one, and refused as FHIR refuses.

use crate::PROGRAM;
use anamnesis_testkit::{Answer, User, World};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

async fn search(officer: &User, query: &str) -> Value {
    officer.get(&format!("/fhir/R4/AuditEvent?{query}")).await.expect(200)
}

fn resources(bundle: &Value) -> Vec<&Value> {
    bundle["entry"].as_array().into_iter().flatten().map(|entry| &entry["resource"]).collect()
}

fn ids(bundle: &Value) -> Vec<u64> {
    resources(bundle).iter().map(|one| one["id"].as_str().unwrap().parse().unwrap()).collect()
}

fn link(bundle: &Value, relation: &str) -> Option<String> {
    let links = bundle["link"].as_array().unwrap();
    let found = links.iter().find(|link| link["relation"] == relation)?;
    Some(found["url"].as_str().unwrap().to_owned())
}

/// The path of an address with its query.
fn path(address: &str) -> String {
    let (_, rest) = address.split_once("://").unwrap();
    rest[rest.find('/').unwrap()..].to_owned()
}

fn outcome(answer: &Answer, status: u16, issue: &str, code: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.body["resourceType"], "OperationOutcome");
    let one = &answer.body["issue"][0];
    assert_eq!((&one["severity"], &one["code"]), (&json!("error"), &json!(issue)), "{one}");
    assert_eq!(one["details"]["coding"][0]["code"], code);
}

#[tokio::test]
async fn what_happened_to_a_patient_is_found_by_what_fhir_clients_ask() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (paula, doctor, room) = world.pair().await;
    let request_id = "5cc9aef8-0c6c-4c1c-9d3b-1f7f1a6f2b12";
    let post = doctor.request(Method::POST, &format!("/api/rooms/{room}/messages"));
    let post = post.header("x-request-id", request_id).json(&json!({ "body": "Rest a day." }));
    let _ = doctor.send(post).await.expect(201);
    let _ = paula.get(&format!("/api/rooms/{room}/messages")).await.expect(200);

    let created =
        search(&officer, &format!("patient=Patient/{}&action=C&_count=1", paula.id())).await;
    assert_eq!(
        (&created["resourceType"], &created["type"]),
        (&json!("Bundle"), &json!("searchset"))
    );
    assert_eq!(created["entry"][0]["search"]["mode"], "match");
    let one = resources(&created)[0].clone();
    assert_eq!(one["subtype"][0]["code"], "create");
    assert_eq!(
        one["meta"]["profile"][0],
        "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientCreate"
    );
    let user = &one["agent"][2];
    assert_eq!(user["who"]["reference"], format!("Practitioner/{}", doctor.id()));
    assert_eq!(
        (&user["name"], &user["role"][0]["text"]),
        (&json!("Dr. Ines Adler"), &json!("doctor"))
    );
    let told: Vec<_> = one["entity"].as_array().unwrap().iter().map(|one| &one["what"]).collect();
    assert_eq!(told[0]["reference"], format!("Patient/{}", paula.id()));
    assert_eq!(told[1]["reference"], format!("Communication/{room}"));
    assert_eq!(told[2]["identifier"]["value"], request_id);
    assert!(!one.to_string().contains("Rest a day"), "{one}");
    let id = &one["id"];
    let at = one["recorded"].as_str().unwrap();

    let own = format!("Practitioner/{}", doctor.id());
    for query in [
        format!("patient={}", paula.id()),
        format!("patient=urn:uuid:{}&type=rest", paula.id()),
        format!("agent={own}&action=C,R"),
        format!("entity=Communication/{room}"),
        format!("entity=Patient/{}&outcome=0", paula.id()),
        format!("date={at}&patient={}", paula.id()),
        format!("date=ge{at}&date=le{at}&action=C"),
        "type=http://terminology.hl7.org/CodeSystem/audit-event-type|rest&action=C".to_owned(),
    ] {
        let found = search(&officer, &format!("{query}&_count=100")).await;
        assert!(resources(&found).iter().any(|found| found["id"] == *id), "{query}: {found}");
    }
    for query in [
        format!("agent={own}&patient={}&action=D", paula.id()),
        format!("patient={}&patient={}", paula.id(), doctor.id()),
        format!("date=lt{at}&date=gt{at}"),
        "date=ge9000".to_owned(),
        "outcome=8,12".to_owned(),
        format!("agent=Patient/{}&type=110113", paula.id()),
    ] {
        let found = search(&officer, &query).await;
        assert_eq!(
            (&found["entry"], link(&found, "next")),
            (&Value::Null, None),
            "{query}: {found}"
        );
    }

    let reads = search(&officer, &format!("patient={}&action=R&_count=1", paula.id())).await;
    assert_eq!(resources(&reads)[0]["subtype"][0]["code"], "read");
    let path = format!("/fhir/R4/AuditEvent/{}", id.as_str().unwrap());
    assert_eq!(officer.get(&path).await.expect(200), one);
}

#[tokio::test]
async fn pages_together_are_the_whole_search_and_each_event_is_there_once() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (paula, doctor, room) = world.pair().await;
    for number in 0..12 {
        let said = doctor.say(&room, &format!("Message {number}")).await;
        let path = format!("/api/rooms/{room}/messages/{said}");
        let _ = doctor.patch(&path, &json!({ "body": "Better." })).await.expect(200);
        let _ = paula.put(&format!("{path}/reactions/heart")).await.expect(200);
    }
    let query = format!("entity=Communication/{room}&action=C,U");
    let whole = ids(&search(&officer, &format!("{query}&_count=100")).await);
    assert!(whole.len() > 36 && whole.is_sorted_by(|a, b| a > b), "{whole:?}");
    let mut paged = Vec::new();
    let mut page = search(&officer, &format!("{query}&_count=5")).await;
    loop {
        assert!(ids(&page).len() <= 5);
        paged.extend(ids(&page));
        let own = link(&page, "self").unwrap();
        assert!(own.contains("entity=Communication%2F") && own.contains("_count=5"), "{own}");
        let Some(next) = link(&page, "next") else { break };
        page = officer.get(&path(&next)).await.expect(200);
    }
    assert_eq!(paged, whole);
    // A page belongs to its own search.
    let page = search(&officer, &format!("{query}&_count=5")).await;
    let next = path(&link(&page, "next").unwrap());
    let other = officer.get(&next.replace("C%2CU", "C")).await;
    outcome(&other, 400, "invalid", "page_invalid");
}

#[tokio::test]
async fn each_look_is_in_the_trail_before_it_is_answered() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (paula, ..) = world.pair().await;
    let found = search(&officer, &format!("patient={}&action=C&_count=1", paula.id())).await;
    let read = format!("/fhir/R4/AuditEvent/{}", ids(&found)[0]);
    let _ = officer.get(&read).await.expect(200);
    let looks = format!("agent=Person/{}&action=E&type=rest", officer.id());
    let looks = search(&officer, &looks).await;
    let words: Vec<_> =
        resources(&looks).iter().map(|look| look["text"]["div"].as_str().unwrap()).collect();
    assert!(words[0].contains("(fhir_read) by position"), "{words:?}");
    assert!(words[1].contains(&format!("(fhir_search) by action C, patient {}", paula.id())));
    // Whoever searched for the patient has a line with the patient, and what was asked.
    let look = resources(&looks)[1];
    let profile = look["meta"]["profile"][0].as_str().unwrap();
    assert!(profile.ends_with("IHE.BasicAudit.PatientQuery"), "{profile}");
    assert!(look["entity"][1]["query"].is_string(), "{look}");

    let owner = world.database.owner_pool();
    sqlx::query("REVOKE INSERT ON log.events FROM anamnesis_app").execute(owner).await.unwrap();
    for path in ["/fhir/R4/AuditEvent", &read] {
        let Answer { status, body, .. } = officer.get(path).await;
        assert_eq!((status, &body["resourceType"]), (503, &json!("OperationOutcome")), "{body}");
    }
}

#[tokio::test]
async fn failures_and_refusals_have_outcomes() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let (paula, ..) = world.pair().await;
    let stranger = User::stranger(world.server.address());
    let wrong = json!({ "login": "paula", "password": "no password" });
    stranger.post("/api/auth/login", &wrong).await.refused(401, "credentials_wrong");
    paula.get("/api/audit/events").await.refused(403, "forbidden");
    let found = search(&officer, "outcome=4").await;
    let kinds: BTreeSet<_> = resources(&found)
        .iter()
        .map(|one| (one["type"]["code"].as_str().unwrap(), one["outcomeDesc"].as_str().unwrap()))
        .collect();
    assert_eq!(kinds, [("110113", "search_trail"), ("110114", "wrong_password")].into());
    let logins = search(&officer, "type=110114&outcome=4").await;
    assert_eq!(ids(&logins).len(), 1);
}

#[tokio::test]
async fn what_is_not_understood_is_refused_as_fhir_does() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let paula = world.server.sign_in("paula").await;
    for query in [
        "patients=1",
        "patient:missing=true",
        "patient=Doctor/01980b5e-0a4c-7d3e-9c61-2f0d5a7b8e94",
        "patient=paula",
        "date=yesterday",
        "date=ne2027",
        "action=X",
        "type=110100",
        "outcome=1",
        "_count=0",
        "_count=many",
        "_format=xml",
        "agent=01980b5e-0a4c-7d3e-9c61-2f0d5a7b8e94&agent=01980b5e-0a4c-7d3e-9c61-2f0d5a7b8e95",
    ] {
        let answer = officer.get(&format!("/fhir/R4/AuditEvent?{query}")).await;
        outcome(&answer, 400, "invalid", "query_invalid");
    }
    let answer = officer.get("/fhir/R4/AuditEvent?_page=x").await;
    outcome(&answer, 400, "invalid", "page_invalid");
    outcome(&paula.get("/fhir/R4/AuditEvent").await, 403, "forbidden", "forbidden");
    let stranger = User::stranger(world.server.address());
    outcome(&stranger.get("/fhir/R4/AuditEvent").await, 401, "login", "not_signed_in");
    for nothing in ["AuditEvent/0", "AuditEvent/99999999", "AuditEvent/x", "Patient/1"] {
        let answer = officer.get(&format!("/fhir/R4/{nothing}")).await;
        outcome(&answer, 404, "not-found", "not_found");
    }
    let request = officer.request(Method::DELETE, "/fhir/R4/AuditEvent/1");
    outcome(&officer.send(request).await, 405, "not-supported", "method_not_allowed");
}

#[tokio::test]
async fn the_capability_statement_says_what_there_is() {
    let world = World::start(PROGRAM).await;
    let stranger = User::stranger(world.server.address());
    let request = stranger.request(Method::GET, "/fhir/R4/metadata");
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/fhir+json");
    let statement: Value = response.json().await.unwrap();
    assert_eq!(statement["resourceType"], "CapabilityStatement");
    assert_eq!(statement["fhirVersion"], "4.0.1");
    // cpb-1 to cpb-3: what a statement must have.
    for name in ["status", "date", "kind", "format", "rest", "software", "implementation"] {
        assert!(!statement[name].is_null(), "{name}");
    }
    let officer = world.server.sign_in("compliance").await;
    let resource = &statement["rest"][0]["resource"][0];
    assert_eq!(resource["type"], "AuditEvent");
    let example = |kind: &str, name: &str| match (kind, name) {
        ("reference", _) => "01980b5e-0a4c-7d3e-9c61-2f0d5a7b8e94",
        ("date", _) => "2027",
        (_, "type") => "rest",
        (_, "action") => "C",
        _ => "0",
    };
    let declared = resource["searchParam"].as_array().unwrap();
    for name in ["patient", "agent", "entity", "date", "type", "action", "outcome"] {
        assert!(declared.iter().any(|parameter| parameter["name"] == name), "{name}");
    }
    for parameter in declared {
        let (name, kind) = (&parameter["name"], &parameter["type"]);
        let (name, kind) = (name.as_str().unwrap(), kind.as_str().unwrap());
        let _ = search(&officer, &format!("{name}={}", example(kind, name))).await;
    }
}
