//! Agreeing on another time, and calling it off.

use crate::support::given;
use crate::words::{
    Booking, ORDINARY, beginning, booked, cancel, cancelled, completed, doctor, just_before,
    missed, now, patient, reschedule, rescheduled, stranger, times,
};
use anamnesis_domain::appointment::{
    Appointment, AppointmentCommand as Command, AppointmentError as Error,
    AppointmentEvent as Event, Status,
};
use chrono::TimeDelta;
use cqrs_es::Aggregate;

const LATER: Booking = Booking { ahead: TimeDelta::hours(50), ..ORDINARY };

#[test]
fn the_patient_or_the_doctor_can_agree_on_another_time() {
    for by in [patient(), doctor()] {
        given::<Appointment>(booked([]))
            .when(reschedule(by, LATER, now()))
            .then(rescheduled(by, LATER));
    }
}

#[test]
fn an_appointment_can_be_moved_until_it_begins() {
    given::<Appointment>(booked([]))
        .when(reschedule(patient(), LATER, just_before()))
        .then(rescheduled(patient(), LATER));
    given::<Appointment>(booked([]))
        .when(reschedule(patient(), LATER, beginning()))
        .then_refused(Error::HasBegun);
}

#[test]
fn the_time_last_agreed_is_the_one_that_counts() {
    let moved = booked([rescheduled(patient(), LATER)]);
    given::<Appointment>(moved.clone())
        .when(cancel(patient(), beginning()))
        .then(cancelled(patient()));
    let mut appointment = Appointment::default();
    for event in moved {
        appointment.apply(event);
    }
    let agreed = appointment.agreed().expect("it was booked");
    assert_eq!((agreed.starts_at, agreed.ends_at), times(LATER));
    assert_eq!((agreed.patient_id, agreed.doctor_id), (patient(), doctor()));
    assert_eq!(appointment.status(), Status::Scheduled);
}

#[test]
fn moving_it_to_the_time_it_has_writes_nothing_even_when_that_has_come() {
    for at in [now(), beginning()] {
        given::<Appointment>(booked([])).when(reschedule(patient(), ORDINARY, at)).then_nothing();
    }
}

#[test]
fn a_new_time_obeys_the_rules_of_booking() {
    for (to, error) in [
        (Booking { ahead: TimeDelta::zero(), ..LATER }, Error::InThePast),
        (Booking { ahead: TimeDelta::days(367), ..LATER }, Error::TooFarAway),
        (Booking { length: TimeDelta::minutes(4), ..LATER }, Error::BadLength),
        (Booking { length: -TimeDelta::minutes(30), ..LATER }, Error::BadLength),
    ] {
        given::<Appointment>(booked([])).when(reschedule(patient(), to, now())).then_refused(error);
    }
}

#[test]
fn what_is_cancelled_completed_or_missed_is_not_moved() {
    for end in [cancelled(patient()), completed(), missed()] {
        given::<Appointment>(booked([end]))
            .when(reschedule(doctor(), LATER, now()))
            .then_refused(Error::NotScheduled);
    }
}

#[test]
fn the_patient_or_the_doctor_can_cancel_until_it_begins() {
    for by in [patient(), doctor()] {
        given::<Appointment>(booked([])).when(cancel(by, just_before())).then(cancelled(by));
        given::<Appointment>(booked([]))
            .when(cancel(by, beginning()))
            .then_refused(Error::HasBegun);
    }
}

#[test]
fn cancelling_needs_no_reason() {
    given::<Appointment>(booked([]))
        .when(Command::CancelAppointment { by: patient(), reason: None, now: now() })
        .then(Event::AppointmentCancelled { by: patient(), reason: None });
}

#[test]
fn cancelling_again_writes_nothing_whoever_did_it_and_however_late() {
    for (by, at) in [(patient(), now()), (doctor(), now()), (patient(), beginning())] {
        given::<Appointment>(booked([cancelled(patient())])).when(cancel(by, at)).then_nothing();
    }
}

#[test]
fn what_took_place_or_was_missed_is_not_cancelled() {
    for end in [completed(), missed()] {
        given::<Appointment>(booked([end]))
            .when(cancel(patient(), beginning()))
            .then_refused(Error::NotScheduled);
    }
}

#[test]
fn nobody_else_moves_or_cancels_it() {
    for command in [reschedule(stranger(), LATER, now()), cancel(stranger(), now())] {
        given::<Appointment>(booked([])).when(command).then_refused(Error::NotParticipant);
    }
}
