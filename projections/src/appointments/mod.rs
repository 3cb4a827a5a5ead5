//! Who sees whom, and when.

mod list;
mod projection;

pub use list::{
    Appointment, AppointmentCursor, Period, TakenInterval, appointment, appointments_of,
    taken_intervals,
};
pub use projection::Appointments;
