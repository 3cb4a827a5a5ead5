//! The hospital's rules: aggregates, their commands, events and refusals.
//!
//! No I/O and no clock: facts come in with the command, and the same command on the same
//! history always decides the same. Content is [`Sealed`] before it gets here.

pub mod ids;
pub mod role;
pub mod sealed;

pub use ids::{AccountId, AppointmentId, RoomId};
pub use role::Role;
pub use sealed::Sealed;
