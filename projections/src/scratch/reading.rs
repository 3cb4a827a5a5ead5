//! Streams read ahead of whoever folds them.

use crate::log::{EventLog, ReadError, RecordedEvent, StreamId};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Events of one batch: many, because each costs the projections a few statements.
const BATCH: usize = 5_000;
/// Batches that wait while one is folded.
const AHEAD: usize = 2;

type Batch = Result<Vec<Arc<RecordedEvent>>, ReadError>;

/// Batches of events, none of them empty. Dropped, it reads no further.
pub(super) struct Reading(mpsc::Receiver<Batch>);

impl Reading {
    /// Begins to read the streams up to and with a position. The events are decoded as they
    /// are read, beside the folding.
    pub(super) fn start(log: Arc<dyn EventLog>, streams: Vec<StreamId>, until: u64) -> Self {
        let (sender, receiver) = mpsc::channel(AHEAD);
        tokio::spawn(async move {
            for stream in streams {
                if read(&*log, &stream, until, &sender).await.is_none() {
                    return;
                }
            }
        });
        Self(receiver)
    }

    /// The next batch; `None` when all was read.
    pub(super) async fn next(&mut self) -> Option<Batch> {
        self.0.recv().await
    }
}

/// `None` when nobody wants the rest.
async fn read(
    log: &dyn EventLog,
    stream: &StreamId,
    until: u64,
    sender: &mpsc::Sender<Batch>,
) -> Option<()> {
    let mut after = 0;
    loop {
        let mut batch = match log.read_stream(stream, after, BATCH).await {
            Ok(batch) => batch,
            Err(error) => {
                sender.send(Err(error)).await.ok()?;
                return None;
            }
        };
        batch.truncate(batch.partition_point(|event| event.position <= until));
        let Some(last) = batch.last() else { return Some(()) };
        let more = batch.len() == BATCH;
        after = last.sequence;
        for event in &batch {
            // A damaged one is the projection's to refuse.
            let _ = event.event();
        }
        sender.send(Ok(batch)).await.ok()?;
        if !more {
            return Some(());
        }
    }
}
