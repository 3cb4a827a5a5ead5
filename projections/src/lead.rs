//! The active worker: read, take, move the checkpoint, until cancelled or stopped.

use crate::backoff::Backoff;
use crate::checkpoint;
use crate::observe;
use crate::runner::Stopped;
use crate::step::{self, Span, StepError};
use crate::worker::{Ended, Phase, Progress, Worker};
use sqlx::PgConnection;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

/// Events read at once. Also bounds the transaction, and how long a stop takes.
const BATCH: usize = 1_000;
/// How often to look by itself when nothing wakes the reader.
const POLL: Duration = Duration::from_secs(1);
/// How long a checkpoint may wait to be written when nothing but events of other aggregates
/// came by, so that every reader does not write for every event of the log.
const SETTLE: Duration = Duration::from_millis(100);

/// A worker while it is the active one.
pub(crate) struct Lead<'w> {
    worker: &'w Worker,
    head: watch::Receiver<u64>,
    conn: PgConnection,
    /// The stored checkpoint, as far as we know.
    stored: u64,
    /// At or after `stored`: in between are only events of other aggregates.
    position: u64,
    stored_at: Instant,
    /// So many events are taken one by one, because one of them was refused in a batch.
    careful: usize,
}

/// What a turn found to do.
enum Turn {
    Idle,
    /// Took in a batch; there may be more at once.
    Worked,
}

/// A turn failed after reading this many events.
struct Failed {
    error: StepError,
    read: usize,
    last: u64,
}

fn failed(error: impl Into<StepError>, read: usize, last: u64) -> Failed {
    Failed { error: error.into(), read, last }
}

impl<'w> Lead<'w> {
    /// From the stored checkpoint on, over a connection that holds the reader's lock.
    pub(crate) async fn take_over(
        worker: &'w Worker,
        mut conn: PgConnection,
    ) -> Result<Self, StepError> {
        let stored = checkpoint::take_up(&mut conn, worker.step.name()).await?;
        let lead = Self {
            worker,
            head: worker.log.head(),
            conn,
            stored,
            position: stored,
            stored_at: Instant::now(),
            careful: 0,
        };
        observe::stopped(worker.step.name(), false);
        lead.publish();
        Ok(lead)
    }

    /// Gives the lock back.
    pub(crate) async fn step_down(self) -> Result<(), StepError> {
        Ok(step::end_session(self.conn).await?)
    }

    /// Until cancelled or stopped; an error costs the session.
    pub(crate) async fn work(&mut self, backoff: &mut Backoff) -> Result<Ended, StepError> {
        loop {
            if self.worker.cancel.is_cancelled() {
                self.settle().await?;
                return Ok(Ended::Cancelled);
            }
            let started = Instant::now();
            match self.turn().await {
                Ok(Turn::Idle) => {
                    backoff.reset();
                    self.settle_when_due().await?;
                    self.verify_when_due().await?;
                    self.sleep().await;
                }
                Ok(Turn::Worked) => {
                    backoff.reset();
                    self.pace(started).await;
                }
                Err(failed) => {
                    if self.recover(failed, backoff).await? == Some(Ended::Stopped) {
                        return Ok(Ended::Stopped);
                    }
                }
            }
        }
    }

    async fn turn(&mut self) -> Result<Turn, Failed> {
        self.head.mark_unchanged();
        let started = Instant::now();
        let limit = if self.careful > 0 { 1 } else { BATCH };
        let read = self.worker.log.read_after(self.position, limit).await;
        let batch = read.map_err(|error| failed(error, 0, self.position))?;
        let Some(last) = batch.last().map(|event| event.position) else {
            return Ok(Turn::Idle);
        };
        let read = batch.len();
        let ours: Vec<_> =
            batch.into_iter().filter(|event| self.worker.step.concerns(event)).collect();
        if ours.is_empty() {
            self.position = last;
            self.settle_when_due().await.map_err(|error| failed(error, read, last))?;
        } else {
            let span = Span { from: self.stored, to: last };
            let taken = self.worker.step.take(&mut self.conn, &ours, span).await;
            taken.map_err(|error| failed(error, read, last))?;
            self.now_stored(last);
            observe::applied(self.worker.step.name(), ours.len(), started.elapsed());
        }
        self.careful = self.careful.saturating_sub(read);
        self.publish();
        Ok(Turn::Worked)
    }

