//! Break-glass: a compliance officer's leave to open one patient's record, for a stated reason
//! and a limited time, which another officer reviews afterwards.

mod aggregate;
mod command;
mod error;
mod event;

pub use aggregate::{AccessGrant, MINUTES_DEFAULT, MINUTES_MAX, Terms};
pub use command::AccessGrantCommand;
pub use error::AccessGrantError;
pub use event::{AccessGrantEvent, Verdict};
