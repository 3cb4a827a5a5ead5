//! Patients take along all that is kept about them.

use crate::PROGRAM;
use crate::consulting::signed;
use anamnesis::http::my_data::Section;
use anamnesis_testkit::{User, World};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

const SCRIPT: &str = "<script>alert(1)</script> & \"more\"";

async fn download(patient: &User, query: &str) -> (HeaderMap, String) {
    let request = patient.request(Method::GET, &format!("/api/my-data{query}"));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    let headers = response.headers().clone();
    (headers, response.text().await.unwrap())
}

async fn in_json(patient: &User) -> Value {
    serde_json::from_str(&download(patient, "").await.1).unwrap()
}

/// Everything that a patient can have.
async fn live(world: &World) -> (User, User) {
    let (paula, doctor, room) = world.pair().await;
    let hurts = paula.say(&room, "It hurts.").await;
    let path = format!("/api/rooms/{room}/messages/{hurts}");
    let _ = paula.patch(&path, &json!({ "body": "It hurts a lot." })).await.expect(200);
    let slip = paula.say(&room, "A secret slip.").await;
    let _ = paula.delete(&format!("/api/rooms/{room}/messages/{slip}")).await.expect(200);
    let _ = doctor.say(&room, SCRIPT).await;
    let reaction = format!("/api/rooms/{room}/messages/{hurts}/reactions/heart");
    let _ = doctor.put(&reaction).await.expect(200);
    let entry = json!({
        "treatment_plan": "Rest.\nAnd tea.",
        "prescriptions": [{ "drug": "Ibuprofen", "dose": "400 mg", "duration_days": 7 }],
    });
    let path = signed(&paula, &doctor, 3, &entry).await;
    for text in ["Coffee, not tea.", "It was not so bad."] {
        let text = json!({ "text": text });
        let _ = paula.post(&format!("{path}/corrections"), &text).await.expect(201);
    }
    let amendment = json!({ "treatment_plan": "Rest.\nAnd coffee.", "reason": "As said." });
    let _ = doctor.post(&format!("{path}/corrections/1/accept"), &amendment).await.expect(200);
    let no = json!({ "statement": "It was." });
    let _ = doctor.post(&format!("{path}/corrections/2/decline"), &no).await.expect(200);
    let mut socket = doctor.connect(None).await;
    socket.expect("reset").await;
    let officer = world.server.sign_in("compliance").await;
    let grant = json!({ "patient_id": paula.id(), "reason": "A complaint." });
    let _ = officer.post("/api/audit/grants", &grant).await.expect(201);
    let _ = paula.patch("/api/users/me", &json!({ "phone": "+49 30 1234" })).await.expect(200);
    (paula, doctor)
}

