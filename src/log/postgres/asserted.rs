//! Versions that appends to other streams rest on, and until where they are known to be true.
//!
//! An append that is conditional on a stream without writing to it is not held up by the table's
//! constraints when that stream moves on. It is written on condition that the log's head has not
//! moved since what is known here was true: then nothing has. One process that writes alone never
//! has to lock and ask; where others write too, the head has moved, and it does.

use super::super::admission::Version;
use super::super::batch::Waiting;
use anamnesis_projections::log::StreamId;
use std::collections::HashMap;

/// Streams whose version is remembered; when there are more, all are forgotten.
const REMEMBERED_STREAMS: usize = 65_536;

/// Bounded, and only a memory: what is not here is asked of the table.
#[derive(Debug, Default)]
pub(super) struct Asserted {
    at: Option<u64>,
    versions: HashMap<StreamId, Version>,
}

impl Asserted {
    /// The position of the log's head at which all that is remembered is true.
    pub(super) fn at(&self) -> Option<u64> {
        self.at
    }

    pub(super) fn get(&self, stream: &StreamId) -> Option<Version> {
        self.versions.get(stream).copied()
    }

    /// So many rows of these appends were written after `base`, which led to these versions.
    /// `held`: nothing could change between reading the versions and the commit, so those that
    /// were only asserted are true as well.
    pub(super) fn wrote(
        &mut self,
        (base, rows): (u64, usize),
        admitted: &[Waiting],
        versions: &HashMap<StreamId, Version>,
        held: bool,
    ) {
        if self.at != Some(base) || self.versions.len() > REMEMBERED_STREAMS {
            self.versions.clear();
        }
        self.at = Some(base + rows as u64);
        if self.versions.is_empty() && !held {
            return;
        }
        for part in admitted.iter().flat_map(|one| &one.append.streams) {
            let learned = held && part.events.is_empty();
            if let Some(version) = versions.get(&part.stream)
                && (learned || self.versions.contains_key(&part.stream))
            {
                self.versions.insert(part.stream.clone(), *version);
            }
        }
    }

    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}
