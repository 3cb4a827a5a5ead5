//! What happened to a key.

use crate::AccountId;
use crate::event::versions;
use serde::{Deserialize, Serialize};

/// A fact about a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CryptoKeyEvent {
    /// A key that signs access tokens was made, and signs from now on.
    SigningKeyMade {},
    /// A key that signed access tokens was taken out of use; its private half is gone.
    SigningKeyRetired {},
    /// A key that sealed content was destroyed: what it sealed can never be read again.
    DataKeyDestroyed {
        /// Whose content it sealed.
        subject_id: AccountId,
        /// The month whose content it sealed (`YYYY-MM`), or its other use.
        period: String,
    },
}

versions!(CryptoKeyEvent {
    SigningKeyMade => "1",
    SigningKeyRetired => "1",
    DataKeyDestroyed => "1",
});
