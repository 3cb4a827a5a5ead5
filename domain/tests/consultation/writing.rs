//! Opening, writing, signing and amending.

use crate::support::given;
use crate::words::{
    amend, amended, day, delete, doctor, draft, history, open, opened, patient, prescriptions,
    restore, review, save, saved, sealed, sign, signed, stranger,
};
use anamnesis_domain::consultation::{
    Change, Consultation, ConsultationCommand as Command, ConsultationError as Error,
    ConsultationEvent as Event, PRESCRIPTIONS_MAX, SectionChanges,
};
use anamnesis_domain::{AppointmentId, ConsultationId};
use std::collections::BTreeSet;
use uuid::Uuid;

#[test]
fn an_appointment_has_one_consultation_and_no_other_appointment_has_it() {
    let appointments: Vec<_> = (0..100).map(|n| AppointmentId(Uuid::from_u128(n))).collect();
    let ids: BTreeSet<_> =
        appointments.iter().map(|id| ConsultationId::of_appointment(*id)).collect();
    assert_eq!(ids.len(), appointments.len());
    // Kept for ever: another way of computing it would lose every consultation there is.
    let id = ConsultationId::of_appointment(AppointmentId(Uuid::from_u128(10)));
    assert_eq!(id.to_string(), "076323ce-224a-5437-a91f-446c9746ff06");
}

#[test]
fn the_doctor_of_an_appointment_opens_its_consultation() {
    given::<Consultation>([]).when(open(doctor())).then(opened());
}

#[test]
fn opening_it_again_writes_nothing() {
    given::<Consultation>([opened()]).when(open(doctor())).then_nothing();
    given::<Consultation>(signed([history()])).when(open(doctor())).then_nothing();
}

#[test]
fn nothing_else_can_be_done_with_one_that_was_never_opened() {
    for command in [save(history()), sign(), amend(history()), delete(), restore()] {
        given::<Consultation>([]).when(command).then_refused(Error::NotFound);
    }
}

#[test]
fn what_is_written_down_is_kept_as_it_came() {
    let everything = SectionChanges {
        medical_history: Change::Set(sealed("history")),
        examination_findings: Change::Cleared,
        investigations: Change::Set(sealed("blood")),
        treatment_plan: Change::Unchanged,
        review_on: Change::Set(day(20)),
        ..prescriptions([1, 2])
    };
    given::<Consultation>([opened()]).when(save(everything.clone())).then(saved(everything));
}

#[test]
fn a_draft_can_be_changed_until_it_is_signed() {
    given::<Consultation>(draft([history()])).when(save(history())).then(saved(history()));
    given::<Consultation>(signed([history()])).when(save(history())).then_refused(Error::Signed);
}

#[test]
fn there_are_at_most_fifty_prescriptions() {
    let most = prescriptions(0..PRESCRIPTIONS_MAX as u128);
    given::<Consultation>([opened()]).when(save(most.clone())).then(saved(most));
    let more = prescriptions(0..=PRESCRIPTIONS_MAX as u128);
    for (history, command) in [(draft([]), save(more.clone())), (signed([history()]), amend(more))]
    {
        given::<Consultation>(history).when(command).then_refused(Error::TooManyPrescriptions);
    }
}

#[test]
fn its_doctor_signs_it_once() {
    given::<Consultation>(draft([history()]))
        .when(sign())
        .then(Event::ConsultationSigned { by: doctor() });
    given::<Consultation>(signed([history()])).when(sign()).then_nothing();
}

#[test]
fn anything_at_all_is_enough_to_be_signed() {
    for changes in [history(), prescriptions([1]), review(Change::Set(day(20)))] {
        given::<Consultation>(draft([changes]))
            .when(sign())
            .then(Event::ConsultationSigned { by: doctor() });
    }
}

#[test]
fn what_was_all_cleared_again_is_empty() {
    let cleared = SectionChanges { medical_history: Change::Cleared, ..SectionChanges::default() };
    for undone in [
        [history(), cleared],
        [prescriptions([1]), prescriptions([])],
        [review(Change::Set(day(20))), review(Change::Cleared)],
    ] {
        given::<Consultation>(draft(undone)).when(sign()).then_refused(Error::Empty);
    }
}

#[test]
fn what_was_signed_can_be_amended_with_a_reason() {
    given::<Consultation>(signed([history()])).when(amend(history())).then(amended(history()));
    given::<Consultation>(draft([history()])).when(amend(history())).then_refused(Error::NotSigned);
}

#[test]
fn an_empty_change_is_refused_in_a_draft_and_in_an_amendment() {
    let nothing = SectionChanges::default;
    given::<Consultation>(draft([])).when(save(nothing())).then_refused(Error::NothingToChange);
    given::<Consultation>(signed([history()]))
        .when(amend(nothing()))
        .then_refused(Error::NothingToChange);
}

#[test]
fn nobody_but_its_doctor_writes_in_it() {
    for by in [patient(), stranger()] {
        given::<Consultation>([]).when(open(by)).then_refused(Error::NotItsDoctor);
        given::<Consultation>([opened()]).when(open(by)).then_refused(Error::NotItsDoctor);
        let commands = [
            Command::SaveDraft { by, changes: history() },
            Command::SignConsultation { by },
            Command::AmendConsultation { by, changes: history(), reason: sealed("why") },
        ];
        for command in commands {
            for past in [draft([history()]), signed([history()])] {
                given::<Consultation>(past).when(command.clone()).then_refused(Error::NotItsDoctor);
            }
        }
    }
}
