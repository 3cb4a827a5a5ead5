//! The log taken along, in two forms that say the same.

use crate::PROGRAM;
use crate::audit_support::{closed, lines, positions, stored, text};
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
        let replayed =
            closed(lines(&officer, &format!("/api/audit/replay?{}", &filters[1..])).await);
        assert_eq!(replayed, from_lines);
    }
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
