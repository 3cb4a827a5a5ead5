//! How each field of a consultation came to say what it says.

use super::{AsOf, AsOfError, Moment, RecordName};
use crate::commands::past::{Past, past};
use anamnesis_domain::ConsultationId;
use anamnesis_domain::consultation::{Consultation, Parties};
use anamnesis_projections::consultations::{FieldChange, FieldHistory};
use anamnesis_projections::scratch::ScratchError;

/// Events read at a time.
const PAGE: usize = 1_000;
/// The most events that are folded for one history.
const EVENTS_MAX: u64 = 100_000;

/// Whose a consultation was, and which version of it.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    /// Whose.
    pub parties: Parties,
    /// Whether it was signed.
    pub is_signed: bool,
    /// Sequence of its last event.
    pub version: u64,
}

/// A page of a history.
#[derive(Debug, Default)]
pub struct FieldPage {
    /// The first first.
    pub changes: Vec<FieldChange>,
    /// The version after which the next page begins.
    pub next: Option<u64>,
}

impl AsOf {
    /// Whose a consultation was, if it was there.
    pub async fn written(
        &self,
        id: ConsultationId,
        at: Moment,
    ) -> Result<Option<Written>, AsOfError> {
        let then = past::<Consultation>(&*self.log, &id.to_string(), at.position).await?;
        Ok(then.and_then(|Past { state, version, .. }| {
            let parties = state.parties()?;
            Some(Written { parties, is_signed: state.is_signed(), version })
        }))
    }

    /// What changed in the fields of a consultation up to a moment, drafts included: at least
    /// `limit` changes after version `after`, if there are so many, and all of the last event's.
    /// Cost: the consultation's events up to there.
    pub async fn field_changes(
        &self,
        id: ConsultationId,
        at: Moment,
        after: u64,
        limit: usize,
    ) -> Result<FieldPage, AsOfError> {
        let stream = RecordName::Consultation(id).stream();
        let (mut history, mut page, mut version) =
            (FieldHistory::default(), FieldPage::default(), 0);
        loop {
            let events = self.log.read_stream(&stream, version, PAGE).await?;
            for recorded in events.iter().take_while(|event| event.position <= at.position) {
                version = recorded.sequence;
                let changes = history.next(id, recorded).map_err(ScratchError::from)?;
                if version > after {
                    page.changes.extend(changes);
                }
                if page.changes.len() >= limit {
                    page.next = Some(version);
                    return Ok(page);
                }
            }
            let is_end =
                events.len() < PAGE || events.last().is_some_and(|last| last.sequence > version);
            match version {
                0 if events.is_empty() => return Err(AsOfError::Unknown),
                0 => return Err(AsOfError::NotYet),
                _ if is_end => return Ok(page),
                EVENTS_MAX.. => return Err(ScratchError::TooLarge { limit: EVENTS_MAX }.into()),
                _ => {}
            }
        }
    }
}
