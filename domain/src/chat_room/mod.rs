//! The conversation of one patient and one doctor.

mod aggregate;
mod command;
mod error;
mod event;
mod reaction;
mod report;

pub use aggregate::{ChatRoom, Participants};
pub use command::ChatRoomCommand;
pub use error::ChatRoomError;
pub use event::ChatRoomEvent;
pub use reaction::Reaction;
pub use report::{HideDecision, HideReason};
