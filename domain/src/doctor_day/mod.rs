//! One doctor's day (UTC): which times are taken.
//!
//! It exists so that two overlapping bookings meet in one stream: the stream's version lets
//! exactly one of them win, whatever the concurrency. See `docs/adr/`.

mod aggregate;
mod command;
mod error;
mod event;

pub use aggregate::{DoctorDay, DoctorDayId, days_of};
pub use command::DoctorDayCommand;
pub use error::DoctorDayError;
pub use event::DoctorDayEvent;
