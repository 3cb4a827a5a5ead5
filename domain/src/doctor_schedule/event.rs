//! What happened to a doctor's schedule.

use super::{Span, WeeklySpan};
use crate::event::versions;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A fact about a doctor's schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DoctorScheduleEvent {
    /// The doctor works at these hours from now on; exceptions stay.
    WorkingHoursSet {
        /// IANA zone whose clocks the hours are of.
        zone: String,
        /// How long a slot is.
        slot_minutes: u16,
        /// When in every week, in order.
        week: Vec<WeeklySpan>,
    },
    /// A day is otherwise than its weekday.
    ScheduleExceptionSet {
        /// The day, in the doctor's zone.
        date: NaiveDate,
        /// When the doctor works on it, in order; none at all is a day off.
        spans: Vec<Span>,
        /// The day on which it was said: exceptions of earlier days are forgotten.
        set_on: NaiveDate,
    },
    /// A day is like its weekday again.
    ScheduleExceptionCleared {
        /// The day, in the doctor's zone.
        date: NaiveDate,
    },
}

versions!(DoctorScheduleEvent {
    WorkingHoursSet => "1",
    ScheduleExceptionSet => "1",
    ScheduleExceptionCleared => "1",
});
