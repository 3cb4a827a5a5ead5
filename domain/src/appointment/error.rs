//! Why an appointment refuses.

/// A refusal by the rules of appointments. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppointmentError {
    /// This appointment was booked before, for other people or another time, or was cancelled.
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
    /// No such appointment, or it was deleted.
    #[error("there is no such appointment")]
    NotFound,
    /// Only the patient and the doctor move it or call it off.
    #[error("only the appointment's patient and doctor may do this")]
    NotParticipant,
    /// Only the doctor says what became of it.
    #[error("only the appointment's doctor may do this")]
    NotItsDoctor,
    /// It was cancelled, completed or missed, and this can not follow from that.
    #[error("the appointment was cancelled, completed or missed")]
    NotScheduled,
    /// It can not be moved or called off any more.
    #[error("the appointment has begun")]
    HasBegun,
    /// Nobody knows yet what becomes of it.
    #[error("the appointment has not begun")]
    NotBegun,
    /// What is not deleted can not be restored.
    #[error("the appointment is not deleted")]
    NotDeleted,
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
            Self::NotFound => "appointment_not_found",
            Self::NotParticipant => "appointment_not_participant",
            Self::NotItsDoctor => "appointment_not_its_doctor",
            Self::NotScheduled => "appointment_not_scheduled",
            Self::HasBegun => "appointment_has_begun",
            Self::NotBegun => "appointment_not_begun",
            Self::NotDeleted => "appointment_not_deleted",
        }
    }
}
