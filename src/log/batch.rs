//! Admitted appends on their way into the log: the rows, and the answers owed.

use super::leaf::Leaf;
use super::{Append, AppendError, NewEvent};
use anamnesis_projections::log::{RecordedEvent, StreamId};
use chrono::{DateTime, Utc};
use std::sync::{Arc, OnceLock};
use tokio::sync::oneshot;

/// Where a caller waits.
pub(super) type Answer = oneshot::Sender<Result<Vec<Arc<RecordedEvent>>, AppendError>>;
/// An append's own events, owed to its caller.
pub(super) type Owed = (Answer, Vec<Arc<RecordedEvent>>);

/// An append that stands in the queue.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) append: Append,
    pub(super) answer: Answer,
}

impl Waiting {
    pub(super) fn new(append: Append) -> (Self, super::Pending) {
        let (answer, pending) = oneshot::channel();
        (Self { append, answer }, pending)
    }

    /// Answers. A caller who has gone away is nobody's error.
    pub(super) fn refuse(self, error: AppendError) {
        let _ = self.answer.send(Err(error));
    }
}

/// One event of the batch, with where it belongs.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) stream: &'a StreamId,
    pub(super) sequence: u64,
    pub(super) event: &'a NewEvent,
    pub(super) leaf_hash: [u8; 32],
}

/// The rows of these appends, in order, hashed.
pub(super) fn rows(waiting: &[Waiting], recorded_at: DateTime<Utc>) -> Vec<Row<'_>> {
    let parts = waiting.iter().flat_map(|one| &one.append.streams);
    parts
        .flat_map(|part| {
            (part.expected + 1..).zip(&part.events).map(move |(sequence, event)| Row {
                stream: &part.stream,
                sequence,
                event,
                leaf_hash: Leaf::of(event, &part.stream, sequence, recorded_at).hash(),
            })
        })
        .collect()
}

/// Turns the written appends into recorded events; `base` is the position before the first.
/// Returns all of them in order, and each caller's answer, to be sent once readers know them.
pub(super) fn recorded(
    waiting: Vec<Waiting>,
    hashes: Vec<[u8; 32]>,
    base: u64,
    recorded_at: DateTime<Utc>,
) -> (Vec<Arc<RecordedEvent>>, Vec<Owed>) {
    let mut all = Vec::with_capacity(hashes.len());
    let mut answers = Vec::with_capacity(waiting.len());
    let mut placed = (base + 1..).zip(hashes);
    for one in waiting {
        let mut own = Vec::with_capacity(1);
        for part in one.append.streams {
            for (sequence, (event, (position, leaf_hash))) in
                (part.expected + 1..).zip(part.events.into_iter().zip(placed.by_ref()))
            {
                own.push(Arc::new(RecordedEvent {
                    position,
                    event_id: event.event_id,
                    stream: part.stream.clone(),
                    sequence,
                    event_type: event.event_type,
                    event_version: event.event_version,
                    payload: event.payload,
                    metadata: event.metadata.as_ref().to_owned(),
                    recorded_at,
                    leaf_hash,
                    decoded: OnceLock::from(Ok(event.event)),
                }));
            }
        }
        all.extend(own.iter().cloned());
        answers.push((one.answer, own));
    }
    (all, answers)
}
