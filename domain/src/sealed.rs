//! Content that this crate may carry but never read.

use serde::{Deserialize, Serialize};

/// Encrypted content, as text: sealed before the command is made, opened after a read.
/// The form is `s1.<key id>.<base64url of nonce, ciphertext and tag>`; only the server's
/// `sealing` module looks inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(pub String);

impl Sealed {
    /// The sealed text, for storing.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
