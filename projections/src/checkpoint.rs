//! How far each reader of the log has come.

use crate::number::{bigint, unsigned};
use crate::runner::Stopped;
use sqlx::{FromRow, PgConnection, PgExecutor};

/// A reader's checkpoint as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Everything up to here has been applied.
    pub position: u64,
    /// Where and why the reader stopped, if it did.
    pub stopped: Option<Stopped>,
}

#[derive(FromRow)]
struct Row {
    position: i64,
    stopped_at_position: Option<i64>,
    stopped_reason: Option<String>,
}

impl From<Row> for Checkpoint {
    fn from(row: Row) -> Self {
        let stopped = row.stopped_at_position.zip(row.stopped_reason);
        Self {
            position: unsigned(row.position),
            stopped: stopped
                .map(|(position, reason)| Stopped { position: unsigned(position), reason }),
        }
    }
}

/// A reader's checkpoint; `None` before its first start. Taken before a query, it is a
/// position whose effects the query's answer is certain to hold.
pub async fn load(
    executor: impl PgExecutor<'_>,
    name: &str,
) -> Result<Option<Checkpoint>, sqlx::Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT position, stopped_at_position, stopped_reason
         FROM read.checkpoints WHERE projection = $1",
    )
    .bind(name)
    .fetch_optional(executor)
    .await?;
    Ok(row.map(Checkpoint::from))
}

/// Takes up a reader's work: its row is there afterwards, and says nothing of an earlier stop,
/// because the event is tried again. Returns the position.
pub(crate) async fn take_up(conn: &mut PgConnection, name: &str) -> Result<u64, sqlx::Error> {
    let position: i64 = sqlx::query_scalar(
        "INSERT INTO read.checkpoints (projection, position) VALUES ($1, 0)
         ON CONFLICT (projection)
             DO UPDATE SET stopped_at_position = NULL, stopped_reason = NULL
         RETURNING position",
    )
    .bind(name)
    .fetch_one(conn)
    .await?;
    Ok(unsigned(position))
}

/// Moves the checkpoint, unless somebody else moved it first: then nothing changes and the
/// answer is `false`. Also takes the row's lock, so it comes before any write to the tables:
/// a swap of tables takes its locks in the same order.
pub(crate) async fn advance(
    conn: &mut PgConnection,
    name: &str,
    from: u64,
    to: u64,
) -> Result<bool, sqlx::Error> {
    let moved = sqlx::query(
        "UPDATE read.checkpoints
         SET position = $3, stopped_at_position = NULL, stopped_reason = NULL, updated_at = now()
         WHERE projection = $1 AND position = $2",
    )
    .bind(name)
    .bind(bigint(from))
    .bind(bigint(to))
    .execute(conn)
    .await?;
    Ok(moved.rows_affected() == 1)
}

/// Writes down that the reader could not get past an event, unless another worker just did.
pub(crate) async fn stop(
    conn: &mut PgConnection,
    name: &str,
    stopped: &Stopped,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE read.checkpoints
         SET stopped_at_position = $2, stopped_reason = $3, updated_at = now()
         WHERE projection = $1 AND position < $2",
    )
    .bind(name)
    .bind(bigint(stopped.position))
    .bind(&stopped.reason)
    .execute(conn)
    .await?;
    Ok(())
}

/// Waits for the live worker's batch to end, then keeps it from starting another until the
/// transaction ends. Returns the position it stands at.
pub(crate) async fn hold(conn: &mut PgConnection, name: &str) -> Result<u64, sqlx::Error> {
    let position: Option<i64> = sqlx::query_scalar(
        "SELECT position FROM read.checkpoints WHERE projection = $1 FOR UPDATE",
    )
    .bind(name)
    .fetch_optional(conn)
    .await?;
    Ok(position.map_or(0, unsigned))
}

/// Forgets a reader.
pub(crate) async fn remove(conn: &mut PgConnection, name: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM read.checkpoints WHERE projection = $1")
        .bind(name)
        .execute(conn)
        .await?;
    Ok(())
}
