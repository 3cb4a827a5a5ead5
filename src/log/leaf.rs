//! The bytes that an event's hash covers.
//!
//! `leaf_hash = SHA-256(0x00 || leaf)` (RFC 6962 section 2.1). The leaf is a sequence of
//! fields, each as its length in bytes (8 bytes, big-endian) followed by its bytes, so that no
//! two different events have the same leaf. The position is not part of it: the place in the
//! tree says that.

use super::NewEvent;
use anamnesis_projections::log::StreamId;
use aws_lc_rs::digest::{Context, SHA256};
use chrono::{DateTime, Utc};

/// Names this encoding; another one would get another tag.
const TAG: &[u8] = b"anamnesis-event-v1";

/// The parts of an event that are hashed.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the fields of the log's table, which documents them")]
pub struct Leaf<'a> {
    pub event_id: &'a uuid::Uuid,
    pub stream: &'a StreamId,
    pub sequence: u64,
    pub event_type: &'a str,
    pub event_version: &'a str,
    pub recorded_at: DateTime<Utc>,
    pub payload: &'a str,
    pub metadata: &'a str,
}

impl<'a> Leaf<'a> {
    pub(super) fn of(
        event: &'a NewEvent,
        stream: &'a StreamId,
        sequence: u64,
        recorded_at: DateTime<Utc>,
    ) -> Self {
        Self {
            event_id: &event.event_id,
            stream,
            sequence,
            event_type: &event.event_type,
            event_version: &event.event_version,
            recorded_at,
            payload: &event.payload,
            metadata: &event.metadata,
        }
    }

    /// The hash. Cost: one SHA-256 over about the size of the event.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        let mut context = Context::new(&SHA256);
        context.update(&[0]);
        let mut field = |bytes: &[u8]| {
            context.update(&(bytes.len() as u64).to_be_bytes());
            context.update(bytes);
        };
        field(TAG);
        field(self.event_id.as_bytes());
        field(self.stream.aggregate_type.as_bytes());
        field(self.stream.aggregate_id.as_bytes());
        field(&self.sequence.to_be_bytes());
        field(self.event_type.as_bytes());
        field(self.event_version.as_bytes());
        field(&self.recorded_at.timestamp_micros().to_be_bytes());
        field(self.payload.as_bytes());
        field(self.metadata.as_bytes());
        let mut hash = [0; 32];
        hash.copy_from_slice(context.finish().as_ref());
        hash
    }
}