#[tokio::test]
async fn a_patient_gets_everything_of_their_own_and_is_told_that_it_is_complete() {
    let world = World::start(PROGRAM).await;
    let (paula, _) = live(&world).await;
    let (headers, text) = download(&paula, "?format=json").await;
    let name = headers["content-disposition"].to_str().unwrap();
    assert!(name.starts_with("attachment; filename=\"anamnesis-my-data-20"), "{name}");
    assert!(name.ends_with(".json\""), "{name}");
    assert_eq!(headers["cache-control"], "no-store");
    let data: Value = serde_json::from_str(&text).unwrap();
    assert!(text.ends_with(",\"complete\":true}\n"), "the last member says so");
    assert_eq!(data["about"]["account_id"], paula.id());
    for section in Section::ALL {
        let records = data[section.name()].as_array().unwrap();
        assert_eq!(data["counts"][section.name()], records.len(), "{section:?}");
        assert!(!records.is_empty(), "{section:?}");
    }
    assert_eq!(data["profile"][0]["phone"], "+49 30 1234");
    assert_eq!(data["care_team"][0]["doctor"], "Dr. Ines Adler");
    assert_eq!(data["appointments"].as_array().unwrap().len(), 2);
    assert_eq!(data["appointments"][0]["reason"], "It hurts.");
    assert_eq!(data["appointments"][0]["history"][0]["what"], "booked");
    let bodies: Vec<_> =
        data["messages"].as_array().unwrap().iter().map(|one| one["body"].clone()).collect();
    assert_eq!(bodies, [json!("It hurts a lot."), Value::Null, json!(SCRIPT)]);
    assert_eq!(data["messages"][0]["reactions"][0]["reaction"], "heart");
    let earlier: Vec<_> =
        data["earlier_words"].as_array().unwrap().iter().map(|one| one["body"].clone()).collect();
    assert_eq!(earlier, [json!("It hurts."), json!("It hurts a lot.")]);
    let plans: Vec<_> = data["consultations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["treatment_plan"].clone())
        .collect();
    assert_eq!(plans, [json!("Rest.\nAnd tea."), json!("Rest.\nAnd coffee.")]);
    assert_eq!(data["corrections"][0]["status"], "accepted");
    assert_eq!(data["corrections"][1]["statement"], "It was.");
    assert_eq!(data["medicines"][0]["drug"], "Ibuprofen");
    assert!(!text.contains("secret slip"), "what was taken back is not shown");
}

#[tokio::test]
async fn what_is_another_patients_is_not_in_it() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor) = live(&world).await;
    let mira = world.server.register("mira").await;
    let room = mira.book(&doctor, 5).await;
    let _ = mira.say(&room, "Mira alone says this.").await;
    let entry = json!({ "treatment_plan": "Only for Mira." });
    let path = signed(&mira, &doctor, 6, &entry).await;
    let draft = crate::consulting::opened(&paula, &doctor, 8).await;
    let unsigned = json!({ "treatment_plan": "Not signed yet." });
    let _ = doctor.patch(&draft, &unsigned).await.expect(200);
    // Meant for Mira, changed at once, and reported.
    let rooms = paula.get("/api/rooms").await.expect(200);
    let own = rooms["rooms"][0]["room_id"].as_str().unwrap().to_owned();
    let astray = doctor.say(&own, "Mira has the flu.").await;
    let message = format!("/api/rooms/{own}/messages/{astray}");
    let _ = doctor.patch(&message, &json!({ "body": "Wrong chat, Mira." })).await.expect(200);
    let admin = world.server.sign_in("admin").await;
    let wrong = json!({ "reason": "wrong_patient" });
    let _ = admin.post(&format!("{message}/report"), &wrong).await.expect(200);
    for form in ["?format=json", "?format=html"] {
        let (_, of_paula) = download(&paula, form).await;
        let (_, of_mira) = download(&mira, form).await;
        for foreign in ["Mira", "mira", &mira.id(), &room, path.rsplit('/').next().unwrap()] {
            assert!(!of_paula.contains(foreign), "{foreign} is in Paula's");
        }
        assert!(!of_paula.contains("Not signed yet."));
        let of_draft = draft.rsplit('/').next().unwrap();
        assert!(!of_paula.contains(of_draft), "that there is a draft is in it");
        assert!(of_mira.contains("Mira alone says this.") && of_mira.contains("Only for Mira."));
        for foreign in ["It hurts a lot.", "Paula", "Ibuprofen", &paula.id()] {
            assert!(!of_mira.contains(foreign), "{foreign} is in Mira's");
        }
    }
    for login in ["dr.adler", "admin", "compliance"] {
        let user = world.server.sign_in(login).await;
        user.get("/api/my-data").await.refused(403, "forbidden");
    }
}

#[tokio::test]
async fn both_forms_say_the_same() {
    let world = World::start(PROGRAM).await;
    let (paula, _) = live(&world).await;
    // After the first one, the same session looks at nothing that is not written down already.
    let _ = in_json(&paula).await;
    let (headers, page) = download(&paula, "?format=html").await;
    let data = in_json(&paula).await;
    assert_eq!(headers["content-type"], "text/html; charset=utf-8");
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    for foreign in ["<script", "http://", "https://", "src=", "@import", "url(", "onclick"] {
        assert!(!page.contains(foreign), "the page has {foreign}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;"));
    assert!(page.contains("<html lang=\"en\">") && page.ends_with("</body></html>\n"));
    let counts = data["counts"].as_object().unwrap().values();
    let entries: u64 = counts.map(|count| count.as_u64().unwrap()).sum();
    assert!(page.contains(&format!("This is complete: {entries} entries.")), "{entries}");
    for section in Section::ALL {
        let records = data[section.name()].as_array().unwrap();
        let expected: Vec<_> =
            records.iter().map(|record| texts_of(section, record.as_object().unwrap())).collect();
        assert_eq!(decoded(&page, section), expected, "{section:?}");
    }
}

