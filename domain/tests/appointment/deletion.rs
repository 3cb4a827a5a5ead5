//! Hiding an appointment and bringing it back; and when it has a time in the doctor's day.

use crate::support::given;
use crate::support::step::step;
use crate::words::{
    ORDINARY, beginning, booked, cancel, cancelled, complete, completed, delete, deleted, doctor,
    miss, missed, now, patient, reschedule, restore, restore_as_cancelled, restored,
};
use anamnesis_domain::appointment::{
    Appointment, AppointmentCommand as Command, AppointmentError as Error,
    AppointmentEvent as Event, Status,
};
use cqrs_es::Aggregate;

fn folded(history: Vec<Event>) -> Appointment {
    let mut appointment = Appointment::default();
    for event in history {
        appointment.apply(event);
    }
    appointment
}

#[test]
fn an_appointment_can_be_deleted_whatever_became_of_it() {
    for since in [vec![], vec![cancelled(patient())], vec![completed()], vec![missed()]] {
        given::<Appointment>(booked(since)).when(delete()).then(deleted());
    }
}

#[test]
fn deleting_it_again_writes_nothing() {
    given::<Appointment>(booked([deleted()])).when(delete()).then_nothing();
}

#[test]
fn a_deleted_appointment_is_not_found_by_anything_else() {
    let commands = [
        ORDINARY.into(),
        reschedule(patient(), ORDINARY, now()),
        cancel(patient(), now()),
        complete(doctor(), beginning()),
        miss(doctor(), beginning()),
    ];
    for command in commands {
        given::<Appointment>(booked([deleted()])).when(command).then_refused(Error::NotFound);
    }
}

#[test]
fn nothing_but_booking_can_be_done_with_one_that_was_never_booked() {
    let commands = [
        reschedule(patient(), ORDINARY, now()),
        cancel(patient(), now()),
        complete(doctor(), beginning()),
        miss(doctor(), beginning()),
        delete(),
        restore(),
        restore_as_cancelled(),
    ];
    for command in commands {
        given::<Appointment>([]).when(command).then_refused(Error::NotFound);
    }
}

#[test]
fn a_restored_appointment_is_what_it_was() {
    for (since, status) in [
        (vec![], Status::Scheduled),
        (vec![cancelled(patient())], Status::Cancelled),
        (vec![completed()], Status::Completed),
        (vec![missed()], Status::NoShow),
    ] {
        let mut appointment = folded(booked(since.clone()));
        let before = appointment.clone();
        appointment.apply(deleted());
        assert!(appointment.is_deleted());
        assert_eq!(step(&mut appointment, &restore()), Ok(vec![restored()]));
        assert_eq!(appointment, before);
        assert_eq!(appointment.status(), status);
    }
}

#[test]
fn one_whose_time_went_to_another_comes_back_cancelled() {
    let mut appointment = folded(booked([deleted()]));
    let outcome = step(&mut appointment, &restore_as_cancelled());
    let by = crate::words::admin();
    let cancelled = Event::AppointmentCancelled { by, reason: None };
    assert_eq!(outcome, Ok(vec![restored(), cancelled]));
    assert_eq!(appointment.status(), Status::Cancelled);
}

#[test]
fn coming_back_cancelled_changes_nothing_about_one_that_was_over() {
    for end in [cancelled(patient()), completed(), missed()] {
        given::<Appointment>(booked([end, deleted()]))
            .when(restore_as_cancelled())
            .then(restored());
    }
}

#[test]
fn what_is_not_deleted_is_not_restored() {
    for history in [booked([]), booked([deleted(), restored()])] {
        given::<Appointment>(history).when(restore()).then_refused(Error::NotDeleted);
    }
}

#[test]
fn only_what_is_there_and_was_not_called_off_can_be_consulted_about() {
    let check = || Command::CheckNotCancelled;
    for since in [vec![], vec![completed()], vec![missed()], vec![deleted(), restored()]] {
        given::<Appointment>(booked(since)).when(check()).then_nothing();
    }
    given::<Appointment>([]).when(check()).then_refused(Error::NotFound);
    given::<Appointment>(booked([deleted()])).when(check()).then_refused(Error::NotFound);
    given::<Appointment>(booked([cancelled(patient())]))
        .when(check())
        .then_refused(Error::NotScheduled);
}

#[test]
fn only_what_is_neither_cancelled_nor_deleted_has_a_time_in_the_doctors_day() {
    for (history, holds) in [
        (vec![], false),
        (booked([]), true),
        (booked([completed()]), true),
        (booked([missed()]), true),
        (booked([cancelled(patient())]), false),
        (booked([deleted()]), false),
        (booked([completed(), deleted()]), false),
        (booked([deleted(), restored()]), true),
        (booked([cancelled(patient()), deleted(), restored()]), false),
    ] {
        assert_eq!(folded(history.clone()).holds_time(), holds, "{history:?}");
    }
}

#[test]
fn the_names_of_what_can_become_of_it_are_those_of_the_api() {
    for status in [Status::Scheduled, Status::Cancelled, Status::Completed, Status::NoShow] {
        assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
    }
}
