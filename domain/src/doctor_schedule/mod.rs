//! When a doctor works: hours of every week, and days on which it is otherwise.
//!
//! The stream's id is the doctor's account id. Hours are those of the clocks in the doctor's
//! zone; `working_times.rs` says which instants that are, when the clocks change too.

mod aggregate;
mod command;
mod error;
mod event;
mod slots;
mod span;
mod weekday;
mod working_times;

pub use aggregate::{DoctorSchedule, EXCEPTIONS_MAX, Hours};
pub use command::DoctorScheduleCommand;
pub use error::DoctorScheduleError;
pub use event::DoctorScheduleEvent;
pub use slots::{PERIOD_MAX, slots};
pub use span::{SPANS_PER_DAY_MAX, Span, WeeklySpan};
pub use weekday::Weekday;