/// What a record says to people, in the order of the page, without the empty.
fn texts_of(section: Section, record: &Map<String, Value>) -> Vec<String> {
    let told = |name: &String| section.fields().contains(&name.as_str()) || is_id(name);
    let silent: Vec<_> = record.keys().filter(|name| !told(name)).collect();
    assert!(silent.is_empty(), "{section:?}: {silent:?} is not on the page");
    let mut texts = Vec::new();
    for field in section.fields() {
        collect(record.get(*field).unwrap_or(&Value::Null), &mut texts);
    }
    texts
}

fn is_id(name: &str) -> bool {
    ["id", "by", "cursor", "about"].contains(&name) || name.ends_with("_id") || name == "written_by"
}

fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::Bool(yes) => texts.push(if *yes { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => texts.push(number.to_string()),
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => texts.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|one| collect(one, texts)),
        Value::Object(object) => {
            object.iter().filter(|(name, _)| !is_id(name)).for_each(|(_, one)| collect(one, texts));
        }
    }
}

/// The records of a section, as their texts stand on the page.
fn decoded(page: &str, section: Section) -> Vec<Vec<String>> {
    let (_, rest) = page.split_once(&format!("<section id=\"{}\">", section.name())).unwrap();
    let (text, _) = rest.split_once("</section>").unwrap();
    let rows = text.contains("<thead>");
    let (record, end) = if rows { ("<tr>", "</tr>") } else { ("<table>", "</table>") };
    let records = text.split(record).skip(if rows { 2 } else { 1 });
    records
        .map(|record| {
            let cells = record.split(end).next().unwrap().split("<td>").skip(1);
            cells.flat_map(|cell| cell_texts(cell.split("</td>").next().unwrap())).collect()
        })
        .collect()
}

/// Times stand in an attribute as well, and what something is called is no part of what it says.
fn cell_texts(cell: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = cell;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("<time datetime=\"") {
            let (at, after) = after.split_once('"').unwrap();
            texts.push(at.to_owned());
            rest = after.split_once("</time>").unwrap().1;
        } else if let Some(after) = rest.strip_prefix("<dt>") {
            rest = after.split_once("</dt>").unwrap().1;
        } else if rest.starts_with('<') {
            rest = rest.split_once('>').unwrap().1;
        } else {
            let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
            texts.push(plain.replace("&amp;", "&"));
            rest = after;
        }
    }
    texts
}

#[tokio::test]
async fn what_is_read_for_it_is_in_the_log_and_without_that_nothing_is_shown() {
    let world = World::start(PROGRAM).await;
    let _ = live(&world).await;
    // In a session of its own: what was seen a moment ago is not written again.
    let fresh = world.server.sign_in("paula").await;
    let _ = in_json(&fresh).await;
    let kinds: BTreeMap<String, i64> = sqlx::query_as::<_, (String, i64)>(
        "SELECT payload -> 'ContentRead' ->> 'kind', count(*) FROM log.events
         WHERE event_type = 'ContentRead' AND metadata ->> 'session_id' = (
             SELECT metadata ->> 'session_id' FROM log.events WHERE event_type = 'TrailRead'
             ORDER BY global_position DESC LIMIT 1)
         GROUP BY 1",
    )
    .fetch_all(world.database.pool())
    .await
    .unwrap()
    .into_iter()
    .collect();
    let kinds: Vec<&str> = kinds.keys().map(String::as_str).collect();
    assert_eq!(kinds, ["appointment", "consultation", "grant", "medicines", "messages"]);

    let owner = world.database.owner_pool();
    sqlx::query("REVOKE INSERT ON log.events FROM anamnesis_app").execute(owner).await.unwrap();
    let refused = fresh.get("/api/my-data").await;
    assert_eq!(refused.status, 503);
    assert!(!refused.body.to_string().contains("hurts"));
    sqlx::query("GRANT INSERT ON log.events TO anamnesis_app").execute(owner).await.unwrap();
}

