//! One step of a reader: a batch taken in, and the checkpoint moved past it.

use crate::checkpoint;
use crate::log::{ReadError, RecordedEvent};
use crate::observe;
use crate::projection::{ApplyError, Projection};
use async_trait::async_trait;
use sqlx::{Connection, Executor, PgConnection, PgPool};
use std::sync::Arc;
use std::time::Duration;

/// Twice as many events per transaction cost little more than half as many transactions.
const PACE: Duration = Duration::from_millis(8);
/// Where nobody waits for what they have just written, batches may gather for longer.
const PACE_UNAWAITED: Duration = Duration::from_millis(50);

/// The positions that a step covers: after `from`, up to and including `to`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) from: u64,
    pub(crate) to: u64,
}

/// A step was not taken. The stored checkpoint says how much of it was nevertheless.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StepError {
    /// Another worker moved the checkpoint: its work stands.
    #[error("another worker moved the checkpoint")]
    Fenced,
    /// It may succeed later.
    #[error("{0}")]
    Transient(String),
    /// It will not succeed with this event.
    #[error("{0}")]
    Refused(String),
}

impl From<sqlx::Error> for StepError {
    fn from(error: sqlx::Error) -> Self {
        ApplyError::from(error).into()
    }
}

impl From<ApplyError> for StepError {
    fn from(error: ApplyError) -> Self {
        let reason = error.to_string();
        if error.is_transient() { Self::Transient(reason) } else { Self::Refused(reason) }
    }
}

impl From<ReadError> for StepError {
    fn from(error: ReadError) -> Self {
        Self::Transient(error.to_string())
    }
}

/// What the worker drives: a projection or a reactor.
#[async_trait]
pub(crate) trait Step: Send + Sync + 'static {
    fn name(&self) -> &'static str;

    /// Under load, the least time between the starts of two batches.
    fn pace(&self) -> Duration {
        PACE
    }

    /// Whether it takes the event in: it is of an aggregate that it reads, at least.
    fn concerns(&self, event: &RecordedEvent) -> bool;

    /// Takes the batch in (only events that concern it) and moves the checkpoint.
    async fn take(
        &self,
        conn: &mut PgConnection,
        batch: &[Arc<RecordedEvent>],
        span: Span,
    ) -> Result<(), StepError>;
}

/// Applies to the live tables.
pub(crate) struct ProjectionStep(pub(crate) Arc<dyn Projection>);

#[async_trait]
impl Step for ProjectionStep {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn pace(&self) -> Duration {
        if self.0.is_awaited() { PACE } else { PACE_UNAWAITED }
    }

    fn concerns(&self, event: &RecordedEvent) -> bool {
        concerns(self.0.aggregate_types(), event)
            && !self.0.passes_over().contains(&event.event_type.as_str())
    }

    async fn take(
        &self,
        conn: &mut PgConnection,
        batch: &[Arc<RecordedEvent>],
        span: Span,
    ) -> Result<(), StepError> {
        apply(self.0.as_ref(), self.0.name(), conn, batch, span).await
    }
}

pub(crate) fn concerns(aggregate_types: &[&str], event: &RecordedEvent) -> bool {
    aggregate_types.contains(&event.stream.aggregate_type.as_ref())
}

/// Rows and checkpoint in one transaction. The checkpoint comes first: a fenced worker finds
/// out before it has done any work, and locks are taken in the order of a swap of tables.
pub(crate) async fn apply(
    projection: &dyn Projection,
    checkpoint: &str,
    conn: &mut PgConnection,
    batch: &[Arc<RecordedEvent>],
    span: Span,
) -> Result<(), StepError> {
    let mut transaction = conn.begin().await?;
    if !checkpoint::advance(&mut transaction, checkpoint, span.from, span.to).await? {
        transaction.rollback().await?;
        return Err(StepError::Fenced);
    }
    if !batch.is_empty()
        && let Err(error) = projection.apply(batch, &mut transaction).await
    {
        let error = StepError::from(error);
        // A lost connection rolls back by itself; the first error is the one to tell.
        if let Err(lost) = transaction.rollback().await {
            tracing::debug!(error = %observe::describe(&lost), "rollback failed");
        }
        return Err(error);
    }
    transaction.commit().await?;
    Ok(())
}

/// A connection of the reader's own, outside the pool, whose unqualified table names mean
/// those of `schema` (a name from the code, never from outside).
///
/// Its commits do not wait for the disk: rows and checkpoint are lost or kept together, and
/// what a crash of the database takes is folded from the log again. It is a setting of the
/// session, because it costs a round trip per batch otherwise.
pub(crate) async fn session(pool: &PgPool, schema: &str) -> Result<PgConnection, sqlx::Error> {
    let mut conn = pool.acquire().await?.detach();
    conn.execute("SET synchronous_commit = off").await?;
    conn.execute(format!("SET search_path = {schema}").as_str()).await?;
    Ok(conn)
}

/// Ends a session of [`session`]. Its locks are free when this returns; a closed connection
/// alone gives them back a moment later.
pub(crate) async fn end_session(mut conn: PgConnection) -> Result<(), sqlx::Error> {
    conn.execute("SELECT pg_advisory_unlock_all()").await?;
    conn.close().await
}
