//! The log taken along, in two forms that say the same.

use crate::PROGRAM;
use crate::audit_support::{Stored, closed, lines, positions, stored, text};
use anamnesis_testkit::World;
use reqwest::Method;
use serde_json::{Map, Value, json};
use sqlx::Executor;

/// What stands in a cell, exactly.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// A row as the line that it would be.
fn line(names: &csv::StringRecord, row: &csv::StringRecord) -> Value {
    let mut fields = Map::new();
    for (name, cell) in names.iter().zip(row).skip(1) {
        let cell = unguarded(cell);
        let value = match name {
            "position" | "sequence" | "fields" => serde_json::from_str(cell).unwrap(),
            // In JSON Lines it is not there at all.
            "words" if cell.is_empty() => continue,
            _ if cell.is_empty() => Value::Null,
            _ => cell.into(),
        };
        fields.insert(name.to_owned(), value);
    }
    fields.into()
}

/// The events of a CSV, which must end with a row that says so.
fn events(csv: &str) -> Vec<Value> {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(csv.as_bytes());
    let names = reader.headers().unwrap().clone();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let (end, rows) = rows.split_last().unwrap();
    assert_eq!(&end[0], "end");
    assert!(rows.iter().all(|row| &row[0] == "event"));
    let mut lines: Vec<Value> = rows.iter().map(|row| line(&names, row)).collect();
    lines.push(serde_json::from_str(&end[end.len() - 1]).unwrap());
    closed(lines)
}

/// The lines of an export as a replay has them.
fn without_words(mut lines: Vec<Value>) -> Vec<Value> {
    for line in &mut lines {
        let words = line.as_object_mut().unwrap().remove("words").unwrap();
        assert!(words.as_str().unwrap().contains(' '), "{words}");
    }
    lines
}

#[tokio::test]
async fn both_forms_say_the_same_and_as_much_as_the_log_has() {
    let world = World::start(PROGRAM).await;
    let (paula, _, room) = world.pair().await;
    paula.say(&room, "My head hurts.").await;
    let officer = world.server.sign_in("compliance").await;
    let all = stored(&world).await;
    let head = all.len();
    for (filters, count) in [
        (String::new(), head),
        (format!("&from=3&to={}", head - 2), head - 4),
        (
            format!("&actor={}", paula.id()),
            all.iter().filter(|event| event.is_by(&paula.id())).count(),
        ),
        (format!("&stream=chat_room/{room}"), 2),
        (format!("&stream=chat_room/{room}&patient={}", paula.id()), 2),
        (format!("&stream=chat_room/{room}&patient={}", officer.id()), 0),
        ("&stream=chat_room/none".to_owned(), 0),
    ] {
        let filters =
            if filters.contains("to=") { filters } else { format!("{filters}&to={head}") };
        let from_lines =
            closed(lines(&officer, &format!("/api/audit/export?format=jsonl{filters}")).await);
        let csv = text(&officer, &format!("/api/audit/export?format=csv{filters}")).await;
        assert!(csv.ends_with("\r\n") && !csv.contains("\"s1.") && !csv.contains("head hurts"));
        assert_eq!(csv.matches('\n').count(), csv.matches("\r\n").count());
        assert_eq!(events(&csv), from_lines, "{filters}");
        assert_eq!(from_lines.len(), count, "{filters}");
        if filters.contains("patient=") {
            continue;
        }
        let replayed =
            closed(lines(&officer, &format!("/api/audit/replay?{}", &filters[1..])).await);
        assert_eq!(replayed, without_words(from_lines));
    }
}

/// Whether an event concerns a patient, by what the log says and nothing else: it names the
/// patient, or is of a stream whose first event does.
fn concerns(event: &Stored, all: &[Stored], patient: &str) -> bool {
    let fields =
        |event: &Stored| event.payload.as_object().unwrap().values().next().unwrap().clone();
    let names = |event: &Stored| {
        let fields = fields(event);
        let named = [&fields["patient_id"], &fields["account_id"], &fields["filters"]["patient"]];
        event.stream == format!("account/{patient}") || named.iter().any(|one| **one == patient)
    };
    // A look in a session concerns whom it says; the session itself is its person's.
    let inherits = ["chat_room/", "appointment/", "consultation/"];
    let first = || all.iter().find(|first| first.stream == event.stream).unwrap();
    names(event)
        || inherits.iter().any(|kind| event.stream.starts_with(kind)) && names(first())
        || ["SessionEnded", "FeedFollowed"].contains(&event.event_type.as_str()) && names(first())
        || ["TimeTaken", "TimeFreed"].contains(&event.event_type.as_str())
            && all.iter().any(|one| {
                let fields = fields(event);
                let id = fields["appointment_id"].as_str().unwrap();
                one.stream == format!("appointment/{id}") && names(one)
            })
        || event.event_type == "NoticesSeen" && event.stream.ends_with(patient)
}

