//! What concerns one patient: the trail says where, the log says what.

use super::ReplayError;
use crate::log::{Log, READ_AT_MAX};
use anamnesis_domain::AccountId;
use anamnesis_projections::log::{RecordedEvent, StreamId};
use anamnesis_projections::trail::{Stretch, TrailFilter, search};
use sqlx::PgPool;
use std::collections::VecDeque;
use std::sync::Arc;

/// Positions that are looked through at a time: fewer where much is found.
const WINDOW_MIN: u64 = 1_000;
const WINDOW_MAX: u64 = 256_000;
/// The lines of one search.
const LINES: u32 = 200;

/// Finds them in order. The trail is searched from its end, so it is looked through window by
/// window: what waits in memory is the positions of one window.
pub(super) struct Concerned {
    pool: PgPool,
    filter: TrailFilter,
    stream: Option<StreamId>,
    window: u64,
    waiting: VecDeque<u64>,
}

impl Concerned {
    pub(super) fn new(pool: PgPool, patient: AccountId, stream: Option<StreamId>) -> Self {
        let filter = TrailFilter { patient: Some(patient), ..TrailFilter::default() };
        Self { pool, filter, stream, window: 10_000, waiting: VecDeque::new() }
    }

    /// The next of them from `next` through `to`, at most a page, perhaps none; `None` when all
    /// were looked through. `next` moves to the first position that was not.
    pub(super) async fn page(
        &mut self,
        log: &dyn Log,
        next: &mut u64,
        to: u64,
    ) -> Result<Option<Vec<Arc<RecordedEvent>>>, ReplayError> {
        if self.waiting.is_empty() {
            if *next > to {
                return Ok(None);
            }
            let before = next.saturating_add(self.window).min(to.saturating_add(1));
            self.look(Stretch { from: *next, before }).await?;
            *next = before;
        }
        let count = self.waiting.len().min(READ_AT_MAX);
        let positions: Vec<u64> = self.waiting.drain(..count).collect();
        let mut page = log.read_at(&positions).await?;
        let found = page.iter().map(|event| event.position);
        if let Some(position) = first_missing(&positions, found) {
            return Err(ReplayError::Missing { position });
        }
        if let Some(stream) = &self.stream {
            page.retain(|event| event.stream == *stream);
        }
        Ok(Some(page))
    }

    async fn look(&mut self, mut within: Stretch) -> Result<(), ReplayError> {
        loop {
            let found = search(&self.pool, &self.filter, within, LINES).await?;
            for line in found.lines {
                self.waiting.push_front(line.position);
            }
            match found.next {
                Some(before) => within.before = before,
                None => break,
            }
        }
        let found = self.waiting.len() as u64;
        self.window = match found {
            0..500 => (self.window * 2).min(WINDOW_MAX),
            500..5_000 => self.window,
            _ => (self.window / 2).max(WINDOW_MIN),
        };
        Ok(())
    }
}

/// The first of the positions at which the log has nothing.
fn first_missing(positions: &[u64], mut found: impl Iterator<Item = u64>) -> Option<u64> {
    positions.iter().copied().find(|position| found.next() != Some(*position))
}
