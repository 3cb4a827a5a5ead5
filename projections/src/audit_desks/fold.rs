//! What a batch of events does to officers' desks.

use super::{SavedSearch, TrailReview};
use crate::log::RecordedEvent;
use crate::projection::{ApplyError, content};
use crate::sealed_text::SealedText;
use anamnesis_domain::audit_desk::AuditDeskEvent;
use anamnesis_domain::{AccountId, Event};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// The end of a batch.
#[derive(Default)]
pub(super) struct Fold {
    pub(super) reviews: Vec<TrailReview>,
    /// Those that the batch is about: as they are then, or (`None`) no more.
    pub(super) searches: BTreeMap<Uuid, Option<SavedSearch>>,
}

/// The searches that the batch asks of what was there before.
pub(super) fn changed(batch: &[Arc<RecordedEvent>]) -> Result<Vec<Uuid>, ApplyError> {
    let mut ids = Vec::new();
    for recorded in batch {
        if let Event::AuditDesk(AuditDeskEvent::SearchChanged { search_id, .. }) =
            content(recorded)?
        {
            ids.push(*search_id);
        }
    }
    Ok(ids)
}

impl Fold {
    pub(super) fn add(&mut self, recorded: &RecordedEvent) -> Result<(), ApplyError> {
        let Event::AuditDesk(event) = content(recorded)? else {
            return Err(ApplyError::Misfit("not an event of an officer's desk"));
        };
        let officer_id = recorded.stream.aggregate_id.parse();
        let officer_id: AccountId =
            officer_id.map_err(|_| ApplyError::Misfit("the stream's id is not an officer's"))?;
        let (at, event_id) = (recorded.recorded_at, recorded.event_id);
        match event {
            AuditDeskEvent::GrantTaken { .. } | AuditDeskEvent::GrantReturned { .. } => {}
            AuditDeskEvent::TrailReviewed { review_id, filters, from, to, note } => {
                self.reviews.push(TrailReview {
                    review_id: *review_id,
                    position: recorded.position,
                    at,
                    officer_id,
                    filters: filters.clone(),
                    first: *from,
                    last: *to,
                    note: SealedText { sealed: note.clone(), event_id },
                });
            }
            AuditDeskEvent::SearchSaved { search_id, name, filters } => {
                let search = SavedSearch {
                    search_id: *search_id,
                    officer_id,
                    saved_at: at,
                    changed_at: at,
                    filters: filters.clone(),
                    name: SealedText { sealed: name.clone(), event_id },
                };
                self.searches.insert(*search_id, Some(search));
            }
            AuditDeskEvent::SearchChanged { search_id, filters } => {
                let search = self.searches.get_mut(search_id).and_then(Option::as_mut);
                let search = search.ok_or(ApplyError::Misfit("the search was never saved"))?;
                search.filters.clone_from(filters);
                search.changed_at = at;
            }
            AuditDeskEvent::SearchDeleted { search_id } => {
                self.searches.insert(*search_id, None);
            }
        }
        Ok(())
    }
}
