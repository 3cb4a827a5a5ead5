//! What became of it.

use crate::support::given;
use crate::words::{
    beginning, booked, cancelled, complete, completed, doctor, just_before, miss, missed, patient,
    stranger,
};
use anamnesis_domain::appointment::{Appointment, AppointmentError as Error};

#[test]
fn its_doctor_says_that_it_took_place() {
    given::<Appointment>(booked([])).when(complete(doctor(), beginning())).then(completed());
}

#[test]
fn its_doctor_says_that_the_patient_did_not_come() {
    given::<Appointment>(booked([])).when(miss(doctor(), beginning())).then(missed());
}

#[test]
fn nothing_is_said_of_it_before_it_begins() {
    for command in [complete(doctor(), just_before()), miss(doctor(), just_before())] {
        given::<Appointment>(booked([])).when(command).then_refused(Error::NotBegun);
    }
}

#[test]
fn saying_it_again_writes_nothing() {
    given::<Appointment>(booked([completed()]))
        .when(complete(doctor(), beginning()))
        .then_nothing();
    given::<Appointment>(booked([missed()])).when(miss(doctor(), beginning())).then_nothing();
}

#[test]
fn a_patient_who_came_late_makes_a_missed_one_complete() {
    given::<Appointment>(booked([missed()]))
        .when(complete(doctor(), beginning()))
        .then(completed());
}

#[test]
fn what_took_place_was_not_missed() {
    for history in [vec![completed()], vec![missed(), completed()]] {
        given::<Appointment>(booked(history))
            .when(miss(doctor(), beginning()))
            .then_refused(Error::NotScheduled);
    }
}

#[test]
fn a_cancelled_one_neither_took_place_nor_was_missed() {
    for command in [complete(doctor(), beginning()), miss(doctor(), beginning())] {
        given::<Appointment>(booked([cancelled(patient())]))
            .when(command)
            .then_refused(Error::NotScheduled);
    }
}

#[test]
fn nobody_but_its_doctor_says_what_became_of_it() {
    for by in [patient(), stranger()] {
        for command in [complete(by, beginning()), miss(by, beginning())] {
            given::<Appointment>(booked([])).when(command).then_refused(Error::NotItsDoctor);
        }
    }
}
