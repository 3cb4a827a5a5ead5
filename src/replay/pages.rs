//! Reading the log ahead of whoever takes it, by a bounded number of pages.

use super::concerned::Concerned;
use super::{ReplayError, Selection};
use crate::log::Log;
use anamnesis_domain::AccountId;
use anamnesis_projections::log::{ReadError, RecordedEvent, StreamId};
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::timeout;

/// Events of a page.
const PAGE: usize = 1_000;
/// Pages that wait to be taken. One more is being read.
const AHEAD_MAX: usize = 1;
/// How long one page may take to be read.
const READ_MAX: Duration = Duration::from_secs(30);
/// How long one page waits to be taken, before the reading is given up.
const TAKE_MAX: Duration = Duration::from_mins(1);

type Page = Vec<Arc<RecordedEvent>>;

/// A selection as pages, in order. Dropping it ends the reading.
#[derive(Debug)]
pub struct Pages {
    read: mpsc::Receiver<Result<Option<Page>, ReplayError>>,
}

impl Pages {
    /// Begins to read. The permit is given back when the reading ends, also where nobody takes
    /// what was read.
    #[must_use]
    pub fn start(
        log: Arc<dyn Log>,
        selection: &Selection,
        permit: Option<OwnedSemaphorePermit>,
    ) -> Self {
        let way = selection.stream.clone().map_or(Way::All, Way::Stream);
        Self::along(way, log, selection, permit)
    }

    /// The same of what concerns a patient. The trail must have all of the selection by now.
    #[must_use]
    pub fn concerning(
        patient: AccountId,
        pool: PgPool,
        log: Arc<dyn Log>,
        selection: &Selection,
        permit: Option<OwnedSemaphorePermit>,
    ) -> Self {
        let concerned = Concerned::new(pool, patient, selection.stream.clone());
        Self::along(Way::Concerned(concerned), log, selection, permit)
    }

    fn along(
        way: Way,
        log: Arc<dyn Log>,
        selection: &Selection,
        permit: Option<OwnedSemaphorePermit>,
    ) -> Self {
        let (taken, read) = mpsc::channel(AHEAD_MAX);
        let reader = Reader { log, to: selection.to, next: selection.from, sequence: None };
        tokio::spawn(async move {
            reader.run(way, taken).await;
            drop(permit);
        });
        Self { read }
    }

    /// The next page; `None` when all of the selection was read.
    pub async fn next(&mut self) -> Result<Option<Page>, ReplayError> {
        self.read.recv().await.unwrap_or(Err(ReplayError::NotTaken))
    }
}

/// By what the events are found.
enum Way {
    All,
    Stream(StreamId),
    Concerned(Concerned),
}

struct Reader {
    log: Arc<dyn Log>,
    /// The first position that was not read, and the last one to read.
    next: u64,
    to: u64,
    /// Of a stream, the last sequence that was read or passed over.
    sequence: Option<u64>,
}

impl Reader {
    async fn run(mut self, mut way: Way, taken: mpsc::Sender<Result<Option<Page>, ReplayError>>) {
        loop {
            let reading = async {
                match &mut way {
                    Way::All => self.of_all().await,
                    Way::Stream(stream) => self.of_stream(stream).await,
                    Way::Concerned(of) => of.page(&*self.log, &mut self.next, self.to).await,
                }
            };
            let page = match timeout(READ_MAX, reading).await {
                Ok(page) => page,
                Err(_) => Err(ReplayError::TooSlow),
            };
            let more = matches!(page, Ok(Some(_)));
            if taken.send_timeout(page, TAKE_MAX).await.is_err() || !more {
                return;
            }
        }
    }

    /// Positions have no gaps, so a page that has one is not the log as it was written.
    async fn of_all(&mut self) -> Result<Option<Page>, ReplayError> {
        if self.next > self.to {
            return Ok(None);
        }
        let left = usize::try_from(self.to - self.next + 1).unwrap_or(PAGE);
        let page = self.log.read_after(self.next - 1, left.min(PAGE)).await?;
        for event in &page {
            if event.position != self.next {
                return Err(ReplayError::Missing { position: self.next });
            }
            self.next += 1;
        }
        if page.is_empty() {
            Err(ReplayError::Missing { position: self.next })
        } else {
            Ok(Some(page))
        }
    }

    async fn of_stream(&mut self, stream: &StreamId) -> Result<Option<Page>, ReplayError> {
        if self.next > self.to {
            return Ok(None);
        }
        let mut sequence = match self.sequence {
            Some(sequence) => sequence,
            None => self.before(stream).await?,
        };
        let mut page = self.log.read_stream(stream, sequence, PAGE).await?;
        if page.len() < PAGE {
            self.next = self.to + 1;
        }
        for event in &page {
            sequence += 1;
            if event.sequence != sequence {
                return Err(ReplayError::Missing { position: event.position });
            }
        }
        self.sequence = Some(sequence);
        let selected = page.partition_point(|event| event.position <= self.to);
        if selected < page.len() {
            self.next = self.to + 1;
            page.truncate(selected);
        }
        Ok(Some(page))
    }

    /// The sequence of the stream's last event before the first position, found by halving.
    async fn before(&self, stream: &StreamId) -> Result<u64, ReadError> {
        let last = self.log.read_stream_back(stream, u64::MAX, 1).await?;
        let (mut low, mut high) = (0, last.first().map_or(0, |event| event.sequence));
        while low < high {
            let middle = low + (high - low) / 2;
            let there = self.log.read_stream(stream, middle, 1).await?;
            if there.first().is_none_or(|event| event.position >= self.next) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(low)
    }
}
