//! Who sees whom, and when.

mod fold;
mod history;
mod list;
mod projection;
mod write;

pub use history::{Change, appointment_history, appointments_changed_after, times_before};
pub use list::{
    Appointment, AppointmentCursor, Interval, Period, Side, appointment, appointments_of,
    cursor_at, taken_intervals,
};
pub use projection::Appointments;
