//! Building: from the log's beginning to the live position.

use super::report::{Report, ShadowError};
use super::tables;
use crate::checkpoint;
use crate::log::{EventLog, RecordedEvent};
use crate::observe;
use crate::projection::Projection;
use crate::step::{self, Span, StepError};
use sqlx::{PgConnection, PgPool};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// Events per transaction: large, because nobody waits for a single one.
const BATCH: usize = 5_000;
/// So close to the live position, holding the live worker for the rest is no harm.
const CLOSE: u64 = 2_000;
/// How long the log may take to hear of what another process has written.
const HEAR_MAX: Duration = Duration::from_secs(5);
/// So often a build tries to come close. If the log grows faster than the build, the live
/// worker is held earlier, and the build then gains on it.
const ROUNDS: usize = 100;

/// A build under way. It works on a connection of its own, whose session also holds the lock
/// that keeps a second build of the same projection away.
pub(super) struct Build<'b> {
    pub(super) pool: &'b PgPool,
    log: &'b dyn EventLog,
    pub(super) projection: &'b dyn Projection,
    pub(super) conn: PgConnection,
    /// The name under which the build's own checkpoint is stored.
    pub(super) checkpoint: String,
    /// Makes the indexes that are left out until the end.
    pub(super) indexes: Vec<String>,
    position: u64,
}

impl<'b> Build<'b> {
    /// Takes the lock, sweeps up what a former build left, and makes empty tables.
    pub(super) async fn start(
        pool: &'b PgPool,
        log: &'b dyn EventLog,
        projection: &'b dyn Projection,
    ) -> Result<Self, ShadowError> {
        let name = projection.name();
        let mut conn = step::session(pool, &tables::schema(projection)).await?;
        let locked: bool = sqlx::query_scalar(
            "SELECT pg_try_advisory_lock(hashtextextended('anamnesis:rebuild:' || $1, 0))",
        )
        .bind(name)
        .fetch_one(&mut conn)
        .await?;
        if !locked {
            return Err(ShadowError::Busy);
        }
        let checkpoint = format!("{name}@rebuild");
        let indexes = Vec::new();
        let mut build = Self { pool, log, projection, conn, checkpoint, indexes, position: 0 };
        build.sweep().await?;
        build.indexes = tables::create(&mut build.conn, projection).await?;
        checkpoint::take_up(&mut build.conn, &build.checkpoint).await?;
        Ok(build)
    }

    /// Leaves nothing behind but the outcome.
    pub(super) async fn end(
        mut self,
        outcome: Result<Report, ShadowError>,
    ) -> Result<Report, ShadowError> {
        let projection = self.projection.name();
        if let Err(error) = self.sweep().await {
            tracing::warn!(projection, %error, "a build's tables stay until the next one");
        }
        // The work is done or not, whatever becomes of the connection.
        if let Err(error) = step::end_session(self.conn).await {
            tracing::debug!(projection, error = %observe::describe(&error), "session lost");
        }
        outcome
    }

    async fn sweep(&mut self) -> Result<(), ShadowError> {
        tables::drop_built(&mut self.conn, self.projection).await?;
        checkpoint::remove(&mut self.conn, &self.checkpoint).await?;
        Ok(())
    }

    /// Until close to the live position, which moves on meanwhile.
    pub(super) async fn catch_up(&mut self) -> Result<(), ShadowError> {
        for _ in 0..ROUNDS {
            let live = checkpoint::load(self.pool, self.projection.name()).await?;
            let live = live.ok_or(ShadowError::NotLive)?.position;
            if live.saturating_sub(self.position) <= CLOSE {
                return Ok(());
            }
            self.catch_up_to(live).await?;
        }
        Ok(())
    }

    /// Exactly to `goal`, which the log has passed. The next batch is read while one is
    /// applied.
    pub(super) async fn catch_up_to(&mut self, goal: u64) -> Result<(), ShadowError> {
        self.hear_of(goal).await?;
        let mut batch = read(self.log, self.position, goal).await?;
        while let Some(last) = batch.last().map(|event| event.position) {
            let log = self.log;
            let (applied, next) = tokio::join!(self.apply(batch, last), read(log, last, goal));
            applied?;
            batch = next?;
        }
        if self.position < goal {
            // Every position has its event. To go on without one would lose it for good.
            return Err(ShadowError::Missing { after: self.position });
        }
        Ok(())
    }

    /// Waits until this process's log knows of a position that a live worker has passed: it may
    /// be another process's, and the log here not have read it yet.
    async fn hear_of(&self, position: u64) -> Result<(), ShadowError> {
        let mut head = self.log.head();
        let heard = timeout(HEAR_MAX, head.wait_for(|head| *head >= position)).await;
        match heard {
            Ok(Ok(_)) => Ok(()),
            _ => Err(ShadowError::Missing { after: self.position }),
        }
    }

    async fn apply(&mut self, batch: Vec<Arc<RecordedEvent>>, to: u64) -> Result<(), ShadowError> {
        let types = self.projection.aggregate_types();
        let ours: Vec<_> = batch.into_iter().filter(|event| step::concerns(types, event)).collect();
        let span = Span { from: self.position, to };
        step::apply(self.projection, &self.checkpoint, &mut self.conn, &ours, span)
            .await
            .map_err(|error| self.failed(error))?;
        self.position = to;
        Ok(())
    }

    fn failed(&self, error: StepError) -> ShadowError {
        let reason = match error {
            StepError::Fenced => "another build moved the checkpoint".to_owned(),
            StepError::Transient(reason) | StepError::Refused(reason) => reason,
        };
        ShadowError::Refused { after: self.position, reason }
    }
}

/// The next batch after a position; empty at the goal.
async fn read(
    log: &dyn EventLog,
    after: u64,
    goal: u64,
) -> Result<Vec<Arc<RecordedEvent>>, ShadowError> {
    if after >= goal {
        return Ok(Vec::new());
    }
    let mut batch = log.read_after(after, BATCH).await?;
    batch.truncate(batch.partition_point(|event| event.position <= goal));
    Ok(batch)
}
