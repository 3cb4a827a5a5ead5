//! The log in PostgreSQL.

mod announcing;
mod appender;
mod asserted;
mod deciding;
mod fate;
mod rows;
mod tail;
mod versions;
mod write;

use super::batch::Waiting;
use super::{Append, AppendError, Log, Pending, READ_AT_MAX};
use anamnesis_projections::log::{EventLog, ReadError, RecordedEvent, StreamId};
use async_trait::async_trait;
use sqlx::PgPool;
use std::sync::Arc;
use tail::Tail;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// Bounds of the log.
#[derive(Clone, Copy, Debug)]
pub struct LogSettings {
    /// Appends that may wait; one more is refused with [`AppendError::Overloaded`].
    pub waiting_max: usize,
    /// Events written in one transaction, and so the most that one append may have.
    pub batch_events_max: usize,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self { waiting_max: 4096, batch_events_max: 1024 }
    }
}

/// The log in PostgreSQL: one appender and one tail per process, any number of processes.
#[derive(Debug)]
pub struct PostgresLog {
    pool: PgPool,
    queue: mpsc::Sender<Waiting>,
    tail: Arc<Tail>,
    epoch: Uuid,
    settings: LogSettings,
}

impl PostgresLog {
    /// Opens the log of a migrated database. Its tasks run on `tasks` until `stop`; the
    /// appender then finishes what is in the queue.
    pub async fn open(
        pool: PgPool,
        settings: LogSettings,
        tasks: &TaskTracker,
        stop: CancellationToken,
    ) -> Result<Arc<Self>, sqlx::Error> {
        let (position, epoch): (i64, Uuid) =
            sqlx::query_as("SELECT position, epoch FROM log.head").fetch_one(&pool).await?;
        let tail = Arc::new(Tail::new(pool.clone(), rows::unsigned(position)));
        let (queue, waiting) = mpsc::channel(settings.waiting_max);
        tasks.spawn(Arc::clone(&tail).follow(stop.clone()));
        let appender = appender::Appender::new(pool.clone(), Arc::clone(&tail), settings);
        tasks.spawn(appender.run(waiting, stop));
        Ok(Arc::new(Self { pool, queue, tail, epoch, settings }))
    }
}

#[async_trait]
impl EventLog for PostgresLog {
    async fn read_after(
        &self,
        position: u64,
        limit: usize,
    ) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
        self.tail.read_after(position, limit).await
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after_sequence: u64,
        limit: usize,
    ) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
        rows::read_stream(&self.pool, stream, after_sequence, limit).await
    }

    fn head(&self) -> watch::Receiver<u64> {
        self.tail.head()
    }
}

#[async_trait]
impl Log for PostgresLog {
    fn enqueue(&self, append: Append) -> Result<Pending, AppendError> {
        let limit = self.settings.batch_events_max;
        if append.events().count() > limit {
            return Err(AppendError::TooLarge { limit });
        }
        let (waiting, pending) = Waiting::new(append);
        match self.queue.try_send(waiting) {
            Ok(()) => Ok(pending),
            Err(mpsc::error::TrySendError::Full(_)) => Err(AppendError::Overloaded),
            Err(mpsc::error::TrySendError::Closed(_)) => Err(AppendError::Unavailable),
        }
    }

    async fn read_stream_back(
        &self,
        stream: &StreamId,
        before: u64,
        limit: usize,
    ) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
        rows::read_stream_back(&self.pool, stream, before, limit).await
    }

    async fn find_event(&self, event_id: Uuid) -> Result<Option<Arc<RecordedEvent>>, ReadError> {
        rows::find_event(&self.pool, event_id).await
    }

    async fn read_at(&self, positions: &[u64]) -> Result<Vec<Arc<RecordedEvent>>, ReadError> {
        rows::read_at(&self.pool, &positions[..positions.len().min(READ_AT_MAX)]).await
    }

    fn epoch(&self) -> Uuid {
        self.epoch
    }
}
