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
}

versions!(AppointmentEvent { AppointmentBooked => "1" });
