//! Each refusal once, with the code that clients depend on.

use crate::support::{given, refusals};
use crate::words::{
    amend, decline, declined, doctor, draft, history, opened, patient, prescriptions, request,
    requested, restore, save, sealed, sign, signed, stranger, with,
};
use anamnesis_domain::AppointmentId;
use anamnesis_domain::consultation::{
    Consultation, ConsultationCommand as Command, ConsultationError as Error, SectionChanges,
};

refusals!(Consultation, Error {
    NotFound "consultation_not_found": [] => save(history());
    AlreadyOpened "consultation_already_opened": [opened()] => Command::OpenConsultation {
        appointment_id: AppointmentId::new(),
        patient_id: patient(),
        doctor_id: stranger(),
        by: stranger(),
    };
    NotItsDoctor "consultation_not_its_doctor":
        [opened()] => Command::SaveDraft { by: patient(), changes: history() };
    Signed "consultation_signed": signed([history()]) => save(history());
    NotSigned "consultation_not_signed": draft([history()]) => amend(history());
    Empty "consultation_empty": [opened()] => sign();
    NothingToChange "consultation_nothing_to_change":
        [opened()] => save(SectionChanges::default());
    TooManyPrescriptions "consultation_too_many_prescriptions":
        [opened()] => save(prescriptions(0..51));
    PrescriptionTwice "consultation_prescription_twice":
        [opened()] => save(prescriptions([1, 2, 1]));
    NotItsPatient "consultation_not_its_patient":
        signed([history()]) => Command::RequestCorrection { by: doctor(), text: sealed("no") };
    TooManyCorrections "consultation_too_many_corrections": requested(20) => request();
    CorrectionNotFound "correction_not_found": requested(1) => decline(2);
    CorrectionAnswered "correction_answered": with(requested(1), declined(1)) => decline(1);
    NotDeleted "consultation_not_deleted": [opened()] => restore();
});
