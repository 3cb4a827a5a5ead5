//! Failures of the parts, as they are told: which of them are the caller's, and which are the
//! server's, whose reasons are for its own log.

use super::error::ApiError;
use crate::as_of::AsOfError;
use crate::audit::LineError;
use crate::auth::{
    Limited, PasswordError, RotateError, SessionError, SigningKeyError, TicketError, TokenError,
};
use crate::commands::{CommandError, ExecuteError, Invalid, Refusal};
use crate::live::{BadCursor, Full, LiveError};
use crate::pictures::PictureError;
use crate::replay::{ReplayError, SelectError};
use anamnesis_projections::scratch::ScratchError;
use axum::http::StatusCode;

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
        let told = Self::new(status, refusal.code(), refusal.to_string());
        // What is somebody else's is tried in vain, whether it is said to be there or not.
        let is_denial = status == StatusCode::FORBIDDEN
            || refusal.code().ends_with("_not_participant")
            || refusal.code() == "search_not_found";
        if is_denial { told.into_denial() } else { told }
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
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", limited.to_string())
            .after(limited.retry_after_s)
    }
}

impl From<LiveError> for ApiError {
    fn from(error: LiveError) -> Self {
        match error {
            LiveError::Full(Full::Process) => Self::too_many_clients(),
            LiveError::Full(Full::Account) => {
                let (status, code) = (StatusCode::TOO_MANY_REQUESTS, "too_many_own_clients");
                Self::new(status, code, error.to_string()).after(1)
            }
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
