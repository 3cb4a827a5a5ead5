//! Why a replay is refused, and why one that has begun is not complete.

use anamnesis_projections::log::ReadError;

/// A replay that was not begun.
#[derive(Debug, thiserror::Error)]
pub enum SelectError {
    /// A position that the log has not reached.
    #[error("the log ends at position {head}")]
    BeyondTheLog {
        /// The last position there is.
        head: u64,
    },
    /// An instant that has not come: what will have happened by then is not known.
    #[error("that instant is still to come")]
    InTheFuture,
    /// It would end before it begins.
    #[error("a range ends where it begins, or after")]
    Reversed,
    /// The log could not be asked.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// A replay that broke off. Everything up to there was told.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The log could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The log took too long to answer.
    #[error("the log took too long to answer")]
    TooSlow,
    /// The log has a hole, which it never has unless somebody made it.
    #[error("the event at position {position} or just before it is missing")]
    Missing {
        /// The first position that is there again, or the one that should be.
        position: u64,
    },
    /// An event's metadata or payload can not be read.
    #[error("the event at position {position} can not be read")]
    Unreadable {
        /// Where it stands.
        position: u64,
    },
    /// The read models, of which the trail and the words are made, could not be read.
    #[error("the database failed")]
    ReadModel(#[from] sqlx::Error),
    /// Who looks could not be written down, so nothing more is shown.
    #[error("the look could not be recorded")]
    Look(#[from] crate::commands::ExecuteError),
    /// What was written could not be opened.
    #[error(transparent)]
    Content(#[from] crate::sealing::OpenError),
    /// A record could not be written.
    #[error("a record can not be written as JSON")]
    Json(#[from] serde_json::Error),
    /// A record could not be written.
    #[error("a record can not be written as CSV")]
    Csv(#[from] csv::Error),
    /// Nobody took what was read for too long.
    #[error("what was read was not taken in time")]
    NotTaken,
}
