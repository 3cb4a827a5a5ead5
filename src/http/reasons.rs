//! Why an administrator decided something: codes out of fixed lists, as they stand in the log
//! in clear, so that no clinical text and no name gets into the metadata.

use schemars::JsonSchema;
use serde::Deserialize;

macro_rules! reasons {
    ($(#[$meta:meta])* $name:ident { $($variant:ident => $code:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
        pub(super) enum $name {
            $(#[serde(rename = $code)] $variant,)+
        }

        impl $name {
            pub(super) fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }
    };
}

reasons! {
    /// Why a request is turned down.
    RefuseReason {
        NotStaff => "not_staff",
        IdentityUnclear => "identity_unclear",
        Duplicate => "duplicate",
    }
}

reasons! {
    /// Why an account is taken out of use.
    DeactivateReason {
        Left => "left",
        PersonAsked => "person_asked",
        Misuse => "misuse",
        Security => "security",
        Duplicate => "duplicate",
    }
}

reasons! {
    /// Why an account is brought back.
    RestoreAccountReason {
        Returned => "returned",
        DeactivatedByMistake => "deactivated_by_mistake",
        Cleared => "cleared",
        LegalDuty => "legal_duty",
    }
}

reasons! {
    /// Why a message is brought back.
    RestoreMessageReason {
        AuthorAsked => "author_asked",
        RetractedByMistake => "retracted_by_mistake",
        NeededForCare => "needed_for_care",
        LegalDuty => "legal_duty",
    }
}

reasons! {
    /// Why an appointment is brought back.
    RestoreAppointmentReason {
        PatientAsked => "patient_asked",
        DoctorAsked => "doctor_asked",
        DeletedByMistake => "deleted_by_mistake",
        NeededForCare => "needed_for_care",
        LegalDuty => "legal_duty",
    }
}

reasons! {
    /// Why a consultation is brought back.
    RestoreConsultationReason {
        DoctorAsked => "doctor_asked",
        DeletedByMistake => "deleted_by_mistake",
        NeededForCare => "needed_for_care",
        LegalDuty => "legal_duty",
    }
}
