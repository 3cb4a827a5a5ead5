//! A compliance officer's own work: the grants they hold, what they have reviewed, and the
//! searches that they keep.
//!
//! The stream's id is the officer's account. Its words are the officer's, and sealed under the
//! officer's key.

mod aggregate;
mod command;
mod error;
mod event;

pub use aggregate::{AuditDesk, GRANTS_MAX, SEARCHES_MAX};
pub use command::AuditDeskCommand;
pub use error::AuditDeskError;
pub use event::{AuditDeskEvent, Filters};
