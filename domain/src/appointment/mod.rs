//! An agreed time of a patient with a doctor.

mod aggregate;
mod command;
mod error;
mod event;

pub use aggregate::Appointment;
pub use command::AppointmentCommand;
pub use error::AppointmentError;
pub use event::AppointmentEvent;
