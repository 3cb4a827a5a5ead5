//! Refusals as `OperationOutcome`s.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// A refusal as an `OperationOutcome`, with the same code, message and request id as everywhere.
#[must_use]
pub fn operation_outcome(
    status: StatusCode,
    code: &str,
    message: &str,
    request_id: uuid::Uuid,
) -> Value {
    json!({
        "resourceType": "OperationOutcome",
        "issue": [{
            "severity": "error",
            "code": issue_type(status),
            "details": { "coding": [{ "code": code }], "text": message },
            "diagnostics": format!("request {request_id}"),
        }],
    })
}

/// Of the value set `issue-type`.
fn issue_type(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 | 422 => "invalid",
        401 => "login",
        403 => "forbidden",
        404 => "not-found",
        405 | 406 => "not-supported",
        409 | 412 => "conflict",
        429 => "throttled",
        503 => "transient",
        _ => "exception",
    }
}
