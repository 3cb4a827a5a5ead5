//! What can be asked of a doctor's schedule.

use super::{Span, WeeklySpan};
use chrono::{DateTime, NaiveDate, Utc};

/// A request to a doctor's schedule. Who may is the policy's to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DoctorScheduleCommand {
    /// Says when the doctor works, in place of what was said before. Exceptions stay.
    SetWorkingHours {
        /// IANA zone whose clocks the hours are of.
        zone: String,
        /// How long a slot is, 5 to 240.
        slot_minutes: u16,
        /// When in every week, in any order; none at all means only on exceptions.
        week: Vec<WeeklySpan>,
    },
    /// Says that a day is otherwise than its weekday, in place of what was said of it before.
    SetException {
        /// The day, in the doctor's zone.
        date: NaiveDate,
        /// When the doctor works on it; none at all is a day off.
        spans: Vec<Span>,
        /// The day on which this is said, in the doctor's zone.
        today: NaiveDate,
    },
    /// Says that a day is like its weekday again.
    ClearException {
        /// The day, in the doctor's zone.
        date: NaiveDate,
    },
    /// Asks whether a time is wholly within working hours. Writes nothing: it is refused, or
    /// holds for as long as the schedule is not changed, which the same append makes sure of.
    CheckTime {
        /// First instant.
        starts_at: DateTime<Utc>,
        /// First instant after it.
        ends_at: DateTime<Utc>,
    },
}
