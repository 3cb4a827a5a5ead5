//! Versions of what is edited: `ETag` out, `If-Match` in (RFC 9110, sections 8.8.3 and 13.1.1).
//!
//! A tag is the version of the aggregate's stream, so it is the same at every process. An
//! outdated one is answered with 412, `version_outdated`.

use super::answer::Json;
use super::error::ApiError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// The version that the client wants to change; `None` when it did not say, or said `*`.
#[derive(Clone, Copy, Debug)]
pub(super) struct IfMatch(pub Option<u64>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else { return Ok(Self(None)) };
        match value.to_str().map(str::trim) {
            Ok("*") => Ok(Self(None)),
            Ok(text) => version(text).map(|version| Self(Some(version))).ok_or_else(bad_tag),
            Err(_) => Err(bad_tag()),
        }
    }
}

fn version(tag: &str) -> Option<u64> {
    tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

fn bad_tag() -> ApiError {
    ApiError::new(
        StatusCode::BAD_REQUEST,
        "if_match_invalid",
        "If-Match is exactly one ETag that the server sent",
    )
}

/// A body with its version as the `ETag`.
#[derive(Debug)]
pub(super) struct Versioned<T>(pub u64, pub T);

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let Self(version, body) = self;
        let text = format!("\"{version}\"");
        let tag = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("\"0\""));
        ([(header::ETAG, tag)], Json(body)).into_response()
    }
}
