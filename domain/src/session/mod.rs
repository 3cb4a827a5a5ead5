//! One log-in, and everything that was looked at in it.
//!
//! The stream's id is the session's. What is read is written down here before it is handed out,
//! so whoever replays a session sees what its person saw. `docs/AUDIT.md` says which reads make
//! an event and which belong to one that is there.

mod aggregate;
mod command;
mod error;
mod event;
mod record;

pub use aggregate::Session;
pub use command::SessionCommand;
pub use error::SessionError;
pub use event::{EndReason, SessionEvent};
pub use record::{Attempt, LookUp, Read, ReadPart, RecordKind};
