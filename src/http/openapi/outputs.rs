//! What the answers say of themselves.

use super::operation::{Operation, Output};
use crate::http::answer::{Accepted, Created, Json, NoContent};
use crate::http::error::ApiError;
use crate::http::etag::Versioned;
use axum::http::StatusCode;
use axum::response::sse::Sse;
use axum_extra::extract::CookieJar;
use schemars::JsonSchema;
use serde_json::json;

/// Errors are described with what can cause them.
impl<A: Output> Output for Result<A, ApiError> {
    fn describe(operation: &mut Operation<'_>, status: StatusCode) {
        A::describe(operation, status);
    }
}

impl<T: JsonSchema> Output for Json<T> {
    fn describe(operation: &mut Operation<'_>, status: StatusCode) {
        operation.gives_json::<T>(status);
    }
}

impl<T: JsonSchema> Output for Versioned<T> {
    fn describe(operation: &mut Operation<'_>, status: StatusCode) {
        operation.gives_json::<T>(status);
        operation.gives_version(status);
    }
}

impl<A: Output> Output for Created<A> {
    fn describe(operation: &mut Operation<'_>, _: StatusCode) {
        A::describe(operation, StatusCode::CREATED);
    }
}

impl Output for NoContent {
    fn describe(operation: &mut Operation<'_>, _: StatusCode) {
        operation.gives_nothing(StatusCode::NO_CONTENT);
    }
}

impl Output for Accepted {
    fn describe(operation: &mut Operation<'_>, _: StatusCode) {
        operation.gives_nothing(StatusCode::ACCEPTED);
    }
}

/// The cookie goes with the answer and changes nothing of its body.
impl<A: Output> Output for (CookieJar, A) {
    fn describe(operation: &mut Operation<'_>, status: StatusCode) {
        A::describe(operation, status);
    }
}

impl Output for &'static str {
    fn describe(operation: &mut Operation<'_>, status: StatusCode) {
        operation.gives(status, "text/plain", &json!({ "type": "string" }));
    }
}

impl<S> Output for Sse<S> {
    fn describe(operation: &mut Operation<'_>, status: StatusCode) {
        operation.gives(status, "text/event-stream", &json!({ "type": "string" }));
    }
}
