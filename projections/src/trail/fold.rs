//! What a batch of events comes to.

use super::about::{About, Subject, about};
use super::action::{Outcome, code};
use super::line::{TrailKind, TrailLine};
use crate::log::RecordedEvent;
use crate::number::bigint;
use crate::projection::{ApplyError, content};
use anamnesis_domain::AccountId;
use anamnesis_domain::Event;
use anamnesis_domain::account::AccountEvent;
use anamnesis_domain::session::SessionEvent;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// The events of a batch, each with what it is about.
pub(super) struct Read<'e> {
    pub(super) events: Vec<(&'e RecordedEvent, About)>,
}

/// What is written.
#[derive(Default)]
pub(super) struct Fold {
    pub(super) lines: Vec<TrailLine>,
    /// Further records that lines concern.
    pub(super) also: Vec<(Uuid, i64)>,
    pub(super) learnt: HashMap<Uuid, Subject>,
}

impl<'e> Read<'e> {
    pub(super) fn of(batch: &'e [Arc<RecordedEvent>]) -> Result<Self, ApplyError> {
        let events = batch.iter().map(|event| Ok((&**event, about(event)?)));
        Ok(Self { events: events.collect::<Result<_, ApplyError>>()? })
    }

    /// What was said before and is asked for.
    pub(super) fn asks(&self) -> Vec<Uuid> {
        let mut asks: Vec<Uuid> = self.events.iter().filter_map(|(_, about)| about.asks).collect();
        asks.sort_unstable();
        asks.dedup();
        asks
    }

    /// Event by event: each knows what was said before it and no more, so that batches of any
    /// size come to the same.
    pub(super) fn fold(self, mut known: HashMap<Uuid, Subject>) -> Result<Fold, ApplyError> {
        let mut fold = Fold::default();
        for (recorded, about) in self.events {
            if let Some((id, subject)) = about.learns {
                known.insert(id, subject);
                fold.learnt.insert(id, subject);
            }
            let subject = about.asks.and_then(|id| known.get(&id)).copied().unwrap_or_default();
            fold.add(recorded, &about, subject)?;
        }
        Ok(fold)
    }
}

impl Fold {
    fn add(
        &mut self,
        recorded: &RecordedEvent,
        about: &About,
        subject: Subject,
    ) -> Result<(), ApplyError> {
        let event = content(recorded)?;
        let metadata = recorded.metadata();
        let metadata = metadata.map_err(|_| ApplyError::Misfit("the metadata can not be read"))?;
        let of_session = (about.kind == TrailKind::Session).then_some(subject.account_id).flatten();
        let line = TrailLine {
            position: recorded.position,
            at: recorded.recorded_at,
            actor_id: metadata.actor_id.or_else(|| own_doing(event, about.id)),
            actor_role: metadata.actor_role,
            session_id: metadata.session_id,
            request_id: metadata.request_id,
            patient_id: about.patient_id.or(subject.patient_id).map(AccountId),
            record_kind: about.kind,
            record_id: about.id,
            action: code(&recorded.event_type),
            outcome: Outcome::of(event),
        };
        let further = of_session.into_iter().chain(about.also.iter().copied());
        let further: BTreeSet<Uuid> = further.filter(|id| Some(*id) != about.id).collect();
        self.also.extend(further.into_iter().map(|id| (id, bigint(line.position))));
        self.lines.push(line);
        Ok(())
    }
}

/// Who registers or signs in is nobody yet when they ask, and does it nevertheless.
fn own_doing(event: &Event, id: Option<Uuid>) -> Option<AccountId> {
    match event {
        Event::Account(
            AccountEvent::PatientRegistered { .. } | AccountEvent::StaffAccountRequested { .. },
        ) => id.map(AccountId),
        Event::Session(SessionEvent::SessionStarted { account_id, .. }) => Some(*account_id),
        _ => None,
    }
}
