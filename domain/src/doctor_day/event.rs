//! What happened to a doctor's day.

use crate::AppointmentId;
use crate::event::versions;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A fact about a doctor's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DoctorDayEvent {
    /// `[starts_at, ends_at)` belongs to an appointment.
    TimeTaken { appointment_id: AppointmentId, starts_at: DateTime<Utc>, ends_at: DateTime<Utc> },
    /// The appointment's time is free again.
    TimeFreed { appointment_id: AppointmentId },
}

versions!(DoctorDayEvent { TimeTaken => "1", TimeFreed => "1" });
