//! What happened to a consultation.

use super::SectionChanges;
use crate::event::versions;
use crate::{AccountId, AppointmentId, Sealed};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A fact about a consultation. `by` is who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields that need no words are explained above, once")]
pub enum ConsultationEvent {
    /// Its doctor began the record of an appointment.
    ConsultationOpened {
        appointment_id: AppointmentId,
        patient_id: AccountId,
        doctor_id: AccountId,
    },
    /// Its doctor wrote something down.
    DraftSaved { changes: SectionChanges },
    /// Its doctor stands by it.
    ConsultationSigned { by: AccountId },
    /// Its doctor changed what was signed.
    ConsultationAmended {
        by: AccountId,
        changes: SectionChanges,
        /// Why, in the doctor's words.
        reason: Sealed,
    },
    /// Its patient asked for something to be corrected.
    CorrectionRequested {
        /// Names the request within the consultation, from 1.
        number: u32,
        by: AccountId,
        /// What is wrong, in the patient's words.
        text: Sealed,
    },
    /// Its doctor corrected it.
    CorrectionAccepted {
        /// Which request.
        number: u32,
        by: AccountId,
        /// The version that the amendment made, just before this.
        amendment: u64,
    },
    /// Its doctor left it as it was.
    CorrectionDeclined {
        /// Which request.
        number: u32,
        by: AccountId,
        /// Why, in the doctor's words.
        statement: Sealed,
    },
    /// The day has come on which the patient is to be looked at again.
    ReviewDue {
        /// That day.
        on: NaiveDate,
    },
    /// It is hidden from everybody, not erased.
    ConsultationDeleted { by: AccountId },
    /// It can be seen again, as it was.
    ConsultationRestored { by: AccountId },
}

versions!(ConsultationEvent {
    ConsultationOpened => "1",
    DraftSaved => "1",
    ConsultationSigned => "1",
    ConsultationAmended => "1",
    CorrectionRequested => "1",
    CorrectionAccepted => "1",
    CorrectionDeclined => "1",
    ReviewDue => "1",
    ConsultationDeleted => "1",
    ConsultationRestored => "1",
});
