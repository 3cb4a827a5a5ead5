//! Who sees whom, and when.

mod booked;
mod fold;
mod history;
mod list;
mod page;
mod projection;
mod write;

pub use booked::appointments_by_booking;
pub use history::{Change, appointment_history, appointments_changed_after, times_before};
pub use list::{Appointment, Interval, Period, appointment, appointment_ever, taken_intervals};
pub use page::{
    AppointmentCursor, AppointmentFilter, Order, Side, appointments_ever, appointments_of,
};
pub use projection::Appointments;
