//! Why a doctor's schedule refuses.

/// A refusal by a doctor's schedule. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DoctorScheduleError {
    /// The doctor never said when they work.
    #[error("the doctor has set no working hours")]
    HoursNotSet,
    /// Some of the time is outside of working hours.
    #[error("the time is outside of the doctor's working hours")]
    OutsideHours,
    /// No zone has this name.
    #[error("not the name of an IANA time zone, such as Europe/Berlin")]
    UnknownZone,
    /// Shorter or longer than appointments are.
    #[error("a slot lasts from 5 to 240 minutes")]
    BadSlotLength,
    /// The end is not after the start, or after the day's end.
    #[error("working hours begin before they end, within one day")]
    BadSpan,
    /// Two of the day's spans share some time.
    #[error("working hours of one day overlap")]
    SpansOverlap,
    /// More than a day has.
    #[error("a day has at most 8 spans of working hours")]
    TooManySpans,
    /// The day is over.
    #[error("the day of the exception is in the past")]
    ExceptionInThePast,
    /// More than are kept.
    #[error("at most 400 exceptions are kept")]
    TooManyExceptions,
}

impl DoctorScheduleError {
    /// The stable code that clients may depend on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::HoursNotSet => "doctor_hours_not_set",
            Self::OutsideHours => "outside_working_hours",
            Self::UnknownZone => "schedule_zone_unknown",
            Self::BadSlotLength => "schedule_bad_slot_length",
            Self::BadSpan => "schedule_bad_span",
            Self::SpansOverlap => "schedule_spans_overlap",
            Self::TooManySpans => "schedule_too_many_spans",
            Self::ExceptionInThePast => "schedule_exception_in_the_past",
            Self::TooManyExceptions => "schedule_too_many_exceptions",
        }
    }
}
