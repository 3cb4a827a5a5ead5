//! Attempts to sign in with one name that did not succeed.
//!
//! The stream's id is the blind index of the name that was typed, so that attempts at the same
//! name are found together and the name itself stands nowhere.

mod aggregate;
mod command;
mod error;
mod event;

pub use aggregate::SignIn;
pub use command::SignInCommand;
pub use error::SignInError;
pub use event::{FailureReason, SignInEvent};
