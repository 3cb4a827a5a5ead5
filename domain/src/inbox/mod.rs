//! What a person has seen of what they were told.
//!
//! The stream's id is the account's. Notices are no events of their own: they are made from
//! the log, so a position in it says how far somebody has come.

mod aggregate;
mod command;
mod error;
mod event;

pub use aggregate::Inbox;
pub use command::InboxCommand;
pub use error::InboxError;
pub use event::InboxEvent;
