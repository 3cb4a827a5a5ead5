//! The end of the log, kept in memory: readers that keep up never ask the database.

use super::announcing::told_by_others;
use super::{rows, write};
use anamnesis_projections::log::{ReadError, RecordedEvent};
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Events kept, and the most bytes of payload and metadata they may have together.
const KEPT_EVENTS_MAX: usize = 16_384;
const KEPT_BYTES_MAX: usize = 32 << 20;
/// Events read at a time while catching up with other processes.
const PAGE: usize = 2_048;
/// How often the database is asked even if nothing was announced.
const POLL: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
struct Ring {
    events: VecDeque<Arc<RecordedEvent>>,
    bytes: usize,
}

fn bytes_of(event: &RecordedEvent) -> usize {
    event.payload.len() + event.metadata.len()
}

impl Ring {
    fn push(&mut self, event: Arc<RecordedEvent>) {
        self.bytes += bytes_of(&event);
        self.events.push_back(event);
        while self.events.len() > KEPT_EVENTS_MAX || self.bytes > KEPT_BYTES_MAX {
            let Some(oldest) = self.events.pop_front() else { break };
            self.bytes -= bytes_of(&oldest);
        }
    }

    /// `None` when the ring does not reach back that far.
    fn after(&self, position: u64, limit: usize) -> Option<Vec<Arc<RecordedEvent>>> {
        let first = self.events.front()?.position;
        let skip = usize::try_from((position + 1).checked_sub(first)?).ok()?;
        Some(self.events.iter().skip(skip).take(limit).cloned().collect())
    }
}

/// The last events and the last position of the log, as this process knows them.
#[derive(Debug)]
pub(super) struct Tail {
    pool: PgPool,
    ring: RwLock<Ring>,
    head: watch::Sender<u64>,
    /// Signs what the appender of this log announces.
    writer: Uuid,
}

impl Tail {
    pub(super) fn new(pool: PgPool, head: u64) -> Self {
        let (ring, head, writer) = (RwLock::default(), watch::Sender::new(head), Uuid::now_v7());
        Self { pool, ring, head, writer }
    }

    pub(super) fn writer(&self) -> Uuid {
        self.writer
    }

    pub(super) fn head(&self) -> watch::Receiver<u64> {
        self.head.subscribe()
    }

    pub(super) async fn read_after(
        &self,
        position: u64,
        limit: usize,
    ) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
        if position >= *self.head.borrow() {
            return Ok(Vec::new());
        }
        let kept = self.ring.read().unwrap_or_else(PoisonError::into_inner).after(position, limit);
        match kept {
            Some(events) => Ok(events),
            None => rows::read_after(&self.pool, position, limit).await,
        }
    }

    /// Takes events that follow on what is known; those that are known already are skipped.
    /// Returns false when something in between is missing (another process wrote it): the
    /// events are then left to [`Tail::catch_up`].
    pub(super) fn extend(&self, events: &[Arc<RecordedEvent>]) -> bool {
        let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
        let known = *self.head.borrow();
        let mut last = known;
        for event in events.iter().filter(|event| event.position > known) {
            if event.position != last + 1 {
                break;
            }
            last = event.position;
            ring.push(Arc::clone(event));
        }
        if last > known {
            // Under the ring's lock: the next one to extend must see what was taken.
            self.head.send_replace(last);
        }
        drop(ring);
        events.last().is_none_or(|event| event.position <= last)
    }

    /// Reads what other processes wrote, until nothing is left.
    pub(super) async fn catch_up(&self) -> Result<(), ReadError> {
        loop {
            let known = *self.head.borrow();
            let page = rows::read_after(&self.pool, known, PAGE).await?;
            let more = page.len() == PAGE;
            self.extend(&page);
            if !more {
                return Ok(());
            }
        }
    }

    /// Follows the other processes until `stop`: listens for their announcements, and asks
    /// once a second in case one was lost.
    pub(super) async fn follow(self: Arc<Self>, stop: CancellationToken) {
        let mut listener = None;
        loop {
            if let Err(error) = self.catch_up().await {
                tracing::warn!(error = %error.source, "the tail of the log can not be read");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.announced(&mut listener) => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
    }

    /// Waits until another process announces a position beyond the known one. What this one has
    /// written comes from its appender: an announcement of it, which may well be faster, would
    /// lead to reading it back.
    async fn announced(&self, listener: &mut Option<PgListener>) {
        loop {
            let Some(open) = listener else {
                match self.listen().await {
                    // Whatever was announced before is asked for now.
                    Ok(opened) => *listener = Some(opened),
                    Err(_) => return std::future::pending().await,
                }
                return;
            };
            match open.try_recv().await {
                Ok(Some(told)) => {
                    let told = told_by_others(told.payload(), self.writer);
                    if told.is_some_and(|position| position > *self.head.borrow()) {
                        return;
                    }
                }
                // Whatever was announced while the connection was away is asked for now.
                Ok(None) => return,
                Err(_) => {
                    *listener = None;
                    return std::future::pending().await;
                }
            }
        }
    }

    async fn listen(&self) -> Result<PgListener, sqlx::Error> {
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.listen(write::CHANNEL).await?;
        Ok(listener)
    }
}