    /// Everything goes on from the stored checkpoint; an error here costs the session.
    async fn recover(
        &mut self,
        failed: Failed,
        backoff: &mut Backoff,
    ) -> Result<Option<Ended>, StepError> {
        let name = self.worker.step.name();
        match failed.error {
            StepError::Fenced => {
                observe::fenced(name);
                tracing::warn!(reader = name, "fenced off by another worker");
            }
            StepError::Refused(_) if failed.read > 1 => self.careful = failed.read,
            StepError::Refused(reason) => {
                // Exactly there: also past the events of others that lie before it.
                self.settle().await?;
                self.publish();
                let stopped = Stopped { position: failed.last, reason };
                checkpoint::stop(&mut self.conn, name, &stopped).await?;
                observe::stopped(name, true);
                let Stopped { position, reason } = stopped;
                tracing::error!(reader = name, position, reason, "stopped at an event");
                return Ok(Some(Ended::Stopped));
            }
            StepError::Transient(_) => {
                let pause = self.worker.complain(&failed.error, backoff);
                self.worker.pause(pause).await;
            }
        }
        let stored = checkpoint::take_up(&mut self.conn, name).await?;
        self.now_stored(stored);
        Ok(None)
    }

    async fn settle_when_due(&mut self) -> Result<(), StepError> {
        if self.stored_at.elapsed() >= SETTLE { self.settle().await } else { Ok(()) }
    }

    /// Stores the checkpoint if it lags behind what was passed over.
    async fn settle(&mut self) -> Result<(), StepError> {
        if self.position == self.stored {
            return Ok(());
        }
        let name = self.worker.step.name();
        if !checkpoint::advance(&mut self.conn, name, self.stored, self.position).await? {
            return Err(StepError::Fenced);
        }
        self.now_stored(self.position);
        Ok(())
    }

    /// Batches are committed without waiting for the disk, so a crash of the database can take
    /// the last ones back, and while nothing is to be done nobody would notice.
    async fn verify_when_due(&mut self) -> Result<(), StepError> {
        if self.position != self.stored || self.stored_at.elapsed() < POLL {
            return Ok(());
        }
        let found = checkpoint::load(&mut self.conn, self.worker.step.name()).await?;
        if found.is_none_or(|found| found.position != self.stored) {
            return Err(StepError::Fenced);
        }
        self.stored_at = Instant::now();
        Ok(())
    }

    fn now_stored(&mut self, position: u64) {
        self.stored = position;
        self.position = position;
        self.stored_at = Instant::now();
    }

    /// Until the log grows, the checkpoint is due, or it is time to look again.
    async fn sleep(&mut self) {
        let longest = if self.position == self.stored { POLL } else { SETTLE };
        tokio::select! {
            () = self.worker.cancel.cancelled() => {}
            // A closed watch means that the log shuts down: the poll goes on until cancelled.
            Ok(()) = self.head.changed() => {}
            () = sleep(longest) => {}
        }
    }

    /// While more than a batch waits there is no pause, nor when somebody is in a hurry. Else there
    /// is one even if nothing waits yet: a log that grows by little often would otherwise wake
    /// every reader each time, most of them for nothing of their own.
    async fn pace(&self, started: Instant) {
        let waiting = self.head.borrow().saturating_sub(self.position);
        if waiting < BATCH as u64 && self.careful == 0 {
            tokio::select! {
                () = self.worker.cancel.cancelled() => {}
                () = self.worker.hurry.notified() => {}
                () = sleep_until(started + self.worker.step.pace()) => {}
            }
        }
    }

    fn publish(&self) {
        let name = self.worker.step.name();
        observe::lag(name, self.head.borrow().saturating_sub(self.position));
        let position = self.position;
        self.worker.progress.send_if_modified(|progress| {
            let next = Progress { position, phase: Phase::Active };
            std::mem::replace(progress, next) != next
        });
    }
}
