//! Hiding a consultation and bringing it back; and what can be asked of one.

use crate::support::given;
use crate::words::{
    amend, day, delete, deleted, doctor, draft, history, open, patient, prescriptions, restore,
    restored, review, save, sign, signed, with,
};
use anamnesis_domain::consultation::{Change, Consultation, ConsultationError as Error, Section};
use cqrs_es::Aggregate;
use uuid::Uuid;

#[test]
fn a_draft_and_a_signed_one_can_be_deleted() {
    for history in [draft([]), draft([history()]), signed([history()])] {
        given::<Consultation>(history).when(delete()).then(deleted());
    }
}

#[test]
fn deleting_it_again_writes_nothing() {
    given::<Consultation>(with(draft([]), deleted())).when(delete()).then_nothing();
}

#[test]
fn a_deleted_consultation_is_not_found_by_anything_else() {
    for past in [draft([history()]), signed([history()])] {
        for command in [open(doctor()), save(history()), sign(), amend(history())] {
            given::<Consultation>(with(past.clone(), deleted()))
                .when(command)
                .then_refused(Error::NotFound);
        }
    }
}

#[test]
fn what_is_not_deleted_is_not_restored() {
    let back = with(with(draft([]), deleted()), restored());
    for history in [draft([]), back] {
        given::<Consultation>(history).when(restore()).then_refused(Error::NotDeleted);
    }
}

#[test]
fn a_restored_consultation_is_what_it_was() {
    let hidden = with(signed([history()]), deleted());
    given::<Consultation>(hidden).when(restore()).then(restored());
    let mut consultation = Consultation::default();
    let changes = [history(), prescriptions([1, 2]), review(Change::Set(day(20)))];
    for event in signed(changes) {
        consultation.apply(event);
    }
    // But for its version, which counts what happened.
    let told = |one: &Consultation| {
        let (parts, prescriptions) = (one.filled().clone(), one.prescriptions().clone());
        (one.parties(), one.is_signed(), one.is_deleted(), one.review_on(), parts, prescriptions)
    };
    let before = told(&consultation);
    consultation.apply(deleted());
    assert!(consultation.is_deleted());
    consultation.apply(restored());
    assert_eq!(told(&consultation), before);
}

#[test]
fn it_can_be_asked_whose_it_is_and_what_is_in_it() {
    let mut consultation = Consultation::default();
    assert_eq!(consultation.parties(), None);
    let changes =
        [history(), prescriptions([1, 2]), prescriptions([2, 3]), review(Change::Set(day(20)))];
    for event in signed(changes) {
        consultation.apply(event);
    }
    let parties = consultation.parties().expect("it was opened");
    assert_eq!((parties.patient_id, parties.doctor_id), (patient(), doctor()));
    assert!(consultation.is_signed() && !consultation.is_deleted());
    assert_eq!(consultation.review_on(), Some(day(20)));
    assert!(consultation.filled().iter().eq(&[Section::MedicalHistory]));
    let numbers: Vec<_> = consultation.prescriptions().iter().map(Uuid::as_u128).collect();
    assert_eq!(numbers, [2, 3]);
}
