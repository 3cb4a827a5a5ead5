//! What can be asked of a consultation.

use super::SectionChanges;
use crate::{AccountId, AppointmentId, Sealed};
use chrono::NaiveDate;

/// A request to a consultation. `by` is who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields that need no words are explained above, once")]
pub enum ConsultationCommand {
    /// Begins the record of an appointment. The people are those of the appointment, which the
    /// caller has looked up; it also has checked that the appointment was not called off.
    /// Opening an open one changes nothing.
    OpenConsultation {
        appointment_id: AppointmentId,
        patient_id: AccountId,
        doctor_id: AccountId,
        by: AccountId,
    },
    /// Writes something down, until it is signed.
    SaveDraft { by: AccountId, changes: SectionChanges },
    /// Stands by it. Signing again changes nothing.
    SignConsultation { by: AccountId },
    /// Changes what was signed; what stood there before stays in the log.
    AmendConsultation {
        by: AccountId,
        changes: SectionChanges,
        /// Why, in the doctor's words.
        reason: Sealed,
    },
    /// Asks for something signed to be corrected.
    RequestCorrection {
        by: AccountId,
        /// What is wrong, in the patient's words.
        text: Sealed,
    },
    /// Corrects what the patient asked for: an amendment and the answer in one step.
    AcceptCorrection {
        by: AccountId,
        /// Which request.
        number: u32,
        changes: SectionChanges,
        /// Why it is amended, in the doctor's words.
        reason: Sealed,
    },
    /// Leaves what is written as it is, and says why.
    DeclineCorrection {
        by: AccountId,
        /// Which request.
        number: u32,
        /// Why, in the doctor's words.
        statement: Sealed,
    },
    /// Says that the day of the review has come. It is asked by the server itself, perhaps more
    /// than once, so where there is nothing to be reminded of nothing happens.
    RemindOfReview {
        /// The day that the reminder is about.
        on: NaiveDate,
    },
    /// Hides it from everybody. Who may is the policy's to say.
    DeleteConsultation { by: AccountId },
    /// Brings a deleted one back, as it was. Who may is the policy's to say.
    RestoreConsultation { by: AccountId },
}
