//! What can be asked of a doctor's day.

use crate::AppointmentId;
use chrono::{DateTime, Utc};

/// A request to a doctor's day. A time that crosses midnight is asked of both days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DoctorDayCommand {
    /// Takes `[starts_at, ends_at)` for an appointment.
    TakeTime { appointment_id: AppointmentId, starts_at: DateTime<Utc>, ends_at: DateTime<Utc> },
    /// Gives an appointment's time back. Freeing what is free changes nothing.
    FreeTime { appointment_id: AppointmentId },
}
