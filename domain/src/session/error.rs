//! Why a session refuses.

/// A refusal by a session. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    /// There is no such session.
    #[error("there is no such session")]
    NotFound,
    /// It is over: nothing can be read in it any more.
    #[error("the session was ended: sign in again")]
    Ended,
}

impl SessionError {
    /// The stable code that clients may depend on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "session_unknown",
            Self::Ended => "session_revoked",
        }
    }
}
