//! Why an appointment refuses.

/// A refusal by the rules of booking. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppointmentError {
    /// This appointment was booked before, for other people or another time.
    #[error("the appointment was booked before, with other particulars")]
    AlreadyBooked,
    /// It has begun, or is over.
    #[error("the time is not in the future")]
    InThePast,
    /// Further away than calendars are kept.
    #[error("the time is more than a year away")]
    TooFarAway,
    /// The end is not after the start, or the length is not between 5 minutes and 4 hours.
    #[error("an appointment lasts from 5 minutes to 4 hours")]
    BadLength,
    /// Nobody sees themselves.
    #[error("a doctor can not be their own patient")]
    SamePerson,
}

impl AppointmentError {
    /// The stable code that clients may depend on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::AlreadyBooked => "appointment_already_booked",
            Self::InThePast => "appointment_in_the_past",
            Self::TooFarAway => "appointment_too_far_away",
            Self::BadLength => "appointment_bad_length",
            Self::SamePerson => "appointment_same_person",
        }
    }
}
