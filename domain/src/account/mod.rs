//! A person who can sign in.

mod aggregate;
mod command;
mod error;
mod event;
mod profile;
mod specialty;

pub use aggregate::{Account, Status};
pub use command::AccountCommand;
pub use error::AccountError;
pub use event::AccountEvent;
pub use profile::{Availability, Identity, ProfileChange};
pub use specialty::Specialty;
