//! The event log: the one place where anything that happened is written down.
//!
//! [`Log`] is the port; [`PostgresLog`] keeps it in PostgreSQL and [`MemoryLog`] in memory
//! (for tests). Both pass the contract suite in `tests/log_contract`, and so will every
//! further engine. Promises, each with a test there:
//!
//! - *Durable*: an acknowledged append is on disk.
//! - *Ordered*: nobody reads a position before everything that comes before it.
//! - *Atomic*: all streams of one [`Append`] are written, or none.
//! - *Versioned*: an append to a stream that has moved on is refused, and leaves no gap.
//! - *Idempotent*: an event id is accepted once, for ever.

mod admission;
mod batch;
pub mod leaf;
mod memory;
mod postgres;
pub mod snapshots;

pub use memory::MemoryLog;
pub use postgres::{LogSettings, PostgresLog};

use anamnesis_domain::Event;
use anamnesis_projections::log::{EventLog, ReadError, RecordedEvent, StreamId};
use async_trait::async_trait;
use std::sync::Arc;
use tokio::sync::oneshot;
use uuid::Uuid;

/// An event that wants to be written.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// Unique for ever; chosen by the writer, so that it can ask later whether it was written.
    pub event_id: Uuid,
    /// The event's type.
    pub event_type: String,
    /// The version of the type.
    pub event_version: String,
    /// The JSON to store.
    pub payload: String,
    /// The JSON to store.
    pub metadata: Arc<str>,
    /// The same as `payload`, so that readers in this process need not parse it again.
    pub event: Event,
}

/// Events for one stream.
#[derive(Clone, Debug)]
pub struct StreamAppend {
    /// Which stream.
    pub stream: StreamId,
    /// The sequence of the stream's last event, as the writer knows it; 0 for a new stream.
    pub expected: u64,
    /// The id of that event, where it has not been read from the log: the writer builds on an
    /// append of its own that is still on its way. If another process took that sequence, the
    /// number alone would not tell. `None` trusts the number.
    pub after: Option<Uuid>,
    /// What to add. None asserts the version: it is refused like a write if it is outdated.
    pub events: Vec<NewEvent>,
}

/// Events for one or several streams, written together or not at all. The streams of one
/// append differ from each other.
#[derive(Clone, Debug)]
pub struct Append {
    /// The parts, in the order in which their events get positions.
    pub streams: Vec<StreamAppend>,
}

impl Append {
    fn events(&self) -> impl Iterator<Item = &NewEvent> {
        self.streams.iter().flat_map(|part| &part.events)
    }

    /// Whether it writes to one stream on condition of another's version.
    fn is_conditional(&self) -> bool {
        self.streams.iter().any(|part| part.events.is_empty())
            && self.streams.iter().any(|part| !part.events.is_empty())
    }
}

/// Why an append was not done.
#[derive(Clone, Debug, thiserror::Error)]
pub enum AppendError {
    /// Somebody else has written to the stream, or what this append builds on was refused.
    /// Nothing was written.
    #[error("{stream} is at version {actual}, not at the expected event {expected}")]
    VersionConflict {
        /// Which stream.
        stream: StreamId,
        /// What the writer thought.
        expected: u64,
        /// What it is.
        actual: u64,
    },
    /// An event with this id stands in the log already. Nothing was written.
    #[error("event {event_id} was written before")]
    DuplicateEvent {
        /// Its id.
        event_id: Uuid,
    },
    /// More appends are waiting than the queue holds. Nothing was written.
    #[error("too many appends are waiting")]
    Overloaded,
    /// The append is larger than one batch may be. Nothing was written.
    #[error("an append has at most {limit} events")]
    TooLarge {
        /// The most events that one append may have.
        limit: usize,
    },
    /// The log could not be reached. Nothing was written.
    #[error("the log can not be reached")]
    Unavailable,
    /// The connection broke while the append was being committed, and the log could not be
    /// asked in time. It may or may not have been written: retry with the same event ids.
    #[error("it is not known whether the append was written")]
    OutcomeUnknown,
}

/// An append that stands in the queue. It is carried out whether or not anyone waits.
pub type Pending = oneshot::Receiver<Result<Vec<Arc<RecordedEvent>>, AppendError>>;

/// The whole log: what a reader needs, and writing.
#[async_trait]
pub trait Log: EventLog {
    /// Puts an append into the queue. Appends are carried out in the order of these calls, so
    /// a second one may build on a first that is not durable yet: it is refused if the first is.
    /// Returns at once; the receiver answers when the events are durable.
    fn enqueue(&self, append: Append) -> Result<Pending, AppendError>;

    /// At most `limit` events of one stream with a sequence below `before`, the last first.
    async fn read_stream_back(
        &self,
        stream: &StreamId,
        before: u64,
        limit: usize,
    ) -> Result<Vec<Arc<RecordedEvent>>, ReadError>;

    /// One event by its id.
    async fn find_event(&self, event_id: Uuid) -> Result<Option<Arc<RecordedEvent>>, ReadError>;

    /// The events at these positions (at most [`READ_AT_MAX`] of them), in the order of the log. One that
    /// does not exist is left out.
    async fn read_at(&self, positions: &[u64]) -> Result<Vec<Arc<RecordedEvent>>, ReadError>;

    /// Names this history. Cursors of another epoch mean nothing here.
    fn epoch(&self) -> Uuid;
}

/// The most events that are read by their positions at once.
pub const READ_AT_MAX: usize = 1_000;

/// Appends and waits until the events are durable.
pub async fn append(log: &dyn Log, append: Append) -> Result<Vec<Arc<RecordedEvent>>, AppendError> {
    // The queue is dropped without an answer only when the process stops in the middle.
    log.enqueue(append)?.await.unwrap_or(Err(AppendError::OutcomeUnknown))
}
