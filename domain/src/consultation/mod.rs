//! What a doctor wrote down about an appointment: one record, signed once, amended after.
//!
//! The stream's id is computed from the appointment's, so that one appointment has at most one.

mod aggregate;
mod change;
mod command;
mod corrections;
mod error;
mod event;
mod sections;

pub use aggregate::{Consultation, Parties};
pub use change::Change;
pub use command::ConsultationCommand;
pub use corrections::CORRECTIONS_WAITING_MAX;
pub use error::ConsultationError;
pub use event::ConsultationEvent;
pub use sections::{PRESCRIPTIONS_MAX, Prescription, Section, SectionChanges};
