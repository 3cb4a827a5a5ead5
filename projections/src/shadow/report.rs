//! What a rebuild or a check found.

use crate::observe;

/// How the live tables compared with what the log says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The projection.
    pub projection: &'static str,
    /// The position at which both were compared.
    pub position: u64,
    /// One for each table.
    pub tables: Vec<TableReport>,
}

impl Report {
    /// Whether live and rebuilt were the same, row by row.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.tables.iter().all(|table| table.differing == 0)
    }
}

/// How one table compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableReport {
    /// Its name.
    pub table: &'static str,
    /// Rows of the live table.
    pub live_rows: u64,
    /// Rows of the rebuilt table.
    pub rebuilt_rows: u64,
    /// Keys whose rows differ, or that only one of the two has.
    pub differing: u64,
    /// At most ten of those keys, their columns joined by `/`. Never content.
    pub keys: Vec<String>,
}

/// A rebuild or check did not come to its end. The live tables are as they were.
#[derive(Debug, thiserror::Error)]
pub enum ShadowError {
    /// Another rebuild or check of the same projection is running.
    #[error("another rebuild or check of this projection is running")]
    Busy,
    /// The projection has no checkpoint: it has never run.
    #[error("the projection has never run here")]
    NotLive,
    /// An event could not be applied.
    #[error("after position {after}: {reason}")]
    Refused {
        /// The build stood here; the event is in the batch after.
        after: u64,
        /// Why: a code or a type name, never content.
        reason: String,
    },
    /// The log does not have what a live worker has applied, or has not heard of it in time.
    #[error("the log has no event after position {after}")]
    Missing {
        /// The last one that was found.
        after: u64,
    },
    /// The database failed.
    #[error("{}", observe::describe(.0))]
    Database(#[from] sqlx::Error),
    /// The log could not be read.
    #[error(transparent)]
    Log(#[from] crate::log::ReadError),
}
