//! Which of the waiting appends may be written: the log's rules, apart from any engine.

use super::{Append, AppendError};
use anamnesis_projections::log::StreamId;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Where a stream ends. The default is that of a stream that does not exist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Version {
    /// Of its last event.
    pub(super) sequence: u64,
    /// Of its last event.
    pub(super) event_id: Option<Uuid>,
}

/// Decides append by append, in order, given the streams' versions and the ids in the log.
/// What is admitted counts at once for those that follow.
#[derive(Debug)]
pub(super) struct Admission {
    versions: HashMap<StreamId, Version>,
    seen: HashSet<Uuid>,
}

impl Admission {
    /// `versions` has every stream of the batch that exists; `seen` those ids of the batch that
    /// stand in the log already, as far as that is known.
    pub(super) fn new(versions: HashMap<StreamId, Version>, seen: HashSet<Uuid>) -> Self {
        Self { versions, seen }
    }

    /// Whether the append may be written after those admitted before it.
    pub(super) fn admit(&mut self, append: &Append) -> Result<(), AppendError> {
        self.require_new(append)?;
        // Only taken over when all parts fit.
        let mut ends: Vec<(&StreamId, Version)> = Vec::with_capacity(append.streams.len());
        for part in &append.streams {
            let before = ends.iter().rev().find(|(stream, _)| **stream == part.stream);
            let actual = match before {
                Some((_, end)) => *end,
                None => self.versions.get(&part.stream).copied().unwrap_or_default(),
            };
            let follows = part.after.is_none_or(|after| actual.event_id == Some(after));
            if actual.sequence != part.expected || !follows {
                return Err(AppendError::VersionConflict {
                    stream: part.stream.clone(),
                    expected: part.expected,
                    actual: actual.sequence,
                });
            }
            if let Some(last) = part.events.last() {
                let sequence = part.expected + part.events.len() as u64;
                ends.push((&part.stream, Version { sequence, event_id: Some(last.event_id) }));
            }
        }
        for (stream, end) in ends {
            match self.versions.get_mut(stream) {
                Some(known) => *known = end,
                None => {
                    self.versions.insert(stream.clone(), end);
                }
            }
        }
        self.seen.extend(append.events().map(|event| event.event_id));
        Ok(())
    }

    /// No id of the append is in the log, nor twice in the append.
    fn require_new(&self, append: &Append) -> Result<(), AppendError> {
        for (index, event) in append.events().enumerate() {
            let twice = append.events().take(index).any(|other| other.event_id == event.event_id);
            if twice || self.seen.contains(&event.event_id) {
                return Err(AppendError::DuplicateEvent { event_id: event.event_id });
            }
        }
        Ok(())
    }

    /// The versions as they will be once the admitted appends are written.
    pub(super) fn into_versions(self) -> HashMap<StreamId, Version> {
        self.versions
    }
}
