//! Errors as clients see them: `{code, message, request_id}`.
//!
//! Every failure of a handler becomes an [`ApiError`]. What went wrong inside (databases, keys)
//! goes to the server's log with the request's id, never into a response. The codes are stable:
//! `codes.rs` lists them all.

use crate::policy::Denied;
use anamnesis_domain::session::RecordKind;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;
use uuid::Uuid;

/// A failure, ready to be told.
#[derive(Clone, Debug)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: Cow<'static, str>,
    retry_after_s: Option<u64>,
    /// The policy or a rule of the domain said that it is not the caller's to do.
    is_denial: bool,
    /// The record that a denied attempt was about, where the path does not name it.
    about: Option<(RecordKind, Uuid)>,
}

/// The body of an error response, and the heart of an `error` frame.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Error")]
pub struct ErrorBody<'a> {
    /// What it is, for programs.
    pub code: &'a str,
    /// What it is, for people.
    pub message: &'a str,
    /// Finds it in the server's log.
    pub request_id: Uuid,
}

impl ApiError {
    /// An error of the request's own making.
    pub fn new(
        status: StatusCode,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        let (message, retry_after_s) = (message.into(), None);
        Self { status, code, message, retry_after_s, is_denial: false, about: None }
    }

    /// The same, with when to try again.
    #[must_use]
    pub(super) fn after(self, seconds: u64) -> Self {
        Self { retry_after_s: Some(seconds), ..self }
    }

    /// The same, as an attempt that is written down.
    #[must_use]
    pub(super) fn into_denial(self) -> Self {
        Self { is_denial: true, ..self }
    }

    /// The same, as an attempt at this record.
    #[must_use]
    pub(super) fn at(self, record: (RecordKind, Uuid)) -> Self {
        Self { about: Some(record), ..self }
    }

    /// The request can not be carried out for the moment.
    #[must_use]
    pub fn unavailable(code: &'static str, message: &'static str) -> Self {
        Self { retry_after_s: Some(1), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, code, message) }
    }

    /// The process serves as many clients as it can.
    #[must_use]
    pub fn too_many_clients() -> Self {
        Self::unavailable("too_many_clients", "the server has no place for another client")
    }

    /// There is no such thing, or it is none of the asker's business.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "there is no such thing")
    }

    /// The session that the caller had is over.
    #[must_use]
    pub fn session_revoked() -> Self {
        let message = "the session was ended: sign in again";
        Self::new(StatusCode::UNAUTHORIZED, "session_revoked", message)
    }

    /// The body.
    #[must_use]
    pub fn body(&self, request_id: Uuid) -> ErrorBody<'_> {
        ErrorBody { code: self.code, message: &self.message, request_id }
    }

    /// The message for people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// It took too long. What was asked for may be done nevertheless.
    #[must_use]
    pub fn timed_out() -> Self {
        Self::unavailable(
            "outcome_unknown",
            "it is not known whether this was done: retry with the same client_id",
        )
    }

    /// Whether it was not the caller's to do. Such an attempt is written down.
    #[must_use]
    pub fn is_denial(&self) -> bool {
        self.is_denial
    }

    /// The record that a denied attempt was about, where the path does not name it.
    pub(super) fn about(&self) -> Option<(RecordKind, Uuid)> {
        self.about
    }

    /// The status it is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl IntoResponse for ApiError {
    /// The body is written by the request-id layer, which knows the id.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl ApiError {
    /// Content that an officer may see with a grant, and not without one.
    #[must_use]
    pub fn grant_needed() -> Self {
        let message = "what was written is opened with a grant for the patient";
        let error = Self::new(StatusCode::FORBIDDEN, "grant_needed", message);
        error.into_denial()
    }
}

impl From<Denied> for ApiError {
    fn from(denied: Denied) -> Self {
        let error = match denied {
            Denied::Forbidden => {
                Self::new(StatusCode::FORBIDDEN, "forbidden", "your role does not allow this")
            }
            Denied::Hidden => Self::not_found(),
        };
        error.into_denial()
    }
}
