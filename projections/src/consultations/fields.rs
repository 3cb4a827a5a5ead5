//! How each field of a consultation came to say what it says.

use super::Content;
use super::content::KeptPrescription;
use super::fold::Fold;
use crate::SealedText;
use crate::log::RecordedEvent;
use crate::projection::{ApplyError, content};
use anamnesis_domain::consultation::ConsultationEvent;
use anamnesis_domain::{AccountId, ConsultationId, Event};
use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::Serialize;

/// A field of a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ConsultationField")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Field {
    MedicalHistory,
    ExaminationFindings,
    Investigations,
    TreatmentPlan,
    Prescriptions,
    ReviewOn,
}

impl Field {
    /// The name used in events and in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MedicalHistory => "medical_history",
            Self::ExaminationFindings => "examination_findings",
            Self::Investigations => "investigations",
            Self::TreatmentPlan => "treatment_plan",
            Self::Prescriptions => "prescriptions",
            Self::ReviewOn => "review_on",
        }
    }
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// A section.
    Text(Option<SealedText>),
    /// The list of prescriptions.
    Prescriptions(Vec<KeptPrescription>),
    /// The day of the review.
    Day(Option<NaiveDate>),
}

/// A field that was set or cleared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Which.
    pub field: Field,
    /// Sequence of the event.
    pub version: u64,
    /// Position of the event.
    pub position: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: AccountId,
    /// Why, of an amendment; `None` while it was a draft.
    pub reason: Option<SealedText>,
    /// What stood there before.
    pub before: FieldValue,
    /// What stood there from then on.
    pub after: FieldValue,
}

/// A consultation's events, folded one by one by the code of the read model.
#[derive(Default)]
pub struct FieldHistory {
    fold: Fold,
}

impl FieldHistory {
    /// The fields that this event, the next of the consultation, set or cleared.
    pub fn next(
        &mut self,
        id: ConsultationId,
        recorded: &RecordedEvent,
    ) -> Result<Vec<FieldChange>, ApplyError> {
        let Event::Consultation(event) = content(recorded)? else {
            return Err(ApplyError::Misfit("not an event of a consultation"));
        };
        let before = self.fold.rows.get(&id).map(|row| row.content.clone()).unwrap_or_default();
        self.fold.apply(id, recorded, event)?;
        let Some(row) = self.fold.rows.get(&id) else { return Ok(Vec::new()) };
        let actor = recorded.metadata().ok().and_then(|metadata| metadata.actor_id);
        let reason = match event {
            ConsultationEvent::ConsultationAmended { reason, .. } => {
                Some(SealedText { sealed: reason.clone(), event_id: recorded.event_id })
            }
            _ => None,
        };
        let change = |(field, before, after)| FieldChange {
            field,
            version: recorded.sequence,
            position: recorded.position,
            at: recorded.recorded_at,
            by: actor.unwrap_or(row.doctor_id),
            reason: reason.clone(),
            before,
            after,
        };
        let values = values(before).into_iter().zip(values(row.content.clone()));
        let changed = values.filter(|((_, before), (_, after))| before != after);
        Ok(changed.map(|((field, before), (_, after))| change((field, before, after))).collect())
    }
}

fn values(content: Content) -> [(Field, FieldValue); 6] {
    [
        (Field::MedicalHistory, FieldValue::Text(content.medical_history)),
        (Field::ExaminationFindings, FieldValue::Text(content.examination_findings)),
        (Field::Investigations, FieldValue::Text(content.investigations)),
        (Field::TreatmentPlan, FieldValue::Text(content.treatment_plan)),
        (Field::Prescriptions, FieldValue::Prescriptions(content.prescriptions)),
        (Field::ReviewOn, FieldValue::Day(content.review_on)),
    ]
}
