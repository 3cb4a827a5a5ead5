//! The chapter of consultations.

use super::{admin_id, appointment_id, day, doctor_id, patient_id, sealed};
use crate::catalogue::{Chapter, Prose};
use anamnesis_domain::consultation::{
    Change, Consultation, ConsultationEvent, Prescription, SectionChanges,
};

fn prose() -> Prose {
    Prose {
        title: "Consultation",
        about: "What a doctor wrote down about an appointment. It is signed once; what is changed \
                after that is an amendment with a reason, and what stood there before stays in \
                the log. The patient can ask for corrections, which the doctor makes or answers \
                with a statement. In `changes`, a field that is absent stayed as it was, and one that is \
                `null` was cleared.",
        stream: "the consultation's id, which is computed from the appointment's",
        sealed_under: "the patient's key",
        fields: &[
            ("appointment_id", "The appointment that it is the record of."),
            ("patient_id", "The patient."),
            ("doctor_id", "The doctor, who alone writes in it."),
            ("by", "Who did it."),
            ("changes.medical_history", "What the patient told."),
            ("changes.examination_findings", "What the doctor found."),
            ("changes.investigations", "What was measured, or is to be."),
            ("changes.treatment_plan", "What is to be done."),
            (
                "changes.prescriptions[].id",
                "Names the prescription for ever. The list takes the place of the one before.",
            ),
            (
                "changes.prescriptions[].ends_on",
                "The last day of it. Absent when none was given. In clear, so that lists can be \
                 put in order.",
            ),
            ("changes.prescriptions[].content", "The drug, its dose, and what else is said of it."),
            ("changes.review_on", "The day on which the patient is to be looked at again."),
            ("reason", "Why it was amended, in the doctor's words."),
            ("number", "Names a request for a correction within the consultation, from 1."),
            ("text", "What is wrong, in the patient's words."),
            ("amendment", "The sequence of the amendment, which is the event just before."),
            ("statement", "Why it stays as it is, in the doctor's words."),
            ("on", "The day of the review."),
        ],
    }
}

pub(super) fn chapter() -> Chapter {
    let by = doctor_id();
    let prescription = Prescription {
        id: "0197c0de-0000-7000-8000-00000000000b".parse().expect("an id"),
        ends_on: Some(day("2031-05-20")),
        content: sealed(16),
    };
    let draft = SectionChanges {
        medical_history: Change::Set(sealed(12)),
        examination_findings: Change::Set(sealed(13)),
        investigations: Change::Set(sealed(14)),
        treatment_plan: Change::Set(sealed(15)),
        prescriptions: Some(vec![prescription]),
        review_on: Change::Set(day("2031-06-03")),
    };
    let amendment =
        SectionChanges { treatment_plan: Change::Set(sealed(17)), ..SectionChanges::default() };
    Chapter::of::<Consultation>(
        prose(),
        vec![
            (
                "The appointment's doctor began its record. An appointment has at most one.",
                ConsultationEvent::ConsultationOpened {
                    appointment_id: appointment_id(),
                    patient_id: patient_id(),
                    doctor_id: doctor_id(),
                },
            ),
            (
                "The doctor wrote something down, before signing.",
                ConsultationEvent::DraftSaved { changes: draft },
            ),
            (
                "The doctor stands by what is written. From here on it can only be amended.",
                ConsultationEvent::ConsultationSigned { by },
            ),
            (
                "The doctor changed what was signed, and said why.",
                ConsultationEvent::ConsultationAmended {
                    by,
                    changes: amendment,
                    reason: sealed(18),
                },
            ),
            (
                "The patient asked for something to be corrected.",
                ConsultationEvent::CorrectionRequested {
                    number: 1,
                    by: patient_id(),
                    text: sealed(19),
                },
            ),
            (
                "The doctor corrected it: written together with the amendment, or neither is.",
                ConsultationEvent::CorrectionAccepted { number: 1, by, amendment: 5 },
            ),
            (
                "The doctor left it as it was, and said why.",
                ConsultationEvent::CorrectionDeclined { number: 2, by, statement: sealed(20) },
            ),
            (
                "The day of the review has come. Written by the server itself, once for each \
                 day that was set.",
                ConsultationEvent::ReviewDue { on: day("2031-06-03") },
            ),
            (
                "It is hidden from everybody, not erased.",
                ConsultationEvent::ConsultationDeleted { by: admin_id() },
            ),
            (
                "It can be seen again, as it was.",
                ConsultationEvent::ConsultationRestored { by: admin_id() },
            ),
        ],
    )
}
