//! What a doctor writes down at a time.

use super::Prescribing;
use crate::commands::error::Invalid;
use crate::commands::text;
use anamnesis_domain::consultation::Change;
use chrono::{NaiveDate, TimeDelta};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The furthest day of a review, from today.
const REVIEW_WITHIN: TimeDelta = TimeDelta::days(3_660);

/// What changes in a consultation, in clear: a part is absent (it stays), null or empty (it is
/// cleared), or text. A retry is recognised by the JSON form, so its names never change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "ConsultationEntry")]
pub struct Entry {
    /// What the patient told.
    #[serde(skip_serializing_if = "Change::is_unchanged")]
    pub medical_history: Change<String>,
    /// What the doctor found.
    #[serde(skip_serializing_if = "Change::is_unchanged")]
    pub examination_findings: Change<String>,
    /// What was measured, or is to be.
    #[serde(skip_serializing_if = "Change::is_unchanged")]
    pub investigations: Change<String>,
    /// What is to be done.
    #[serde(skip_serializing_if = "Change::is_unchanged")]
    #[schemars(example = &"Rest, and plenty to drink.")]
    pub treatment_plan: Change<String>,
    /// All prescriptions, in place of those before.
    pub prescriptions: Option<Vec<Prescribing>>,
    /// The day on which the patient is to be looked at again.
    #[serde(skip_serializing_if = "Change::is_unchanged")]
    pub review_on: Change<NaiveDate>,
    /// Why something that was signed is changed.
    pub reason: Option<String>,
    /// Makes it safe to ask again. It is not part of what is asked.
    #[serde(skip_serializing)]
    pub client_id: Option<Uuid>,
}

impl Entry {
    /// The entry with its texts in bounds, and empty parts cleared.
    pub(super) fn checked(self, today: NaiveDate) -> Result<Self, Invalid> {
        for prescription in self.prescriptions.iter().flatten() {
            prescription.check()?;
        }
        if let Change::Set(day) = self.review_on {
            check_review(day, today)?;
        }
        Ok(Self {
            medical_history: section(self.medical_history)?,
            examination_findings: section(self.examination_findings)?,
            investigations: section(self.investigations)?,
            treatment_plan: section(self.treatment_plan)?,
            reason: text::reason(self.reason.as_deref())?.map(str::to_owned),
            ..self
        })
    }
}

fn section(change: Change<String>) -> Result<Change<String>, Invalid> {
    let Change::Set(words) = change else { return Ok(change) };
    Ok(text::section(&words)?.map_or(Change::Cleared, |words| Change::Set(words.to_owned())))
}

/// Yesterday is allowed too, because it may still be that day where the doctor is.
fn check_review(day: NaiveDate, today: NaiveDate) -> Result<(), Invalid> {
    let ahead = day.signed_duration_since(today);
    if ahead >= -TimeDelta::days(1) && ahead <= REVIEW_WITHIN {
        return Ok(());
    }
    Err(Invalid {
        code: "review_day_invalid",
        message: "a review is on one of the days from today, at most ten years ahead",
    })
}
