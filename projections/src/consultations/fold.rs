//! An event applied to a consultation's row.

use super::content::Written;
use super::corrections::Answered;
use super::{Consultation, ConsultationVersion, Content};
use crate::SealedText;
use crate::log::RecordedEvent;
use crate::projection::ApplyError;
use anamnesis_domain::consultation::ConsultationEvent as Event;
use anamnesis_domain::{AccountId, ConsultationId, Sealed};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// The rows that a batch touches, as loaded before and as folded after.
#[derive(Default)]
pub(super) struct Fold {
    pub(super) rows: BTreeMap<ConsultationId, Consultation>,
    /// What was signed or amended in the batch.
    pub(super) versions: Vec<(ConsultationId, ConsultationVersion)>,
    /// Corrections that were asked for in the batch.
    pub(super) requested: Vec<Requested>,
    /// Corrections that were answered in the batch.
    pub(super) answered: Vec<(ConsultationId, Answered)>,
}

/// A correction that was asked for.
pub(super) struct Requested {
    pub(super) id: ConsultationId,
    pub(super) number: u32,
    pub(super) at: DateTime<Utc>,
    pub(super) text: SealedText,
}

impl Fold {
    pub(super) fn apply(
        &mut self,
        id: ConsultationId,
        recorded: &RecordedEvent,
        event: &Event,
    ) -> Result<(), ApplyError> {
        if let Event::ConsultationOpened { .. } = event {
            return self.open(id, recorded, event);
        }
        let row = self.rows.get_mut(&id);
        let row = row.ok_or(ApplyError::Misfit("the consultation was never opened"))?;
        row.version = recorded.sequence;
        row.last_position = recorded.position;
        if let Some(version) = change(row, recorded, event) {
            self.versions.push((id, version));
        }
        self.correct(id, recorded, event);
        Ok(())
    }

    fn correct(&mut self, id: ConsultationId, recorded: &RecordedEvent, event: &Event) {
        let at = recorded.recorded_at;
        let sealed =
            |text: &Sealed| SealedText { sealed: text.clone(), event_id: recorded.event_id };
        match event {
            Event::CorrectionRequested { number, text, .. } => {
                self.requested.push(Requested { id, number: *number, at, text: sealed(text) });
            }
            Event::CorrectionAccepted { number, amendment, .. } => {
                let amendment = Some(*amendment);
                self.answered
                    .push((id, Answered { number: *number, at, amendment, statement: None }));
            }
            Event::CorrectionDeclined { number, statement, .. } => {
                let statement = Some(sealed(statement));
                self.answered
                    .push((id, Answered { number: *number, at, amendment: None, statement }));
            }
            _ => {}
        }
    }

    fn open(
        &mut self,
        id: ConsultationId,
        recorded: &RecordedEvent,
        event: &Event,
    ) -> Result<(), ApplyError> {
        let &Event::ConsultationOpened { appointment_id, patient_id, doctor_id } = event else {
            return Ok(());
        };
        let row = Consultation {
            consultation_id: id,
            appointment_id,
            patient_id,
            doctor_id,
            opened_at: recorded.recorded_at,
            opened_position: recorded.position,
            content: Content::default(),
            reminded: BTreeSet::new(),
            signed_at: None,
            deleted: false,
            version: recorded.sequence,
            last_position: recorded.position,
        };
        match self.rows.insert(id, row) {
            None => Ok(()),
            Some(_) => Err(ApplyError::Misfit("the consultation was opened before")),
        }
    }
}

/// The version that the event makes, if it is one that the doctor stands by.
fn change(
    row: &mut Consultation,
    recorded: &RecordedEvent,
    event: &Event,
) -> Option<ConsultationVersion> {
    let written = Written {
        event_id: recorded.event_id,
        at: recorded.recorded_at,
        position: recorded.position,
    };
    match event {
        Event::ConsultationOpened { .. }
        | Event::CorrectionRequested { .. }
        | Event::CorrectionAccepted { .. }
        | Event::CorrectionDeclined { .. } => {}
        Event::DraftSaved { changes } => row.content.change(changes, written),
        Event::ConsultationSigned { by } => {
            row.signed_at = Some(recorded.recorded_at);
            return Some(version(row, recorded, *by, None));
        }
        Event::ConsultationAmended { by, changes, reason } => {
            row.content.change(changes, written);
            return Some(version(row, recorded, *by, Some(reason)));
        }
        Event::ReviewDue { on } => {
            row.reminded.insert(*on);
        }
        Event::ConsultationDeleted { .. } => row.deleted = true,
        Event::ConsultationRestored { .. } => row.deleted = false,
    }
    None
}

fn version(
    row: &Consultation,
    recorded: &RecordedEvent,
    by: AccountId,
    reason: Option<&Sealed>,
) -> ConsultationVersion {
    let event_id = recorded.event_id;
    ConsultationVersion {
        version: recorded.sequence,
        written_by: by,
        written_at: recorded.recorded_at,
        reason: reason.map(|reason| SealedText { sealed: reason.clone(), event_id }),
        content: row.content.clone(),
    }
}
