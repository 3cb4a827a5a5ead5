//! Messages that were reported: hidden until somebody decides.

use crate::AccountId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a message is hidden from both participants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HideReason {
    /// It was meant for another patient.
    WrongPatient,
}

impl HideReason {
    /// The name used in events and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WrongPatient => "wrong_patient",
        }
    }
}

/// What becomes of a hidden message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HideDecision {
    /// It is what it was before it was hidden.
    ShownAgain,
    /// It is hidden for good.
    StaysHidden,
}

impl HideDecision {
    /// The name used in events and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ShownAgain => "shown_again",
            Self::StaysHidden => "stays_hidden",
        }
    }
}

/// The last report of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Report {
    pub(super) author_id: AccountId,
    pub(super) decision: Option<HideDecision>,
}

impl Report {
    pub(super) fn is_hidden(self) -> bool {
        self.decision != Some(HideDecision::ShownAgain)
    }
}
