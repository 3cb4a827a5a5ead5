//! What happened to an appointment.

use crate::event::versions;
use crate::{AccountId, Sealed};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A fact about an appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppointmentEvent {
    /// A time was agreed.
    AppointmentBooked {
        /// Who comes.
        patient_id: AccountId,
        /// Who sees them.
        doctor_id: AccountId,
        /// First instant.
        starts_at: DateTime<Utc>,
        /// First instant after it.
        ends_at: DateTime<Utc>,
        /// IANA zone in which the time was agreed.
        zone: String,
        /// Why, in the patient's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Sealed>,
    },
    /// Another time was agreed.
    AppointmentRescheduled {
        /// Who moved it.
        by: AccountId,
        /// New first instant.
        starts_at: DateTime<Utc>,
        /// New first instant after it.
        ends_at: DateTime<Utc>,
        /// IANA zone in which the new time was agreed.
        zone: String,
    },
    /// It will not take place.
    AppointmentCancelled {
        /// Who called it off.
        by: AccountId,
        /// Why, in their words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Sealed>,
    },
    /// It took place.
    AppointmentCompleted {
        /// Its doctor.
        by: AccountId,
    },
    /// The patient did not come.
    AppointmentNoShowRecorded {
        /// Its doctor.
        by: AccountId,
    },
    /// It is hidden from everybody, not erased.
    AppointmentDeleted {
        /// Who hid it.
        by: AccountId,
    },
    /// It can be seen again, as it was.
    AppointmentRestored {
        /// Who brought it back.
        by: AccountId,
    },
}

versions!(AppointmentEvent {
    AppointmentBooked => "1",
    AppointmentRescheduled => "1",
    AppointmentCancelled => "1",
    AppointmentCompleted => "1",
    AppointmentNoShowRecorded => "1",
    AppointmentDeleted => "1",
    AppointmentRestored => "1",
});
