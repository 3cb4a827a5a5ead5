//! Why a consultation refuses.

/// A refusal by the rules of consultations. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConsultationError {
    /// No such consultation, or it was deleted.
    #[error("there is no such consultation")]
    NotFound,
    /// It was opened before, for other people or another appointment.
    #[error("the consultation was opened before, with other particulars")]
    AlreadyOpened,
    /// Only the appointment's doctor writes it.
    #[error("only the consultation's doctor may do this")]
    NotItsDoctor,
    /// What was signed can only be amended.
    #[error("the consultation is signed: it can only be amended")]
    Signed,
    /// What was not signed needs no amendment.
    #[error("the consultation is not signed")]
    NotSigned,
    /// There is nothing to stand by.
    #[error("there is nothing in the consultation")]
    Empty,
    /// The change changes nothing.
    #[error("the change is empty")]
    NothingToChange,
    /// More than one consultation has.
    #[error("a consultation has at most 50 prescriptions")]
    TooManyPrescriptions,
    /// Two prescriptions of the list have the same id.
    #[error("a prescription stands in the list twice")]
    PrescriptionTwice,
    /// Only the patient whose record it is asks for corrections.
    #[error("only the consultation's patient may do this")]
    NotItsPatient,
    /// More than one doctor should have to answer at a time.
    #[error("20 requests for corrections of the consultation wait for an answer")]
    TooManyCorrections,
    /// The consultation has no request of this number.
    #[error("there is no such request for a correction")]
    CorrectionNotFound,
    /// An answer stands.
    #[error("the request for a correction was answered before, otherwise")]
    CorrectionAnswered,
    /// What is not deleted can not be restored.
    #[error("the consultation is not deleted")]
    NotDeleted,
}

impl ConsultationError {
    /// The stable code that clients may depend on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "consultation_not_found",
            Self::AlreadyOpened => "consultation_already_opened",
            Self::NotItsDoctor => "consultation_not_its_doctor",
            Self::Signed => "consultation_signed",
            Self::NotSigned => "consultation_not_signed",
            Self::Empty => "consultation_empty",
            Self::NothingToChange => "consultation_nothing_to_change",
            Self::TooManyPrescriptions => "consultation_too_many_prescriptions",
            Self::PrescriptionTwice => "consultation_prescription_twice",
            Self::NotItsPatient => "consultation_not_its_patient",
            Self::TooManyCorrections => "consultation_too_many_corrections",
            Self::CorrectionNotFound => "correction_not_found",
            Self::CorrectionAnswered => "correction_answered",
            Self::NotDeleted => "consultation_not_deleted",
        }
    }
}
