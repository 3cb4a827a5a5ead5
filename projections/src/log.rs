//! The port to the event log: what a reader needs, and no more.
//!
//! A position is opaque to readers and increasing. No reader ever sees position *n* before
//! everything that comes before it; only PostgreSQL's positions are also without gaps.

use anamnesis_domain::{AccountId, DecodeError, Event, Role};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};
use tokio::sync::watch;
use uuid::Uuid;

/// Names one aggregate's stream of events.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StreamId {
    /// `cqrs_es::Aggregate::TYPE`.
    pub aggregate_type: Cow<'static, str>,
    /// The aggregate's id, as text.
    pub aggregate_id: String,
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.aggregate_type, self.aggregate_id)
    }
}

/// Who did it, and in which context. Never clinical text, never a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The account that acted; absent when the installation itself did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<AccountId>,
    /// Its role at that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_role: Option<Role>,
    /// The session in which it acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_id: Option<Uuid>,
    /// The request that carried the command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Uuid>,
    /// The first request of the chain that led here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<Uuid>,
    /// The event that led here, where a reactor acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub causation_id: Option<Uuid>,
    /// The id that the client made for its command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Uuid>,
    /// Keyed fingerprint of the command's content, to tell a retry from a reused id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// A coded reason, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// An event as it stands in the log.
#[derive(Debug)]
pub struct RecordedEvent {
    /// Where it stands among all events.
    pub position: u64,
    /// Its own id, unique for ever.
    pub event_id: Uuid,
    /// The stream it belongs to.
    pub stream: StreamId,
    /// Where it stands in its stream, from 1.
    pub sequence: u64,
    /// The event's type.
    pub event_type: String,
    /// The version of the type.
    pub event_version: String,
    /// The stored bytes.
    pub payload: String,
    /// The stored bytes.
    pub metadata: String,
    /// When it was recorded; never decreases with the position.
    pub recorded_at: DateTime<Utc>,
    /// RFC 6962 leaf hash.
    pub leaf_hash: [u8; 32],
    /// The payload, read at most once per process however many readers there are.
    pub decoded: OnceLock<Result<Event, DecodeError>>,
}

impl RecordedEvent {
    /// The event's content. Parsed on first use, then shared.
    pub fn event(&self) -> Result<&Event, &DecodeError> {
        self.decoded
            .get_or_init(|| {
                Event::decode(
                    &self.stream.aggregate_type,
                    &self.event_type,
                    &self.event_version,
                    &self.payload,
                )
            })
            .as_ref()
    }

    /// Who did it, and in which context. Cost: one JSON parse per call.
    pub fn metadata(&self) -> Result<Metadata, serde_json::Error> {
        serde_json::from_str(&self.metadata)
    }
}

/// The log could not be read. Nothing is known about what it holds.
#[derive(Debug, thiserror::Error)]
#[error("the event log could not be read ({during})")]
pub struct ReadError {
    /// What was being done.
    pub during: &'static str,
    /// Why it failed.
    #[source]
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

/// What a reader needs of the log. Implementations pass the contract suite of `src/log`.
#[async_trait]
pub trait EventLog: Send + Sync + 'static {
    /// At most `limit` events after `position`, in order. Fewer than `limit` means that these
    /// were all at the time of the call.
    async fn read_after(
        &self,
        position: u64,
        limit: usize,
    ) -> Result<Vec<Arc<RecordedEvent>>, ReadError>;

    /// At most `limit` events of one stream after `sequence`, in order.
    async fn read_stream(
        &self,
        stream: &StreamId,
        after_sequence: u64,
        limit: usize,
    ) -> Result<Vec<Arc<RecordedEvent>>, ReadError>;

    /// The last position that this process knows of, changing as the log grows. It may lag
    /// behind another process's appends for a moment, and never runs ahead of what
    /// `read_after` returns.
    fn head(&self) -> watch::Receiver<u64>;
}
