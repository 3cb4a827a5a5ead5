//! What the API's description says is what happens: every operation is called with its own
//! example, by somebody who may, and answers in the form that is described.

use crate::matrix::{Pair, TABLE, users};
use crate::{PROGRAM, people_pictures};
use anamnesis::http::openapi::document;
use anamnesis_testkit::{User, World, booking};
use reqwest::RequestBuilder;
use serde_json::{Map, Value, json};

#[tokio::test]
async fn every_operation_answers_its_own_example_as_described() {
    let world = World::start(PROGRAM).await;
    let _ = world.server.register("mira").await;
    let pair = Pair::make(&world.server).await;
    let mut everyone = users(&world.server).await;
    let mut wrong = Vec::new();
    for (method, path, expected) in TABLE {
        // Opened by a ticket in its first frame, which HTTP has no example of.
        if *path == "/ws/chat" {
            continue;
        }
        pair.prepare(path, &everyone[1]).await;
        let column = expected.iter().position(|status| *status < 300).unwrap_or(1);
        let caller = &everyone[column];
        let operation = &document()["paths"][path][method];
        let url = pair.path(path).split('?').next().unwrap().to_owned() + &query(operation);
        let request = caller.request(method.to_uppercase().parse().unwrap(), &url);
        let request = with_body(request, operation, path, &pair, caller);
        if let Err(problem) = call(request, operation).await {
            wrong.push(format!("{method} {path}: {problem}"));
        }
        if path.starts_with("/api/auth/logout") {
            everyone = users(&world.server).await;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The parameters that are needed, with their examples.
fn query(operation: &Value) -> String {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let needed = parameters.filter(|one| one["in"] == "query" && one["required"] == true);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let pairs: Vec<_> = needed
        .map(|one| format!("{}={}", one["name"].as_str().unwrap(), text(&one["example"])))
        .collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

fn with_body(
    request: RequestBuilder,
    operation: &Value,
    path: &str,
    pair: &Pair,
    caller: &User,
) -> RequestBuilder {
    let content = &operation["requestBody"]["content"];
    if content.get("image/*").is_some() {
        return request.body(people_pictures::png(9, 9));
    }
    match content["application/json"]["example"].as_object() {
        Some(example) => request.json(&of_here(example, path, pair, caller)),
        None => request,
    }
}

/// The example with what it names put in the place of what it makes up: people, appointments,
/// times that are still to come, tokens.
fn of_here(example: &Map<String, Value>, path: &str, pair: &Pair, caller: &User) -> Value {
    let wish = booking(&pair.doctor_id, 20);
    let mut body = example.clone();
    for (name, value) in &mut body {
        match name.as_str() {
            "doctor_id" => *value = json!(pair.doctor_id),
            "patient_id" => *value = json!(pair.patient_id),
            "appointment_id" => *value = json!(pair.appointment_id),
            // An appointment is moved to the time that it has, which its doctor has as well.
            "starts_at" | "ends_at" if path.ends_with("{appointment_id}") => {
                *value = pair.time[name].clone();
            }
            "starts_at" | "ends_at" => *value = wish[name].clone(),
            "refresh_token" | "device" => *value = caller.session[name].clone(),
            "through" if path == "/api/notifications/seen" => *value = json!(pair.cursor),
            "through" => *value = json!(pair.number),
            _ => {}
        }
    }
    if path.ends_with("/accept") {
        body.insert("reason".to_owned(), json!("As the patient says."));
    }
    body.into()
}

async fn call(request: RequestBuilder, operation: &Value) -> Result<(), String> {
    let response = request.send().await.unwrap();
    let status = response.status();
    let described = operation["responses"].get(status.as_str());
    let Some(described) = described.filter(|one| one.get("$ref").is_none()) else {
        return Err(format!("{status}: {}", response.text().await.unwrap()));
    };
    let Some(content) = described["content"].as_object() else {
        let body = response.bytes().await.unwrap();
        return if body.is_empty() { Ok(()) } else { Err(format!("{status} has a body")) };
    };
    let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
    let kind = kind.split(';').next().unwrap();
    let Some(described) = content.get(kind) else { return Err(format!("it is {kind}")) };
    if kind != "application/json" {
        return Ok(());
    }
    let body: Value = response.json().await.unwrap();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "components": document()["components"],
        "allOf": [described["schema"]],
    });
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator.iter_errors(&body).map(|error| error.to_string()).collect();
    if errors.is_empty() { Ok(()) } else { Err(errors.join("; ")) }
}

#[tokio::test]
async fn the_page_for_people_shows_every_operation_and_needs_nothing_else() {
    let world = World::start(PROGRAM).await;
    let stranger = User::stranger(world.server.address());
    let request = stranger.request(reqwest::Method::GET, "/api/docs/");
    let response = request.send().await.unwrap();
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    let page = response.text().await.unwrap();
    for (_, path, _) in TABLE {
        assert!(page.contains(&format!("<code>{path}</code>")), "{path} is not on the page");
    }
    for foreign in ["<script", "http://", "https://", "src=", "@import", "url("] {
        assert!(!page.contains(foreign), "the page has {foreign}");
    }
    let broken: Vec<_> = page
        .split("href=\"#")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|anchor| !page.contains(&format!("id=\"{anchor}\"")))
        .collect();
    assert!(broken.is_empty(), "links that lead nowhere: {broken:?}");
}
