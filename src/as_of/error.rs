//! Why there is no view.

use crate::replay::SelectError;
use anamnesis_projections::log::ReadError;
use anamnesis_projections::scratch::ScratchError;

/// A view was not made.
#[derive(Debug, thiserror::Error)]
pub enum AsOfError {
    /// The log has nothing of this record.
    #[error("there is no such thing")]
    Unknown,
    /// The record began after that.
    #[error("it did not exist at that time")]
    NotYet,
    /// The instant or position is before the first event.
    #[error("the log begins after that")]
    BeforeTheLog,
    /// So many views are being made or looked at already.
    #[error("other views of the past are being made: ask again in a moment")]
    TooMany,
    /// The position or the instant is not in the log.
    #[error(transparent)]
    Point(#[from] SelectError),
    /// The record could not be folded.
    #[error(transparent)]
    Scratch(#[from] ScratchError),
    /// The log could not be read.
    #[error(transparent)]
    Log(#[from] ReadError),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
}
