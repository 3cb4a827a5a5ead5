//! The description of the API: pinned, complete, and true of what the server answers.

use anamnesis::http::openapi::document;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;

/// Where it is pinned. Clients are generated from it.
const PINNED: &str = "docs/openapi.json";

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().unwrap()
}

/// Every operation with its path and its method.
fn operations() -> impl Iterator<Item = (&'static str, &'static str, &'static Value)> {
    object(&document()["paths"]).iter().flat_map(|(path, methods)| {
        let one = move |(method, one): (&'static String, _)| (path.as_str(), method.as_str(), one);
        object(methods).iter().map(one)
    })
}

#[test]
fn the_description_is_the_one_that_is_pinned() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PINNED);
    let now = serde_json::to_string_pretty(document()).unwrap() + "\n";
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, &now).unwrap();
    }
    let pinned = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        pinned == now,
        "{PINNED} is out of date; if the API is meant to change: \
         UPDATE=1 cargo test --test api openapi"
    );
}

#[test]
fn every_operation_has_a_name_of_its_own_and_says_what_it_does() {
    let mut names = BTreeSet::new();
    for (path, method, one) in operations() {
        let name = one["operationId"].as_str().unwrap();
        assert!(names.insert(name), "{name} is there twice");
        let words = one["description"].as_str().unwrap();
        assert!(!words.is_empty(), "{method} {path} does not say what it does");
        for parameter in one["parameters"].as_array().into_iter().flatten() {
            let explained = parameter["in"] == "path"
                || parameter.get("$ref").is_some()
                || parameter["description"] != "";
            assert!(explained, "{method} {path}: {}", parameter["name"]);
        }
    }
}

#[test]
fn every_body_and_every_parameter_that_is_needed_has_an_example() {
    for (path, method, one) in operations() {
        if let Some(body) = one.pointer("/requestBody/content/application~1json") {
            let example = body["example"].as_object();
            assert!(example.is_some_and(|one| !one.is_empty()), "the body of {method} {path}");
        }
        for parameter in one["parameters"].as_array().into_iter().flatten() {
            let needed = parameter["required"] == true;
            assert!(!needed || parameter.get("example").is_some(), "{method} {path}: {parameter}");
        }
    }
}

#[test]
fn no_two_types_have_the_same_name() {
    for name in object(&document()["components"]["schemas"]).keys() {
        assert!(!name.ends_with(|last: char| last.is_ascii_digit()), "{name} is there twice");
        assert!(!name.contains('_'), "{name} is not a name for people");
    }
}
