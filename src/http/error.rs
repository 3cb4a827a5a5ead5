//! Errors as clients see them: `{code, message, request_id}`.
//!
//! Every failure of a handler becomes an [`ApiError`]. What went wrong inside (databases, keys)
//! goes to the server's log with the request's id, never into a response. The codes are stable:
//! `codes.rs` lists them all.

use crate::as_of::AsOfError;
use crate::audit::LineError;
use crate::auth::{
    Limited, PasswordError, RotateError, SessionError, SigningKeyError, TicketError, TokenError,
};
use crate::commands::{CommandError, ExecuteError, Invalid, Refusal};
use crate::live::{BadCursor, Full, LiveError};
use crate::pictures::PictureError;
use crate::policy::Denied;
use crate::replay::{ReplayError, SelectError};
use anamnesis_projections::scratch::ScratchError;
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
    /// The policy said no.
    is_denial: bool,
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
        Self { status, code, message: message.into(), retry_after_s: None, is_denial: false }
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

    /// Whether the policy said no. Such an attempt is written down.
    #[must_use]
    pub fn is_denial(&self) -> bool {
        self.is_denial
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

/// An infrastructure failure: the reason is for the server's log only.
fn internal(error: &dyn std::error::Error) -> ApiError {
    tracing::error!(error = %chain(error), "a request failed");
    ApiError::unavailable("unavailable", "the server can not do this at the moment")
}

/// The error and its causes. None of ours carries content.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

impl ApiError {
    /// Content that an officer may see with a grant, and not without one.
    #[must_use]
    pub fn grant_needed() -> Self {
        let message = "what was written is opened with a grant for the patient";
        let error = Self::new(StatusCode::FORBIDDEN, "grant_needed", message);
        Self { is_denial: true, ..error }
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
        Self { is_denial: true, ..error }
    }
}

impl From<Invalid> for ApiError {
    fn from(invalid: Invalid) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, invalid.code, invalid.message)
    }
}

impl From<BadCursor> for ApiError {
    fn from(error: BadCursor) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "cursor_invalid", error.to_string())
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal.code() {
            "version_outdated" => StatusCode::PRECONDITION_FAILED,
            "session_revoked" | "session_unknown" => StatusCode::UNAUTHORIZED,
            "room_not_found"
            | "room_not_participant"
            | "message_not_found"
            | "account_not_found"
            | "appointment_not_found"
            | "appointment_not_participant"
            | "consultation_not_found"
            | "report_not_found"
            | "correction_not_found"
            | "grant_not_found"
            | "search_not_found" => StatusCode::NOT_FOUND,
            "message_not_author"
            | "account_own_account"
            | "account_not_an_administrator"
            | "appointment_not_its_doctor"
            | "consultation_not_its_doctor"
            | "consultation_not_its_patient"
            | "grant_not_its_officer"
            | "own_review" => StatusCode::FORBIDDEN,
            "appointment_in_the_past"
            | "appointment_too_far_away"
            | "appointment_bad_length"
            | "appointment_same_person"
            | "consultation_too_many_prescriptions"
            | "consultation_prescription_twice"
            | "grant_bad_length"
            | "schedule_zone_unknown"
            | "schedule_bad_slot_length"
            | "schedule_bad_span"
            | "schedule_spans_overlap"
            | "schedule_too_many_spans"
            | "schedule_exception_in_the_past" => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::CONFLICT,
        };
        Self::new(status, refusal.code(), refusal.to_string())
    }
}

impl From<ExecuteError> for ApiError {
    fn from(error: ExecuteError) -> Self {
        match error {
            ExecuteError::Refused(refusal) => refusal.into(),
            ExecuteError::ClientIdReused => {
                Self::new(StatusCode::CONFLICT, "client_id_reused", error.to_string())
            }
            ExecuteError::Contended => Self::unavailable("contended", "try again in a moment"),
            ExecuteError::Overloaded => {
                Self::unavailable("overloaded", "the server has too much to do")
            }
            ExecuteError::OutcomeUnknown => Self::timed_out(),
            ExecuteError::Unavailable
            | ExecuteError::Unreadable(_)
            | ExecuteError::Unserialisable(_) => internal(&error),
        }
    }
}

impl From<CommandError> for ApiError {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::Invalid(invalid) => invalid.into(),
            CommandError::Denied(denied) => denied.into(),
            CommandError::Execute(error) => error.into(),
            CommandError::Password(error) => error.into(),
            CommandError::Seal(_)
            | CommandError::Read(_)
            | CommandError::Session(_)
            | CommandError::Database(_) => internal(&error),
        }
    }
}

