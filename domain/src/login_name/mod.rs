//! A username or e-mail address, claimed by one account.
//!
//! The stream's id is a keyed hash of the normalised name (never the name itself), so two
//! accounts that want the same name meet in one stream and exactly one gets it.

mod aggregate;
mod command;
mod error;
mod event;

pub use aggregate::LoginName;
pub use command::LoginNameCommand;
pub use error::LoginNameError;
pub use event::LoginNameEvent;
