//! The description for people: one page, without scripts, that works without a network.

use super::document;
use super::operation::{Operation, Output};
use crate::http::html::{escaped, style_hash};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

const STYLE: &str = include_str!("page.css");

static PAGE: LazyLock<String> = LazyLock::new(|| page(document()));
/// Nothing may be loaded or run; the one style is known by its digest.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    format!("default-src 'none'; style-src {}; frame-ancestors 'none'", style_hash(STYLE))
});

/// The page as it is served.
pub(in crate::http) struct DocsPage;

impl IntoResponse for DocsPage {
    fn into_response(self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CONTENT_SECURITY_POLICY, POLICY.as_str()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "no-referrer"),
        ];
        (headers, PAGE.as_str()).into_response()
    }
}

impl Output for DocsPage {
    fn describe(operation: &mut Operation<'_>, status: StatusCode) {
        operation.gives(status, "text/html", &json!({ "type": "string" }));
    }
}

/// This description of the API, as a page.
pub(in crate::http) async fn read_docs_page() -> DocsPage {
    DocsPage
}

fn page(document: &Value) -> String {
    let mut by_tag: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, methods) in object(&document["paths"]) {
        for (method, one) in object(methods) {
            let tag = one["tags"][0].as_str().unwrap_or_default();
            by_tag.entry(tag).or_default().push(operation(method, path, one));
        }
    }
    let links = by_tag.keys().map(|tag| format!("<li><a href=\"#{tag}\">{tag}</a></li>"));
    let links = links.collect::<Vec<_>>().concat();
    let mut sections = String::new();
    for (tag, operations) in &by_tag {
        let operations = operations.concat();
        let _ = write!(sections, "<section id=\"{tag}\"><h2>{tag}</h2>{operations}</section>");
    }
    let types: Vec<String> = object(&document["components"]["schemas"])
        .iter()
        .map(|(name, schema)| {
            format!(
                "<details id=\"type-{name}\"><summary>{name}</summary>{}</details>",
                typed(schema)
            )
        })
        .collect();
    let errors: Vec<String> = object(&document["components"]["responses"])
        .iter()
        .map(|(status, one)| {
            let words = words(&one["description"]);
            format!("<dt id=\"error-{status}\">{status}</dt><dd>{words}</dd>")
        })
        .collect();
    let (types, errors) = (types.concat(), errors.concat());
    let info = &document["info"];
    let (title, version) = (words(&info["title"]), words(&info["version"]));
    let about = words(&info["description"]);
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title} API</title><style>{STYLE}</style>\
         <header><h1>{title} API {version}</h1><p>{about}</p>\
         <p>For programs: <a href=\"openapi.json\">openapi.json</a> (OpenAPI 3.1).</p></header>\
         <nav aria-label=\"Contents\"><ul>{links}<li><a href=\"#types\">types</a></li>\
         <li><a href=\"#errors\">errors</a></li></ul></nav><main>{sections}\
         <section id=\"types\"><h2>types</h2>{types}</section>\
         <section id=\"errors\"><h2>errors</h2><dl>{errors}</dl></section></main></html>"
    )
}

fn operation(method: &str, path: &str, one: &Value) -> String {
    let (summary, docs) = (words(&one["summary"]), words(&one["description"]));
    let who = if one["security"].is_null() { "" } else { "<p>Needs an access token.</p>" };
    let parameters: String = one["parameters"].as_array().into_iter().flatten().map(row).collect();
    let parameters = match parameters.as_str() {
        "" => String::new(),
        rows => format!("<h4>Parameters</h4><table>{rows}</table>"),
    };
    let body = match object(&one["requestBody"]["content"]).iter().next() {
        Some((kind, content)) => {
            format!("<h4>Body ({kind})</h4><p>{}</p>", kind_of(&content["schema"]))
        }
        None => String::new(),
    };
    let mut answers = String::new();
    for (status, answer) in object(&one["responses"]) {
        let shown = match answer["$ref"].as_str() {
            Some(_) => format!("<a href=\"#error-{status}\">error</a>"),
            None => object(&answer["content"])
                .values()
                .next()
                .map_or_else(|| "nothing".to_owned(), |content| kind_of(&content["schema"])),
        };
        let _ = write!(answers, "<tr><td>{status}</td><td>{shown}</td></tr>");
    }
    format!(
        "<details><summary><b class=\"{method}\">{method}</b> <code>{}</code> {summary}</summary>\
         <p>{docs}</p>{who}{parameters}{body}<h4>Answers</h4><table>{answers}</table></details>",
        escaped(path)
    )
}

/// A parameter as a line of a table.
fn row(parameter: &Value) -> String {
    if let Some(shared) = parameter["$ref"].as_str() {
        let name = shared.rsplit('/').next().unwrap_or_default();
        return row(&document()["components"]["parameters"][name]);
    }
    let needed = if parameter["required"] == true { "required" } else { "" };
    format!(
        "<tr><td><code>{}</code></td><td>{} {needed}</td><td>{}</td><td>{}</td></tr>",
        words(&parameter["name"]),
        words(&parameter["in"]),
        kind_of(&parameter["schema"]),
        words(&parameter["description"]),
    )
}

/// A schema: its words, its choices, its fields.
fn typed(schema: &Value) -> String {
    let mut text = format!("<p>{}</p>", words(&schema["description"]));
    let required: Vec<&Value> = schema["required"].as_array().into_iter().flatten().collect();
    let fields: Vec<String> = object(&schema["properties"])
        .iter()
        .map(|(name, field)| {
            let needed = if required.iter().any(|one| **one == *name) { "required" } else { "" };
            let (kind, docs) = (kind_of(field), words(&field["description"]));
            format!("<tr><td><code>{name}</code></td><td>{kind} {needed}</td><td>{docs}</td></tr>")
        })
        .collect();
    if fields.is_empty() {
        let _ = write!(text, "<p>{}</p>", kind_of(schema));
    } else {
        let _ = write!(text, "<table>{}</table>", fields.concat());
    }
    if let Some(example) = schema["examples"].get(0) {
        let example = serde_json::to_string_pretty(example).unwrap_or_default();
        let _ = write!(text, "<h4>Example</h4><pre>{}</pre>", escaped(&example));
    }
    text
}

/// What a value looks like, in a few words.
fn kind_of(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return format!("<a href=\"#type-{name}\">{name}</a>");
    }
    if let Some(constant) = schema.get("const") {
        return format!("<code>{}</code>", escaped(&constant.to_string()));
    }
    for choices in ["enum", "oneOf", "anyOf"] {
        if let Some(all) = schema[choices].as_array() {
            let all: Vec<_> = all
                .iter()
                .map(|one| if one.is_object() { kind_of(one) } else { words(one) })
                .collect();
            return all.join(" or ");
        }
    }
    if !schema["items"].is_null() {
        return format!("list of {}", kind_of(&schema["items"]));
    }
    let kind = match &schema["type"] {
        Value::Array(all) => all.iter().map(words).collect::<Vec<_>>().join(" or "),
        Value::String(one) => escaped(one),
        _ => "anything".to_owned(),
    };
    match schema["format"].as_str() {
        Some(format) => format!("{kind} ({})", escaped(format)),
        None => kind,
    }
}

/// A text of the description: escaped, with `code` as code.
fn words(value: &Value) -> String {
    let text = escaped(value.as_str().unwrap_or_default());
    let parts = text.split('`').enumerate();
    parts
        .map(
            |(place, part)| {
                if place % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() }
            },
        )
        .collect()
}

fn object(value: &Value) -> &Map<String, Value> {
    static NONE: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
    value.as_object().unwrap_or(&NONE)
}
