//! What can be written down of a key.

use crate::AccountId;

/// A request to the story of one key. It says what was done already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CryptoKeyCommand {
    /// Writes down that a signing key was made.
    RecordSigningKeyMade,
    /// Writes down that a signing key was retired.
    RecordSigningKeyRetired,
    /// Writes down that a data key was destroyed.
    RecordDataKeyDestroyed {
        /// Whose content it sealed.
        subject_id: AccountId,
        /// The month whose content it sealed, or its other use.
        period: String,
    },
}
