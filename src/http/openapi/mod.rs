//! The description of the API (`OpenAPI` 3.1), made of the table of routes and of the types that
//! the handlers take and return: it can not say anything that the server does not do.
//! `docs/adr/0013` says why it is made here and by no framework.

mod components;
mod examples;
mod inputs;
mod operation;
mod outputs;
mod page;

pub(super) use operation::of;
pub use operation::{Input, Operation, Output};
pub(super) use page::read_docs_page;

use super::answer::Json;
use super::error::ErrorBody;
use super::routes::{Access, Route, routes};
use crate::fhir;
use axum::http::StatusCode;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// The documentation of the handlers, by their names. `build.rs` gathers it.
const HANDLER_DOCS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/handler_docs.rs"));

static DOCUMENT: LazyLock<Value> = LazyLock::new(write);

/// The whole description. Always the same for one build of the server.
#[must_use]
pub fn document() -> &'static Value {
    &DOCUMENT
}

/// The description as it is served.
#[derive(Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(rename = "OpenApiDocument")]
pub(super) struct Description(&'static Value);

/// This description of the API, in `OpenAPI` 3.1.
pub(super) async fn read_openapi() -> Json<Description> {
    Json(Description(document()))
}

fn write() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut requests = settings.clone().for_deserialize().into_generator();
    let mut answers = settings.for_serialize().into_generator();
    answers.subschema_for::<ErrorBody<'_>>();
    let mut paths = Map::new();
    for route in routes() {
        let operation = describe(&route, &mut requests, &mut answers);
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.method] = operation;
    }
    let mut schemas = answers.take_definitions(true);
    schemas.extend(requests.take_definitions(true));
    examples::fill(&mut paths, &schemas);
    json!({
        "openapi": "3.1.1",
        "info": {
            "title": "Anamnesis",
            "version": env!("CARGO_PKG_VERSION"),
            "description": env!("CARGO_PKG_DESCRIPTION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": env!("CARGO_PKG_LICENSE") },
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": components::parameters(),
            "headers": components::headers(),
            "responses": components::error_responses(),
            "securitySchemes": components::security_schemes(),
        },
    })
}

fn describe(route: &Route, requests: &mut SchemaGenerator, answers: &mut SchemaGenerator) -> Value {
    let names = route.path.split('{').skip(1).filter_map(|part| part.split('}').next());
    let names: Vec<_> =
        names.map(|name| (name, components::path_parameter(name, requests))).collect();
    let mut operation = Operation::new(requests, answers);
    for (name, schema) in names {
        operation.parameter("path", name, true, schema);
    }
    (route.describe)(&mut operation);
    if route.access != Access::Public {
        operation.shared_parameter("AnamnesisCursor");
        operation.refuses(StatusCode::UNAUTHORIZED);
        operation.refuses(StatusCode::FORBIDDEN);
        operation.refuses(StatusCode::SERVICE_UNAVAILABLE);
        if route.method != "get" {
            operation.refuses(StatusCode::CONFLICT);
        }
    }
    if route.path.starts_with(fhir::BASE) {
        operation.refuses_as(fhir::MEDIA_TYPE);
    }
    let mut object = operation.into_object();
    object.insert("operationId".to_owned(), route.name.into());
    object.insert("summary".to_owned(), summary(route.name).into());
    object.insert("description".to_owned(), handler_docs(route.name).into());
    object.insert("tags".to_owned(), json!([tag(route.path)]));
    if route.access != Access::Public {
        object.insert("security".to_owned(), json!([{ "access_token": [] }]));
    }
    object.into()
}

/// `Book appointment` of `book_appointment`.
fn summary(name: &str) -> String {
    let mut words = name.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// What stands above the handler in the source.
fn handler_docs(name: &str) -> &'static str {
    let found = HANDLER_DOCS.iter().find(|(handler, _)| *handler == name);
    found.map_or("", |(_, docs)| docs)
}

/// The first part of the path that says what it is about.
fn tag(path: &str) -> &str {
    let mut parts = path.split('/').filter(|part| !part.is_empty() && *part != "api");
    match parts.next() {
        Some("livez" | "readyz" | ".well-known" | "openapi.json" | "docs") | None => "server",
        Some(part) => part,
    }
}
