//! What can be written down of attempts to sign in.

use super::FailureReason;
use crate::AccountId;

/// A request to the attempts at one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInCommand {
    /// Writes an attempt down.
    RecordFailure {
        /// Whose name it is, if anybody's.
        account_id: Option<AccountId>,
        /// Why nobody was let in.
        reason: FailureReason,
    },
}
