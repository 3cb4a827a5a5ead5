//! Why a use case failed, whichever transport asked for it.

use super::{ExecuteError, Refusal};
use crate::policy::Denied;
use crate::sealing::SealError;
use anamnesis_projections::log::ReadError;

/// Input that no state of the hospital could make right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Invalid {
    /// The stable code that clients may depend on.
    pub code: &'static str,
    /// What is expected.
    pub message: &'static str,
}

/// A use case was not carried out. Unless it says otherwise, nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The input is wrong in itself.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The policy says no.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The rules say no, or the log failed.
    #[error(transparent)]
    Execute(#[from] ExecuteError),
    /// The content could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// A fact could not be looked up.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The password could not be hashed or stored.
    #[error(transparent)]
    Password(#[from] crate::auth::PasswordError),
    /// The session could not be started.
    #[error(transparent)]
    Session(#[from] crate::auth::SessionError),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
}

impl From<Refusal> for CommandError {
    fn from(refusal: Refusal) -> Self {
        Self::Execute(ExecuteError::Refused(refusal))
    }
}
