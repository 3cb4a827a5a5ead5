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
    ReviewDue => "1",
    ConsultationDeleted => "1",
    ConsultationRestored => "1",
});
