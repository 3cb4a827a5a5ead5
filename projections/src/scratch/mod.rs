//! Read models as they once were: folded into tables that one connection has for itself.
//!
//! The tables are made like the live ones, the projections run the very same code over the
//! events up to a position, and the same queries read what came of it: neither names a schema,
//! so they mean the tables that the connection's `search_path` leads to. Only the streams that
//! are asked for are read, so the cost is their length and not the log's.
//!
//! PostgreSQL drops the tables with the connection, whatever ends it.

mod reading;
mod tables;

use crate::log::{EventLog, ReadError, RecordedEvent, StreamId};
use crate::observe;
use crate::projection::{ApplyError, Projection};
use crate::step;
use reading::Reading;
use sqlx::{Connection, Executor, PgConnection, PgPool};
use std::sync::Arc;

/// What may be folded, for one build.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// The last position.
    pub until: u64,
    /// The most events.
    pub events_max: u64,
}

/// A build did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum ScratchError {
    /// There are more events than may be folded.
    #[error("more than {limit} events would have to be folded")]
    TooLarge {
        /// How many may be.
        limit: u64,
    },
    /// The log could not be read.
    #[error(transparent)]
    Log(#[from] ReadError),
    /// An event could not be applied.
    #[error(transparent)]
    Apply(#[from] ApplyError),
    /// The database failed.
    #[error("{}", observe::describe(.0))]
    Database(#[from] sqlx::Error),
}

/// Tables of one connection, with what some streams came to by some position.
pub struct Scratch {
    conn: PgConnection,
    projections: Vec<Arc<dyn Projection>>,
    folded: u64,
}

impl Scratch {
    /// Empty tables of these projections, on a connection of their own beside the pool's.
    pub async fn open(
        pool: &PgPool,
        projections: Vec<Arc<dyn Projection>>,
    ) -> Result<Self, ScratchError> {
        let mut conn = step::session(pool, "pg_temp").await?;
        // Tables that only this session has are in memory of its own: 8 MiB by default.
        conn.execute("SET temp_buffers = '64MB'").await?;
        for projection in &projections {
            tables::create(&mut conn, projection.as_ref()).await?;
        }
        Ok(Self { conn, projections, folded: 0 })
    }

    /// Folds these streams, one after the other: a row of the projections that can be built
    /// here depends on one stream alone. How many events that were. After an error the tables
    /// are not to be looked at.
    pub async fn fold(
        &mut self,
        log: &Arc<dyn EventLog>,
        streams: Vec<StreamId>,
        extent: Extent,
    ) -> Result<u64, ScratchError> {
        let before = self.folded;
        let mut reading = Reading::start(Arc::clone(log), streams, extent.until);
        while let Some(batch) = reading.next().await {
            let batch = batch?;
            self.folded += batch.len() as u64;
            if self.folded > extent.events_max {
                return Err(ScratchError::TooLarge { limit: extent.events_max });
            }
            self.apply(&batch).await?;
        }
        Ok(self.folded - before)
    }

    async fn apply(&mut self, batch: &[Arc<RecordedEvent>]) -> Result<(), ScratchError> {
        let mut transaction = self.conn.begin().await?;
        for projection in &self.projections {
            let types = projection.aggregate_types();
            if batch.first().is_some_and(|event| step::concerns(types, event)) {
                projection.apply(batch, &mut transaction).await?;
            }
        }
        transaction.commit().await?;
        Ok(())
    }

    /// The connection whose tables these are, for the queries of the read models.
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.conn
    }
}