#[tokio::test]
async fn everything_that_concerns_a_patient_is_taken_along_in_words_and_nothing_else() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let officer = world.server.sign_in("compliance").await;
    doctor.say(&room, "Rest a day.").await;
    let _ = paula.get(&format!("/api/rooms/{room}/messages")).await.expect(200);
    let _ = officer.get(&format!("/api/audit/events?patient={}", paula.id())).await.expect(200);
    doctor
        .get(&format!("/api/audit/events?patient={}", paula.id()))
        .await
        .refused(403, "forbidden");
    let all = stored(&world).await;
    let path = format!("/api/audit/export?patient={}&to={}", paula.id(), all.len());
    let exported = closed(lines(&officer, &format!("{path}&format=jsonl")).await);
    let of_paula: Vec<u64> = all
        .iter()
        .filter(|event| concerns(event, &all, &paula.id()))
        .map(Stored::position)
        .collect();
    assert_eq!(positions(&exported), of_paula);
    assert!(of_paula.len() > 5 && of_paula.len() < all.len(), "{of_paula:?}");
    let words: Vec<_> = exported.iter().map(|line| line["words"].as_str().unwrap()).collect();
    assert!(
        words.iter().any(|words| words.starts_with("Dr. Ines Adler wrote message")),
        "{words:?}"
    );
    assert!(!words.concat().contains("Rest a day"), "{words:?}");
    assert_eq!(events(&text(&officer, &format!("{path}&format=csv")).await), exported);
    let by_doctor = format!("{path}&format=jsonl&actor={}", doctor.id());
    let by_doctor = closed(lines(&officer, &by_doctor).await);
    let expected = exported.iter().filter(|line| line["actor_id"] == doctor.id().as_str());
    assert_eq!(by_doctor, expected.cloned().collect::<Vec<_>>());
    let nobody = format!("/api/audit/export?format=jsonl&patient={}", uuid::Uuid::new_v4());
    assert!(closed(lines(&officer, &nobody).await).is_empty());
    // That it was taken along is in the trail, with the patient.
    let looks = format!("/api/audit/events?patient={}&action=trail_read&limit=1", paula.id());
    let looks = officer.get(&looks).await.expect(200);
    assert!(looks["events"][0]["words"].as_str().unwrap().contains("(export)"), "{looks}");
}

#[tokio::test]
async fn an_export_of_a_patient_whose_events_have_a_hole_does_not_close() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor, room) = world.pair().await;
    let officer = world.server.sign_in("compliance").await;
    doctor.say(&room, "Rest a day.").await;
    let path = format!("/api/audit/export?format=jsonl&patient={}", paula.id());
    let whole = closed(lines(&officer, &path).await);
    let last = whole.iter().rfind(|line| line["event"] == "MessagePosted").unwrap();
    let owner = world.database.owner_pool();
    owner.execute("ALTER TABLE log.events DISABLE TRIGGER ALL").await.unwrap();
    sqlx::query("DELETE FROM log.events WHERE global_position = $1")
        .bind(i64::try_from(last["position"].as_u64().unwrap()).unwrap())
        .execute(owner)
        .await
        .unwrap();
    let cut = lines(&officer, &path).await;
    assert_eq!(cut.last().unwrap()["error"]["code"], "event_missing", "{cut:?}");
}

#[tokio::test]
async fn a_cell_that_would_be_a_formula_is_text_and_is_read_back_exactly() {
    let world = World::start(PROGRAM).await;
    let officer = world.server.sign_in("compliance").await;
    let nasty = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''", "a\"b,c\r\nd", "plain"];
    let owner = world.database.owner_pool();
    owner.execute("ALTER TABLE log.events DISABLE TRIGGER ALL").await.unwrap();
    for (position, reason) in (1_i64..).zip(nasty) {
        sqlx::query("UPDATE log.events SET metadata = $2::json WHERE global_position = $1")
            .bind(position)
            .bind(json!({ "reason": reason }).to_string())
            .execute(owner)
            .await
            .unwrap();
    }
    // Otherwise what the server remembers of the end of the log would be told.
    let server = world.setup.start().await;
    let officer = officer.at(server.address());
    let path = format!("/api/audit/export?format=csv&to={}", nasty.len());
    let response = officer.request(Method::GET, &path).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/csv");
    assert_eq!(
        response.headers()["content-disposition"],
        format!("attachment; filename=\"anamnesis-1-{}.csv\"", nasty.len())
    );
    let csv = response.text().await.unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let formulas: Vec<_> = reader
        .records()
        .map(Result::unwrap)
        .flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>())
        .filter(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r']))
        .collect();
    assert!(formulas.is_empty(), "{formulas:?}");
    let events = events(&csv);
    assert_eq!(positions(&events), (1..=nasty.len() as u64).collect::<Vec<_>>());
    assert_eq!(events.iter().map(|event| &event["reason"]).collect::<Vec<_>>(), nasty);
}
