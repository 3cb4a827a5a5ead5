//! What can be asked of an appointment.

use crate::{AccountId, Sealed};
use chrono::{DateTime, Utc};

/// A request to an appointment. `by` is who asks, `now` the time at which they did. That the
/// doctor is free at a time is the `doctor_day`'s to say, in the same atomic append.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields that need no words are explained above, once")]
pub enum AppointmentCommand {
    /// Agrees on a time.
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
        now: DateTime<Utc>,
    },
    /// Agrees on another time, while the old one has not begun. The same time changes nothing.
    RescheduleAppointment {
        by: AccountId,
        /// New first instant.
        starts_at: DateTime<Utc>,
        /// New first instant after it.
        ends_at: DateTime<Utc>,
        /// IANA zone in which the time was agreed; the caller has checked that it exists.
        zone: String,
        now: DateTime<Utc>,
    },
    /// Calls it off, while it has not begun. Cancelling again changes nothing.
    CancelAppointment {
        by: AccountId,
        /// Why, in their words.
        reason: Option<Sealed>,
        now: DateTime<Utc>,
    },
    /// Its doctor says that it took place; also when the patient came after all.
    CompleteAppointment { by: AccountId, now: DateTime<Utc> },
    /// Its doctor says that the patient did not come.
    RecordNoShow { by: AccountId, now: DateTime<Utc> },
    /// Hides it from everybody. Who may is the policy's to say.
    DeleteAppointment { by: AccountId },
    /// Brings a deleted one back. Who may is the policy's to say.
    RestoreAppointment {
        by: AccountId,
        /// Whether one that would still take place is cancelled at once: its time may belong
        /// to another by now.
        as_cancelled: bool,
    },
    /// Says that it is there and was not called off: a consultation that is opened rests on it,
    /// in the same append. Never an event.
    CheckNotCancelled,
}
