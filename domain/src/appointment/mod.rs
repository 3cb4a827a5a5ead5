//! An agreed time of a patient with a doctor, and what became of it.

mod aggregate;
mod command;
mod error;
mod event;
mod status;
mod time;

pub use aggregate::Appointment;
pub use command::AppointmentCommand;
pub use error::AppointmentError;
pub use event::AppointmentEvent;
pub use status::Status;
pub use time::Agreed;
