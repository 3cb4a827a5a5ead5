//! What happened to a grant.

use crate::event::versions;
use crate::{AccountId, Sealed};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a reviewer makes of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// There was reason enough.
    Justified,
    /// There was not.
    NotJustified,
}

impl Verdict {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Justified, Self::NotJustified];

    /// The code by which it is stored. Never changes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Justified => "justified",
            Self::NotJustified => "not_justified",
        }
    }

    /// The verdict with this code, if there is one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str() == code)
    }
}

/// A fact about a grant. Its words are about the patient, and sealed under the patient's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccessGrantEvent {
    /// An officer opened a patient's record to themselves.
    AccessGranted {
        /// Who may look from now on.
        officer_id: AccountId,
        /// At whose record.
        patient_id: AccountId,
        /// Why, in the officer's words.
        reason: Sealed,
        /// The first instant at which it is over.
        expires_at: DateTime<Utc>,
    },
    /// The officer needs it no longer.
    AccessEnded {
        /// The officer.
        by: AccountId,
    },
    /// Another officer has looked at what was done.
    AccessReviewed {
        /// That officer.
        by: AccountId,
        /// What they make of it.
        verdict: Verdict,
        /// Their words about it, if they have any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Sealed>,
    },
}

versions!(AccessGrantEvent {
    AccessGranted => "1",
    AccessEnded => "1",
    AccessReviewed => "1",
});
