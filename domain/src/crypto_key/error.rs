//! Why a key's story is not written down: it always is.

/// A refusal. There is none, so there is no value of this type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CryptoKeyError {}

impl CryptoKeyError {
    /// The stable code that clients may depend on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {}
    }
}
