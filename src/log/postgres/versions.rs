//! What this process knows of the streams' versions.

use anamnesis_projections::log::StreamId;
use std::collections::HashMap;

/// Streams whose version is remembered, at most (twice this many for a moment).
const REMEMBERED_STREAMS: usize = 65_536;

/// Bounded, and only a memory: what is not here is asked of the table.
#[derive(Debug, Default)]
pub(super) struct Versions {
    young: HashMap<StreamId, u64>,
    old: HashMap<StreamId, u64>,
}

impl Versions {
    pub(super) fn get(&self, stream: &StreamId) -> Option<u64> {
        self.young.get(stream).or_else(|| self.old.get(stream)).copied()
    }

    pub(super) fn remember(&mut self, versions: HashMap<StreamId, u64>) {
        self.young.extend(versions);
        if self.young.len() > REMEMBERED_STREAMS {
            self.old = std::mem::take(&mut self.young);
        }
    }

    pub(super) fn forget(&mut self) {
        self.young.clear();
        self.old.clear();
    }
}
