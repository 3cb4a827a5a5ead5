//! What happened when somebody tried to sign in.

use crate::AccountId;
use crate::event::versions;
use serde::{Deserialize, Serialize};

/// Why nobody was let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureReason {
    /// Nobody has that name.
    UnknownName,
    /// The password was wrong.
    WrongPassword,
    /// The account waits for an administrator, was refused, or is deactivated.
    AccountNotActive,
}

/// A fact about attempts to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInEvent {
    /// Somebody tried and was not let in.
    SignInFailed {
        /// Whose name it is, if anybody's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account_id: Option<AccountId>,
        /// Why. Whoever tried was not told which of the reasons it was.
        reason: FailureReason,
    },
}

versions!(SignInEvent { SignInFailed => "1" });
