//! Why an inbox refuses: it never does.

/// A refusal by an inbox. There is none, so there is no value of this type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InboxError {}

impl InboxError {
    /// The stable code that clients may depend on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {}
    }
}
