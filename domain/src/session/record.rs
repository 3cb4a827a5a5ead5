//! What a session can look at, or try to.

use crate::{AccountId, GrantId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// Words of a conversation; the id is the room's.
    Messages,
    /// An appointment with its reasons.
    Appointment,
    /// A consultation with what stands in it.
    Consultation,
    /// What somebody takes or took; the id is the patient's.
    Medicines,
    /// An account; the id is its own.
    Account,
    /// A break-glass grant with what was written about it; the id is its own.
    Grant,
}

/// A part of a patient's record that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReadPart {
    /// Which room, appointment, consultation or patient.
    pub id: Uuid,
    /// Of messages, the number of the first one; of everything else, the version that was shown.
    pub from: u64,
    /// The number of the last one; of everything else the same as `from`.
    pub through: u64,
}

/// A look at the record of one patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// Whom it concerns.
    pub patient_id: AccountId,
    /// What was looked at.
    pub kind: RecordKind,
    /// Which parts, at least one.
    pub parts: Vec<ReadPart>,
    /// The break-glass grant that allowed it, if one was needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<GrantId>,
}

/// A look at the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookUp {
    /// The code of the view: a search, a timeline, a replay, an export, a view of the past.
    pub view: String,
    /// What was asked for: codes, ids, positions and instants, never words.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub filters: BTreeMap<String, String>,
}

/// Something that was tried and not allowed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Attempt {
    /// The code of the action.
    pub action: String,
    /// What it was to be done to; absent when the role alone forbids it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RecordKind>,
    /// Which one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Whom it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patient_id: Option<AccountId>,
}

impl Attempt {
    /// The action of [`Attempt::further`].
    pub const FURTHER: &str = "further_attempts";

    /// More was tried than is written down one by one.
    #[must_use]
    pub fn further() -> Self {
        Self { action: Self::FURTHER.to_owned(), kind: None, id: None, patient_id: None }
    }
}
