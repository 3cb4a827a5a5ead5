//! An event log in memory.

use anamnesis_domain::Event;
use anamnesis_projections::log::{EventLog, ReadError, RecordedEvent, StreamId};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use cqrs_es::{Aggregate, DomainEvent};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};
use tokio::sync::watch;
use uuid::Uuid;

/// Positions from 1 without gaps; one millisecond passes between two events.
pub(crate) struct MemoryLog {
    inner: Mutex<Inner>,
    head: watch::Sender<u64>,
}

#[derive(Default)]
struct Inner {
    events: Vec<Arc<RecordedEvent>>,
    sequences: HashMap<StreamId, u64>,
}

impl MemoryLog {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self { inner: Mutex::default(), head: watch::channel(0).0 })
    }

    /// Appends an event of aggregate `A`; returns its position.
    pub(crate) fn append<A: Aggregate>(&self, id: &impl ToString, event: &A::Event) -> u64
    where
        A::Event: Into<Event>,
    {
        let payload = serde_json::to_string(event).unwrap();
        self.append_raw(A::TYPE, id, &event.event_type(), &event.event_version(), payload)
    }

    /// Appends whatever is given, readable or not.
    pub(crate) fn append_raw(
        &self,
        aggregate_type: &'static str,
        id: &impl ToString,
        event_type: &str,
        event_version: &str,
        payload: String,
    ) -> u64 {
        let mut inner = self.inner.lock().unwrap();
        let stream =
            StreamId { aggregate_type: aggregate_type.into(), aggregate_id: id.to_string() };
        let position = inner.events.len() as u64 + 1;
        let sequence = inner.sequences.entry(stream.clone()).or_default();
        *sequence += 1;
        let event = RecordedEvent {
            position,
            event_id: Uuid::from_u128(u128::from(position)),
            stream,
            sequence: *sequence,
            event_type: event_type.to_owned(),
            event_version: event_version.to_owned(),
            payload,
            metadata: metadata(position),
            recorded_at: instant(position),
            leaf_hash: [0; 32],
            decoded: OnceLock::new(),
        };
        inner.events.push(Arc::new(event));
        self.head.send_replace(position);
        position
    }

    pub(crate) fn last_position(&self) -> u64 {
        *self.head.borrow()
    }

    pub(crate) fn last(&self) -> Option<Arc<RecordedEvent>> {
        self.inner.lock().unwrap().events.last().cloned()
    }

    pub(crate) fn all(&self) -> Vec<Arc<RecordedEvent>> {
        self.inner.lock().unwrap().events.clone()
    }
}

/// Who did it: one of three people in one of many requests, or, now and then, nobody.
fn metadata(position: u64) -> String {
    if position.is_multiple_of(5) {
        return "{}".to_owned();
    }
    let id = |kind: u64, number: u64| Uuid::from_u64_pair(kind, number);
    let (actor, request) = (id(0xAC, position % 3), id(0xDE, position / 2));
    format!(r#"{{"actor_id":"{actor}","actor_role":"doctor","request_id":"{request}"}}"#)
}

/// When the event at this position was recorded.
pub(crate) fn instant(position: u64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::milliseconds(i64::try_from(position).unwrap())
}

#[async_trait]
impl EventLog for MemoryLog {
    async fn read_after(
        &self,
        position: u64,
        limit: usize,
    ) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
        let inner = self.inner.lock().unwrap();
        let after = usize::try_from(position).unwrap();
        Ok(inner.events.iter().skip(after).take(limit).cloned().collect())
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after_sequence: u64,
        limit: usize,
    ) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
        let events = self.all().into_iter();
        let of_stream =
            events.filter(|event| event.stream == *stream && event.sequence > after_sequence);
        Ok(of_stream.take(limit).collect())
    }

    fn head(&self) -> watch::Receiver<u64> {
        self.head.subscribe()
    }
}
