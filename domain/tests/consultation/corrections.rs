//! Asking for corrections, and answering.

use crate::support::given;
use crate::words::{
    accept, admin, amended, decline, declined, deleted, doctor, draft, history, patient, request,
    requested, restored, sealed, signed, stranger, with,
};
use anamnesis_domain::consultation::{
    CORRECTIONS_WAITING_MAX, Consultation, ConsultationCommand as Command,
    ConsultationError as Error, ConsultationEvent as Event, SectionChanges,
};

fn asked(number: u32) -> Event {
    Event::CorrectionRequested { number, by: patient(), text: sealed("wrong") }
}

#[test]
fn a_patient_asks_for_a_correction_of_what_is_signed_and_of_nothing_else() {
    given::<Consultation>(signed([history()])).when(request()).then(asked(1));
    given::<Consultation>(requested(1)).when(request()).then(asked(2));
    given::<Consultation>([]).when(request()).then_refused(Error::NotFound);
    given::<Consultation>(draft([history()])).when(request()).then_refused(Error::NotFound);
    let gone = with(signed([history()]), deleted());
    given::<Consultation>(gone.clone()).when(request()).then_refused(Error::NotFound);
    given::<Consultation>(with(gone, restored())).when(request()).then(asked(1));
}

#[test]
fn nobody_else_asks_and_nobody_else_answers() {
    for by in [doctor(), stranger(), admin()] {
        let ask = Command::RequestCorrection { by, text: sealed("wrong") };
        given::<Consultation>(signed([history()])).when(ask).then_refused(Error::NotItsPatient);
    }
    for by in [patient(), stranger(), admin()] {
        let decline = Command::DeclineCorrection { by, number: 1, statement: sealed("no") };
        given::<Consultation>(requested(1)).when(decline).then_refused(Error::NotItsDoctor);
        let changes = history();
        let accept = Command::AcceptCorrection { by, number: 1, changes, reason: sealed("why") };
        given::<Consultation>(requested(1)).when(accept).then_refused(Error::NotItsDoctor);
    }
}

#[test]
fn an_accepted_correction_is_amended_in_the_same_step_and_names_the_version() {
    // Opened, saved, signed, asked: the amendment is the fifth event.
    let accepted = Event::CorrectionAccepted { number: 1, by: doctor(), amendment: 5 };
    given::<Consultation>(requested(1))
        .when(accept(1, history()))
        .then_all(vec![amended(history()), accepted]);
    let nothing = accept(1, SectionChanges::default());
    given::<Consultation>(requested(1)).when(nothing).then_refused(Error::NothingToChange);
}

#[test]
fn a_declined_correction_has_a_statement() {
    given::<Consultation>(requested(2)).when(decline(2)).then(declined(2));
}

#[test]
fn what_was_answered_is_not_answered_again() {
    let accepted = Event::CorrectionAccepted { number: 1, by: doctor(), amendment: 5 };
    for answer in [vec![declined(1)], vec![amended(history()), accepted]] {
        let answered: Vec<_> = requested(1).into_iter().chain(answer).collect();
        for again in [decline(1), accept(1, history())] {
            let when = given::<Consultation>(answered.clone()).when(again);
            when.then_refused(Error::CorrectionAnswered);
        }
    }
}

#[test]
fn what_nobody_asked_for_is_not_answered() {
    for number in [0, 2, u32::MAX] {
        given::<Consultation>(requested(1))
            .when(decline(number))
            .then_refused(Error::CorrectionNotFound);
    }
}

#[test]
fn an_answer_makes_room_for_another_request() {
    let full = requested(u32::try_from(CORRECTIONS_WAITING_MAX).expect("a few"));
    given::<Consultation>(full.clone()).when(request()).then_refused(Error::TooManyCorrections);
    given::<Consultation>(with(full, declined(7))).when(request()).then(asked(21));
}

#[test]
fn nothing_is_answered_while_the_consultation_is_deleted() {
    let gone = with(requested(1), deleted());
    given::<Consultation>(gone.clone()).when(decline(1)).then_refused(Error::NotFound);
    given::<Consultation>(with(gone, restored())).when(decline(1)).then(declined(1));
}
