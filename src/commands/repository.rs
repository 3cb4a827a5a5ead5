//! Aggregates in memory: a bounded cache of states, each behind its own lock.
//!
//! A state may be ahead of the disk: a command applies its events and queues the append under
//! the lock, and waits for the disk outside of it, so that the next command of the same room
//! need not wait for a flush. If the append is refused, so are all that were built on it (each
//! names the event that it builds on), and the state is loaded again.

use crate::log::snapshots::Snapshots;
use crate::log::{Log, NewEvent, StreamAppend};
use anamnesis_domain::{Event, Root};
use anamnesis_projections::log::{ReadError, RecordedEvent, StreamId};
use cqrs_es::DomainEvent;
use cqrs_es::event_sink::EventSink;
use quick_cache::sync::Cache;
use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{Mutex, OwnedMutexGuard};
use uuid::Uuid;

/// Events read at a time while a cold aggregate is loaded.
const PAGE: usize = 1_000;
/// A snapshot is kept whenever this many events have been added since the last.
const SNAPSHOT_EVERY: u64 = 500;

/// A state and the sequence of the last event in it.
#[derive(Clone, Debug)]
pub(super) struct Loaded<A> {
    state: A,
    version: u64,
    /// The last event, where it came from a command and not out of the log.
    last: Option<Uuid>,
    snapshot: u64,
    /// Counts the loads: states that were built on one another have the same.
    lineage: u64,
}

/// Empty when the aggregate has not been loaded, or what was loaded proved wrong.
type Cell<A> = Arc<Mutex<Option<Loaded<A>>>>;

/// All aggregates of one type.
#[derive(Debug)]
pub(super) struct Repository<A: Root + 'static> {
    cells: Cache<String, Cell<A>>,
    snapshots: Option<Snapshots>,
    loads: AtomicU64,
}

impl<A> Repository<A>
where
    A: Root + 'static,
    A::Event: Into<Event> + TryFrom<Event>,
{
    pub(super) fn new(cached_max: usize, snapshots: Option<Snapshots>) -> Self {
        Self { cells: Cache::new(cached_max), snapshots, loads: AtomicU64::new(0) }
    }

    /// Locks an aggregate, loading it if it is cold.
    pub(super) async fn hold(&self, log: &dyn Log, id: &str) -> Result<Held<A>, ReadError> {
        let mut slot = self.lock(id).await;
        // Taken out while it is being changed: a caller who goes away in the middle leaves an
        // empty cell, never a half-changed state.
        let loaded = match slot.take() {
            Some(loaded) => loaded,
            None => self.load(log, id).await?,
        };
        Ok(Held { slot, id: id.to_owned(), loaded, staged: Vec::new(), assumed: false })
    }

    /// Locks an aggregate that is to begin, and takes it for missing if it is cold: asking for
    /// it would cost every beginning two queries. The log refuses what rests on this wrongly.
    pub(super) async fn begin(&self, id: &str) -> Held<A> {
        let mut slot = self.lock(id).await;
        let known = slot.take();
        let assumed = known.is_none();
        let loaded = known.unwrap_or_else(|| self.missing());
        Held { slot, id: id.to_owned(), loaded, staged: Vec::new(), assumed }
    }

    async fn lock(&self, id: &str) -> OwnedMutexGuard<Option<Loaded<A>>> {
        let cell = self.cells.get_or_insert_with(id, || Ok(Cell::default()));
        cell.unwrap_or_else(|never: Infallible| match never {}).lock_owned().await
    }

    fn missing(&self) -> Loaded<A> {
        let lineage = self.loads.fetch_add(1, Ordering::Relaxed);
        Loaded { state: A::default(), version: 0, last: None, snapshot: 0, lineage }
    }

    /// The state and its version as they are now, events on their way included.
    pub(super) async fn look(&self, log: &dyn Log, id: &str) -> Result<(A, u64), ReadError> {
        let held = self.hold(log, id).await?;
        let seen = (held.loaded.state.clone(), held.loaded.version);
        held.release();
        Ok(seen)
    }

    async fn load(&self, log: &dyn Log, id: &str) -> Result<Loaded<A>, ReadError> {
        let kept = match &self.snapshots {
            Some(snapshots) => snapshots.load::<A>(id).await.map_err(|error| ReadError {
                during: "loading a snapshot",
                source: Box::new(error),
            })?,
            None => None,
        };
        let (mut state, mut version) = kept.unwrap_or_default();
        let snapshot = version;
        let stream = stream_of::<A>(id);
        loop {
            let page = log.read_stream(&stream, version, PAGE).await?;
            for recorded in &page {
                state.apply(event_of::<A>(recorded)?);
                version = recorded.sequence;
            }
            if page.len() < PAGE {
                let lineage = self.loads.fetch_add(1, Ordering::Relaxed);
                return Ok(Loaded { state, version, last: None, snapshot, lineage });
            }
        }
    }

    /// Forgets a state that proved wrong; the next command loads it again. When many commands
    /// were built on it, the first of them does this for all: a state that was loaded since is
    /// of another lineage, and stays.
    pub(super) async fn evict(&self, id: &str, lineage: u64) {
        if let Some(cell) = self.cells.get(id) {
            cell.lock().await.take_if(|loaded| loaded.lineage == lineage);
        }
    }

    /// Keeps a snapshot of a state whose events are durable by now. A failure is only noted.
    pub(super) fn keep_snapshot(&self, id: String, loaded: Loaded<A>) {
        let Some(snapshots) = self.snapshots.clone() else { return };
        tokio::spawn(async move {
            if let Err(error) = snapshots.save(&id, &loaded.state, loaded.version).await {
                tracing::warn!(%error, aggregate_type = A::TYPE, "a snapshot could not be kept");
            }
        });
    }
}

