//! Why a login name refuses.

/// A refusal by a login name. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoginNameError {
    /// Another account holds it.
    #[error("the username or e-mail address is taken")]
    Taken,
}

impl LoginNameError {
    /// The stable code that clients may depend on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Taken => "login_name_taken",
        }
    }
}
