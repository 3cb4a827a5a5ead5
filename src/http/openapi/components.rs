//! What many operations share.

use super::super::codes::CODES;
use super::super::fresh;
use axum::http::StatusCode;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

/// What stands in the braces of a path.
pub(super) fn path_parameter(name: &str, generator: &mut SchemaGenerator) -> Schema {
    use anamnesis_domain::chat_room::Reaction;
    match name {
        "number" => json_schema!({
            "type": "integer", "format": "uint64", "minimum": 1,
            "description": "A message's number in its room.",
        }),
        "date" => json_schema!({
            "type": "string", "format": "date",
            "description": "A day in the doctor's zone.",
        }),
        "position" => json_schema!({
            "type": "integer", "format": "uint64", "minimum": 1,
            "description": "The event's place in the log.",
        }),
        "reaction" => generator.subschema_for::<Reaction>(),
        _ => json_schema!({ "type": "string", "format": "uuid" }),
    }
}

/// Headers of requests.
pub(super) fn parameters() -> Value {
    json!({
        "AnamnesisCursor": {
            "in": "header",
            "name": fresh::HEADER,
            "required": false,
            "description": "A cursor that the client has got: the answer is not older than that.",
            "schema": { "type": "string" },
        },
    })
}

/// Headers of answers.
pub(super) fn headers() -> Value {
    json!({
        "ETag": {
            "description": "The version of what is shown, to be sent back in `If-Match`.",
            "schema": { "type": "string" },
        },
    })
}

/// How one signs in.
pub(super) fn security_schemes() -> Value {
    json!({ "access_token": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" } })
}

/// One response for each status of an error, with the codes that it can have.
pub(super) fn error_responses() -> Value {
    let mut responses = Map::new();
    for (status, _) in CODES {
        let same = CODES.iter().filter(|(other, _)| other == status);
        let codes: Vec<_> = same.map(|(_, code)| format!("`{code}`")).collect();
        let reason = StatusCode::from_u16(*status).ok().and_then(|one| one.canonical_reason());
        let reason = reason.unwrap_or_default();
        let description = format!("{reason}. The code is one of {}.", codes.join(", "));
        let content = json!({
            "application/json": { "schema": { "$ref": "#/components/schemas/Error" } },
        });
        let response = json!({ "description": description, "content": content });
        responses.insert(status.to_string(), response);
    }
    responses.into()
}
