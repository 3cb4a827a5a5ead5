//! The log in memory: for tests of what stands on the log. Nothing survives the process.

use super::admission::{Admission, Version};
use super::batch::{Waiting, recorded, rows};
use super::{Append, AppendError, Log, Pending, READ_AT_MAX};
use anamnesis_projections::log::{EventLog, ReadError, RecordedEvent, StreamId};
use async_trait::async_trait;
use chrono::{DurationRound, TimeDelta, Utc};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;
use uuid::Uuid;

/// A log in memory that keeps every promise but the durable one.
#[derive(Debug)]
pub struct MemoryLog {
    events: Mutex<Vec<Arc<RecordedEvent>>>,
    head: watch::Sender<u64>,
    epoch: Uuid,
}

impl Default for MemoryLog {
    fn default() -> Self {
        Self { events: Mutex::default(), head: watch::Sender::new(0), epoch: Uuid::new_v4() }
    }
}

impl MemoryLog {
    fn all(&self) -> std::sync::MutexGuard<'_, Vec<Arc<RecordedEvent>>> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn select(
        &self,
        limit: usize,
        wanted: impl Fn(&RecordedEvent) -> bool,
    ) -> Vec<Arc<RecordedEvent>> {
        self.all().iter().filter(|event| wanted(event)).take(limit).cloned().collect()
    }
}

#[async_trait]
impl EventLog for MemoryLog {
    async fn read_after(
        &self,
        position: u64,
        limit: usize,
    ) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
        Ok(self.select(limit, |event| event.position > position))
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after_sequence: u64,
        limit: usize,
    ) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
        Ok(self.select(limit, |event| event.stream == *stream && event.sequence > after_sequence))
    }

    fn head(&self) -> watch::Receiver<u64> {
        self.head.subscribe()
    }
}

#[async_trait]
impl Log for MemoryLog {
    fn enqueue(&self, append: Append) -> Result<Pending, AppendError> {
        let (waiting, pending) = Waiting::new(append);
        let mut events = self.all();
        let mut versions = HashMap::new();
        for event in events.iter() {
            let end = Version { sequence: event.sequence, event_id: Some(event.event_id) };
            versions.insert(event.stream.clone(), end);
        }
        let seen: HashSet<Uuid> = events.iter().map(|event| event.event_id).collect();
        if let Err(refusal) = Admission::new(versions, seen).admit(&waiting.append) {
            waiting.refuse(refusal);
            return Ok(pending);
        }
        let now = Utc::now();
        let now = now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now);
        let recorded_at = events.last().map_or(now, |last| last.recorded_at.max(now));
        let waiting = vec![waiting];
        let hashes = rows(&waiting, recorded_at).into_iter().map(|row| row.leaf_hash).collect();
        let (all, answers) = recorded(waiting, hashes, events.len() as u64, recorded_at);
        events.extend(all);
        self.head.send_replace(events.len() as u64);
        for (answer, own) in answers {
            let _ = answer.send(Ok(own));
        }
        Ok(pending)
    }

    async fn read_stream_back(
        &self,
        stream: &StreamId,
        before: u64,
        limit: usize,
    ) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
        let wanted =
            |event: &&Arc<RecordedEvent>| event.stream == *stream && event.sequence < before;
        Ok(self.all().iter().rev().filter(wanted).take(limit).cloned().collect())
    }

    async fn find_event(&self, event_id: Uuid) -> Result<Option<Arc<RecordedEvent>>, ReadError> {
        Ok(self.select(1, |event| event.event_id == event_id).pop())
    }

    async fn read_at(&self, positions: &[u64]) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
        let positions = &positions[..positions.len().min(READ_AT_MAX)];
        Ok(self.select(positions.len(), |event| positions.contains(&event.position)))
    }

    fn epoch(&self) -> Uuid {
        self.epoch
    }
}
