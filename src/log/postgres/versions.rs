//! What this process knows of the streams' versions.

use super::super::admission::Version;
use anamnesis_projections::log::StreamId;
use std::collections::HashMap;

/// Streams whose version is remembered, at most (twice this many for a moment).
const REMEMBERED_STREAMS: usize = 65_536;

/// Bounded, and only a memory: what is not here is asked of the table.
#[derive(Debug, Default)]
pub(super) struct Versions {
    young: HashMap<StreamId, Version>,
    old: HashMap<StreamId, Version>,
}

impl Versions {
    pub(super) fn get(&self, stream: &StreamId) -> Option<Version> {
        self.young.get(stream).or_else(|| self.old.get(stream)).copied()
    }

    pub(super) fn remember(&mut self, versions: HashMap<StreamId, Version>) {
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
