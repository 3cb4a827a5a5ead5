//! What stands in a consultation: every text sealed, each with the event that sealed it.

use crate::SealedText;
use anamnesis_domain::Sealed;
use anamnesis_domain::consultation::{Change, Prescription, SectionChanges};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The parts of a consultation as they stand after one of its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What the patient told.
    pub medical_history: Option<SealedText>,
    /// What the doctor found.
    pub examination_findings: Option<SealedText>,
    /// What was measured, or is to be.
    pub investigations: Option<SealedText>,
    /// What is to be done.
    pub treatment_plan: Option<SealedText>,
    /// What is to be taken, in the doctor's order.
    pub prescriptions: Vec<KeptPrescription>,
    /// The day on which the patient is to be looked at again.
    pub review_on: Option<NaiveDate>,
}

/// A prescription that stands in a consultation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPrescription {
    /// Names it, also in later versions of the list.
    pub id: Uuid,
    /// The last day of it.
    pub ends_on: Option<NaiveDate>,
    /// What is to be taken, and how.
    pub content: SealedText,
    /// When it first stood in the list that it has been in since.
    pub first_at: DateTime<Utc>,
    /// The position of that event.
    pub first_position: u64,
}

/// The event that changes a consultation.
#[derive(Clone, Copy)]
pub(super) struct Written {
    pub(super) event_id: Uuid,
    pub(super) at: DateTime<Utc>,
    pub(super) position: u64,
}

impl Content {
    pub(super) fn change(&mut self, changes: &SectionChanges, written: Written) {
        let replace = |part: &mut Option<SealedText>, change: &Change<Sealed>| match change {
            Change::Unchanged => {}
            Change::Cleared => *part = None,
            Change::Set(sealed) => *part = Some(text(sealed, written)),
        };
        replace(&mut self.medical_history, &changes.medical_history);
        replace(&mut self.examination_findings, &changes.examination_findings);
        replace(&mut self.investigations, &changes.investigations);
        replace(&mut self.treatment_plan, &changes.treatment_plan);
        if let Some(list) = &changes.prescriptions {
            self.prescriptions = list.iter().map(|one| self.kept(one, written)).collect();
        }
        match changes.review_on {
            Change::Unchanged => {}
            Change::Cleared => self.review_on = None,
            Change::Set(day) => self.review_on = Some(day),
        }
    }

    /// A prescription of a new list; one that stood there before keeps its beginning.
    fn kept(&self, one: &Prescription, written: Written) -> KeptPrescription {
        let before = self.prescriptions.iter().find(|before| before.id == one.id);
        KeptPrescription {
            id: one.id,
            ends_on: one.ends_on,
            content: text(&one.content, written),
            first_at: before.map_or(written.at, |before| before.first_at),
            first_position: before.map_or(written.position, |before| before.first_position),
        }
    }
}

fn text(sealed: &Sealed, written: Written) -> SealedText {
    SealedText { sealed: sealed.clone(), event_id: written.event_id }
}