impl From<PictureError> for ApiError {
    fn from(error: PictureError) -> Self {
        match error {
            PictureError::NotAPicture(why) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "picture_invalid", why.to_string())
            }
            PictureError::Seal(_) | PictureError::Open(_) | PictureError::Database(_) => {
                internal(&error)
            }
        }
    }
}

impl From<PasswordError> for ApiError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::TooShort | PasswordError::TooLong => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, error.code(), error.to_string())
            }
            PasswordError::Busy => Self::unavailable(error.code(), "too many are signing in"),
            PasswordError::Failed => internal(&error),
        }
    }
}

impl From<TokenError> for ApiError {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Invalid | TokenError::Expired => {
                Self::new(StatusCode::UNAUTHORIZED, error.code(), error.to_string())
            }
            TokenError::Keys(_) => internal(&error),
        }
    }
}

impl From<RotateError> for ApiError {
    fn from(error: RotateError) -> Self {
        match error {
            RotateError::Unavailable(_) | RotateError::Crypto(_) => internal(&error),
            _ => Self::new(StatusCode::UNAUTHORIZED, error.code(), error.to_string()),
        }
    }
}

impl From<TicketError> for ApiError {
    fn from(error: TicketError) -> Self {
        match error {
            TicketError::Invalid | TicketError::SessionEnded => {
                Self::new(StatusCode::UNAUTHORIZED, error.code(), error.to_string())
            }
            TicketError::Unavailable(_) | TicketError::Crypto(_) => internal(&error),
        }
    }
}

impl From<Limited> for ApiError {
    fn from(limited: Limited) -> Self {
        Self {
            retry_after_s: Some(limited.retry_after_s),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", limited.to_string())
        }
    }
}

impl From<LiveError> for ApiError {
    fn from(error: LiveError) -> Self {
        match error {
            LiveError::Full(Full::Process) => Self::too_many_clients(),
            LiveError::Full(Full::Account) => Self {
                retry_after_s: Some(1),
                ..Self::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "too_many_own_clients",
                    error.to_string(),
                )
            },
            LiveError::Lagging => Self::unavailable("read_models_lag", "the server is catching up"),
            LiveError::Log(_) | LiveError::Seal(_) | LiveError::ReadModel(_) => internal(&error),
        }
    }
}

impl From<SelectError> for ApiError {
    fn from(error: SelectError) -> Self {
        let code = match error {
            SelectError::BeyondTheLog { .. } => "position_beyond_log",
            SelectError::InTheFuture => "instant_in_the_future",
            SelectError::Reversed => "range_invalid",
            SelectError::Read(_) => return internal(&error),
        };
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, error.to_string())
    }
}

impl From<AsOfError> for ApiError {
    fn from(error: AsOfError) -> Self {
        match error {
            AsOfError::Unknown => Self::not_found(),
            AsOfError::NotYet => {
                Self::new(StatusCode::NOT_FOUND, "not_there_yet", error.to_string())
            }
            AsOfError::BeforeTheLog => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "before_the_log", error.to_string())
            }
            AsOfError::Scratch(ScratchError::TooLarge { .. }) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "as_of_too_large", error.to_string())
            }
            AsOfError::TooMany => Self::unavailable(
                "too_many_views",
                "other views of the past are being made: ask again in a moment",
            ),
            AsOfError::Point(error) => error.into(),
            AsOfError::Scratch(_) | AsOfError::Log(_) | AsOfError::Database(_) => internal(&error),
        }
    }
}

impl From<ReplayError> for ApiError {
    fn from(error: ReplayError) -> Self {
        let code = match error {
            ReplayError::Missing { .. } => "event_missing",
            ReplayError::Unreadable { .. } => "event_unreadable",
            ReplayError::NotTaken => "reader_too_slow",
            ReplayError::Read(_)
            | ReplayError::ReadModel(_)
            | ReplayError::TooSlow
            | ReplayError::Look(_)
            | ReplayError::Content(_)
            | ReplayError::Json(_)
            | ReplayError::Csv(_) => return internal(&error),
        };
        tracing::error!(%error, "a replay broke off");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, error.to_string())
    }
}

macro_rules! always_internal {
    ($($error:ty),+) => {
        $(impl From<$error> for ApiError {
            fn from(error: $error) -> Self {
                internal(&error)
            }
        })+
    };
}
always_internal!(
    LineError,
    sqlx::Error,
    std::sync::Arc<sqlx::Error>,
    SessionError,
    SigningKeyError,
    anamnesis_projections::log::ReadError
);