#[tokio::test]
async fn a_long_conversation_comes_whole_and_in_order_while_it_goes_on() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let mut expected = Vec::new();
    for number in 0..250 {
        let body = format!("Message {number}");
        let _ = paula.say(&room, &body).await;
        expected.push(json!(body));
    }
    let request = paula.request(Method::GET, "/api/my-data");
    let response = request.send().await.unwrap();
    let _ = doctor.say(&room, "Too late for it.").await;
    let data: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    assert_eq!(data["complete"], true);
    let bodies: Vec<_> =
        data["messages"].as_array().unwrap().iter().map(|one| one["body"].clone()).collect();
    assert_eq!(bodies, expected);
}

/// Copies a long message so often that a download of it fits into no buffer on its way.
async fn fill(world: &World, paula: &User, room: &str) {
    let _ = paula.say(room, &"It hurts. ".repeat(1_500)).await;
    sqlx::query(
        "INSERT INTO read.messages (room_id, sequence, author_id, posted_at, position, event_id,
             body, body_event_id, version, edits)
         SELECT room_id, sequence + number, author_id, posted_at, position, event_id, body,
             body_event_id, version + number, edits
         FROM read.messages, generate_series(1, 4000) AS number",
    )
    .execute(world.database.owner_pool())
    .await
    .unwrap();
}

#[tokio::test]
async fn a_download_that_breaks_off_says_so_in_both_forms() {
    let world = World::start(PROGRAM).await;
    let (paula, _, room) = world.pair().await;
    fill(&world, &paula, &room).await;
    for (form, last) in [("json", "\"complete\":false}\n"), ("html", "</body></html>\n")] {
        let paula = world.server.sign_in("paula").await;
        let request = paula.request(Method::GET, &format!("/api/my-data?format={form}"));
        // The server waits for whoever reads, and meanwhile the session ends.
        let mut response = request.send().await.unwrap();
        assert!(response.chunk().await.unwrap().is_some());
        let _ = paula.post("/api/auth/logout", &Value::Null).await.expect(204);
        let text = response.text().await.unwrap();
        assert!(text.ends_with(last), "{}", &text[text.len() - 200..]);
        let end = &text[text.len() - 300..];
        assert!(end.contains("session_revoked"), "{end}");
        assert_eq!(form == "html", end.contains("This is not complete"), "{end}");
    }
}

#[tokio::test]
async fn two_run_at_a_time_and_a_third_is_told_to_wait() {
    let world = World::start(PROGRAM).await;
    let (paula, _, room) = world.pair().await;
    fill(&world, &paula, &room).await;
    // Nobody reads them, so they do not end.
    let mut running = Vec::new();
    for _download in 0..2 {
        running.push(paula.request(Method::GET, "/api/my-data").send().await.unwrap());
    }
    paula.get("/api/my-data").await.refused(429, "too_many_own_downloads");
    let mira = world.server.register("mira").await;
    let _ = in_json(&mira).await;
    let whole = running.pop().unwrap().text().await.unwrap();
    assert!(whole.ends_with("\"complete\":true}\n"));
    assert_eq!(whole.matches("\"number\":").count(), 4_001, "all of it came");
    drop(running);
    // The places are given back as soon as the server sees that nobody listens.
    let again = async {
        while paula.get("/api/my-data").await.status != 200 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), again).await.unwrap();
}

#[tokio::test]
async fn who_has_nothing_gets_a_whole_download_of_nothing() {
    let world = World::start(PROGRAM).await;
    let mira = world.server.register("mira").await;
    let data = in_json(&mira).await;
    assert_eq!((&data["complete"], &data["counts"]["messages"]), (&json!(true), &json!(0)));
    let (_, page) = download(&mira, "?format=html").await;
    assert!(page.contains("There is nothing.") && page.contains("This is complete"));
    mira.get("/api/my-data?format=pdf").await.refused(400, "query_invalid");
}
