//! Which of the waiting appends may be written: the log's rules, apart from any engine.

use super::{Append, AppendError};
use anamnesis_projections::log::StreamId;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Decides append by append, in order, given the streams' versions and the ids in the log.
/// What is admitted counts at once for those that follow.
#[derive(Debug)]
pub(super) struct Admission {
    versions: HashMap<StreamId, u64>,
    seen: HashSet<Uuid>,
}

impl Admission {
    /// `versions` has every stream of the batch that exists; `seen` those ids of the batch that
    /// stand in the log already, as far as that is known.
    pub(super) fn new(versions: HashMap<StreamId, u64>, seen: HashSet<Uuid>) -> Self {
        Self { versions, seen }
    }

    /// Whether the append may be written after those admitted before it.
    pub(super) fn admit(&mut self, append: &Append) -> Result<(), AppendError> {
        for (index, event) in append.events().enumerate() {
            let twice = append.events().take(index).any(|other| other.event_id == event.event_id);
            if twice || self.seen.contains(&event.event_id) {
                return Err(AppendError::DuplicateEvent { event_id: event.event_id });
            }
        }
        for part in &append.streams {
            let actual = self.versions.get(&part.stream).copied().unwrap_or(0);
            if actual != part.expected {
                return Err(AppendError::VersionConflict {
                    stream: part.stream.clone(),
                    expected: part.expected,
                    actual,
                });
            }
        }
        for part in &append.streams {
            let version = part.expected + part.events.len() as u64;
            match self.versions.get_mut(&part.stream) {
                Some(known) => *known = version,
                None => {
                    self.versions.insert(part.stream.clone(), version);
                }
            }
        }
        self.seen.extend(append.events().map(|event| event.event_id));
        Ok(())
    }

    /// The versions as they will be once the admitted appends are written.
    pub(super) fn into_versions(self) -> HashMap<StreamId, u64> {
        self.versions
    }
}
