//! What can be asked of an appointment.

use crate::{AccountId, Sealed};
use chrono::{DateTime, Utc};

/// A request to an appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppointmentCommand {
    /// Agrees on a time. That the doctor is free then is the `doctor_day`'s to say, in the
    /// same atomic append.
    BookAppointment {
        /// Who comes.
        patient_id: AccountId,
        /// Who sees them.
        doctor_id: AccountId,
        /// First instant.
        starts_at: DateTime<Utc>,
        /// First instant after it.
        ends_at: DateTime<Utc>,
        /// IANA zone in which the time was agreed; the caller has checked that it exists.
        zone: String,
        /// Why, in the patient's words.
        reason: Option<Sealed>,
        /// The time at which the command was given.
        now: DateTime<Utc>,
    },
}