pub(super) fn stream_of<A: Root>(id: &str) -> StreamId {
    StreamId { aggregate_type: Cow::Borrowed(A::TYPE), aggregate_id: id.to_owned() }
}

/// The event as the aggregate knows it, whatever version it was written in.
pub(super) fn event_of<A>(recorded: &RecordedEvent) -> Result<A::Event, ReadError>
where
    A: Root,
    A::Event: TryFrom<Event>,
{
    let unreadable =
        |why: String| ReadError { during: "reading an event of an aggregate", source: why.into() };
    let event = recorded.event().map_err(|error| unreadable(error.to_string()))?;
    A::Event::try_from(event.clone())
        .map_err(|_| unreadable(format!("an event of another aggregate than {}", A::TYPE)))
}

/// A locked aggregate that is being told things.
#[derive(Debug)]
pub(super) struct Held<A: Root> {
    slot: OwnedMutexGuard<Option<Loaded<A>>>,
    id: String,
    loaded: Loaded<A>,
    staged: Vec<A::Event>,
    /// The state was not loaded: nobody else may see it before the log has confirmed it.
    assumed: bool,
}

impl<A> Held<A>
where
    A: Root + 'static,
    A::Event: Into<Event>,
{
    /// Lets the aggregate decide; its events are staged. A refusal leaves it as it was.
    pub(super) async fn tell(&mut self, command: A::Command) -> Result<(), A::Error> {
        let sink = EventSink::default();
        self.loaded.state.handle(command, &(), &sink).await?;
        self.staged.extend(sink.collect().await);
        Ok(())
    }

    /// The staged events as an append; `next` gives each its id and metadata.
    pub(super) fn append(
        &mut self,
        mut next: impl FnMut() -> (Uuid, Arc<str>),
    ) -> Result<StreamAppend, serde_json::Error> {
        let events = self.staged.iter().map(|event| {
            let (event_id, metadata) = next();
            Ok(NewEvent {
                event_id,
                event_type: event.event_type(),
                event_version: event.event_version(),
                payload: serde_json::to_string(event)?,
                metadata,
                event: event.clone().into(),
            })
        });
        let events = events.collect::<Result<Vec<NewEvent>, serde_json::Error>>()?;
        let after = self.loaded.last;
        self.loaded.last = events.last().map(|event| event.event_id).or(after);
        Ok(StreamAppend { after, events, ..self.assertion() })
    }

    /// The version before what was staged.
    pub(super) fn version(&self) -> u64 {
        self.loaded.version
    }

    /// Whether the state was taken for missing without a look.
    pub(super) fn is_assumed(&self) -> bool {
        self.assumed
    }

    /// Which load the state goes back to.
    pub(super) fn lineage(&self) -> u64 {
        self.loaded.lineage
    }

    /// An append that only asserts the version that the decision rests on.
    pub(super) fn assertion(&self) -> StreamAppend {
        StreamAppend {
            stream: stream_of::<A>(&self.id),
            expected: self.loaded.version,
            after: self.loaded.last,
            events: Vec::new(),
        }
    }

    /// Puts the state back if it is as it was; otherwise it will be loaded again.
    pub(super) fn release(mut self) {
        if self.staged.is_empty() && !self.assumed {
            *self.slot = Some(self.loaded);
        }
    }

    /// Puts the state back, with the staged events in it. Returns a copy when it is time for a
    /// snapshot; it may be kept once the events are durable.
    pub(super) fn put_back(mut self) -> Option<(String, Loaded<A>)> {
        self.loaded.version += self.staged.len() as u64;
        let due = self.loaded.version >= self.loaded.snapshot + SNAPSHOT_EVERY;
        if due {
            self.loaded.snapshot = self.loaded.version;
        }
        let copy = due.then(|| (self.id, self.loaded.clone()));
        *self.slot = Some(self.loaded);
        copy
    }
}
