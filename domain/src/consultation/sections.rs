//! The parts of a consultation. Their words are sealed under the patient's key.

use super::Change;
use crate::Sealed;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The most prescriptions that one consultation has.
pub const PRESCRIPTIONS_MAX: usize = 50;

/// A part that is written in free words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// What the patient told.
    MedicalHistory,
    /// What the doctor found.
    ExaminationFindings,
    /// What was measured, or is to be.
    Investigations,
    /// What is to be done.
    TreatmentPlan,
}

/// A prescription. What is to be taken, and how, is in the sealed content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prescription {
    /// Names it for ever, also in later versions of the list.
    pub id: Uuid,
    /// The last day of it; in clear, so that lists can be put in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<NaiveDate>,
    /// The drug, its dose and whatever else is said of it.
    pub content: Sealed,
}

/// What changes in a consultation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionChanges {
    /// What the patient told.
    #[serde(default, skip_serializing_if = "Change::is_unchanged")]
    pub medical_history: Change<Sealed>,
    /// What the doctor found.
    #[serde(default, skip_serializing_if = "Change::is_unchanged")]
    pub examination_findings: Change<Sealed>,
    /// What was measured, or is to be.
    #[serde(default, skip_serializing_if = "Change::is_unchanged")]
    pub investigations: Change<Sealed>,
    /// What is to be done.
    #[serde(default, skip_serializing_if = "Change::is_unchanged")]
    pub treatment_plan: Change<Sealed>,
    /// All prescriptions, in place of those before; none at all is an empty list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prescriptions: Option<Vec<Prescription>>,
    /// The day on which the patient is to be looked at again.
    #[serde(default, skip_serializing_if = "Change::is_unchanged")]
    pub review_on: Change<NaiveDate>,
}

impl SectionChanges {
    /// Whether nothing would change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The parts in free words, each with its change.
    #[must_use]
    pub fn sections(&self) -> [(Section, &Change<Sealed>); 4] {
        [
            (Section::MedicalHistory, &self.medical_history),
            (Section::ExaminationFindings, &self.examination_findings),
            (Section::Investigations, &self.investigations),
            (Section::TreatmentPlan, &self.treatment_plan),
        ]
    }
}
