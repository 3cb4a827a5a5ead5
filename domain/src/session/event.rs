//! What happened in a session.

use super::{Attempt, LookUp, Read};
use crate::event::versions;
use crate::{AccountId, Role};
use serde::{Deserialize, Serialize};

/// Why a session ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// Its person signed out.
    SignedOut,
    /// A refresh token came a second time: somebody has a copy.
    TokenReused,
    /// A refresh token came without the secret of its device: somebody has a copy.
    WrongDevice,
    /// Newer sessions of the same account took its place.
    TooManySessions,
    /// The account's password or role changed.
    CredentialsChanged,
    /// The account was deactivated or erased.
    AccountClosed,
    /// An administrator ended it.
    ByAdministrator,
}

impl EndReason {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::SignedOut,
        Self::TokenReused,
        Self::WrongDevice,
        Self::TooManySessions,
        Self::CredentialsChanged,
        Self::AccountClosed,
        Self::ByAdministrator,
    ];

    /// The code by which it is stored, in events and elsewhere. Never changes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::TokenReused => "token_reused",
            Self::WrongDevice => "wrong_device",
            Self::TooManySessions => "too_many_sessions",
            Self::CredentialsChanged => "credentials_changed",
            Self::AccountClosed => "account_closed",
            Self::ByAdministrator => "by_administrator",
        }
    }

    /// The reason with this code, if there is one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == code)
    }
}

/// A fact about a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionEvent {
    /// Somebody signed in.
    SessionStarted {
        /// Who.
        account_id: AccountId,
        /// The role they had then.
        role: Role,
    },
    /// The session was ended. One whose time is simply over has no such event.
    SessionEnded {
        /// Why.
        reason: EndReason,
    },
    /// Content about a patient was about to be shown.
    ContentRead {
        /// What it was.
        #[serde(flatten)]
        read: Read,
    },
    /// From now on everything that happens in the account's conversations, appointments and
    /// consultations was about to be sent as it happens.
    FeedFollowed {
        /// The position after which the session wanted to have it; absent when only from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<u64>,
    },
    /// The trail itself was about to be looked at.
    TrailRead {
        /// How.
        #[serde(flatten)]
        look_up: LookUp,
    },
    /// Something was tried and not allowed.
    AccessDenied {
        /// What it was.
        #[serde(flatten)]
        attempt: Attempt,
    },
}

versions!(SessionEvent {
    SessionStarted => "1",
    SessionEnded => "1",
    ContentRead => "1",
    FeedFollowed => "1",
    TrailRead => "1",
    AccessDenied => "1",
});
