//! Which times can be booked.

use crate::support::{account, given};
use crate::words::{
    Booking, DOCTOR, ORDINARY, PATIENT, STRANGER, booked, cancelled, completed, missed, now,
    patient,
};
use anamnesis_domain::appointment::{
    Appointment, AppointmentCommand as Command, AppointmentError as Error,
};
use chrono::{DateTime, TimeDelta, Utc};

#[test]
fn an_appointment_can_be_booked() {
    given::<Appointment>([]).when(ORDINARY).then(ORDINARY.into());
}

#[test]
fn booking_the_same_again_writes_nothing() {
    given::<Appointment>([ORDINARY.into()]).when(ORDINARY).then_nothing();
}

#[test]
fn booking_the_same_again_writes_nothing_even_when_the_time_has_come() {
    let mut late = Command::from(ORDINARY);
    if let Command::BookAppointment { now, ends_at, .. } = &mut late {
        *now = *ends_at;
    }
    for since in [vec![], vec![completed()], vec![missed()]] {
        given::<Appointment>(booked(since)).when(late.clone()).then_nothing();
    }
}

#[test]
fn a_cancelled_appointment_is_not_booked_again() {
    given::<Appointment>(booked([cancelled(patient())]))
        .when(ORDINARY)
        .then_refused(Error::AlreadyBooked);
}

#[test]
fn a_booked_appointment_can_not_be_booked_for_others_or_another_time() {
    for other in [
        Booking { patient: STRANGER, ..ORDINARY },
        Booking { doctor: STRANGER, ..ORDINARY },
        Booking { ahead: TimeDelta::hours(27), ..ORDINARY },
        Booking { length: TimeDelta::minutes(45), ..ORDINARY },
    ] {
        given::<Appointment>([ORDINARY.into()]).when(other).then_refused(Error::AlreadyBooked);
    }
}

#[test]
fn an_appointment_lasts_from_five_minutes_to_four_hours() {
    for length in [TimeDelta::minutes(5), TimeDelta::hours(4)] {
        let booking = Booking { length, ..ORDINARY };
        given::<Appointment>([]).when(booking).then(booking.into());
    }
    let instant = TimeDelta::nanoseconds(1);
    for length in [
        TimeDelta::minutes(5) - instant,
        TimeDelta::hours(4) + instant,
        TimeDelta::zero(),
        -TimeDelta::minutes(30),
    ] {
        let booking = Booking { length, ..ORDINARY };
        given::<Appointment>([]).when(booking).then_refused(Error::BadLength);
    }
}

#[test]
fn an_appointment_lies_in_the_future() {
    let soon = Booking { ahead: TimeDelta::nanoseconds(1), ..ORDINARY };
    given::<Appointment>([]).when(soon).then(soon.into());
    let at_once = Booking { ahead: TimeDelta::zero(), ..ORDINARY };
    given::<Appointment>([]).when(at_once).then_refused(Error::InThePast);
}

#[test]
fn an_appointment_is_at_most_366_days_ahead() {
    let last = Booking { ahead: TimeDelta::days(366), ..ORDINARY };
    given::<Appointment>([]).when(last).then(last.into());
    let later = Booking { ahead: last.ahead + TimeDelta::nanoseconds(1), ..ORDINARY };
    given::<Appointment>([]).when(later).then_refused(Error::TooFarAway);
}

#[test]
fn the_ends_of_time_are_refused_like_any_other() {
    let (first, last) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
    for (starts_at, ends_at) in [(first, last), (last, first), (last, last), (first, first)] {
        let command = Command::BookAppointment {
            patient_id: account(PATIENT),
            doctor_id: account(DOCTOR),
            starts_at,
            ends_at,
            zone: "UTC".to_owned(),
            reason: None,
            now: now(),
        };
        given::<Appointment>([]).when(command).then_refused(Error::BadLength);
    }
}
