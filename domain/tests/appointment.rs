//! The rules of booking.

mod support;

use anamnesis_domain::Sealed;
use anamnesis_domain::appointment::{
    Appointment, AppointmentCommand as Command, AppointmentError as Error,
    AppointmentEvent as Event,
};
use chrono::{DateTime, TimeDelta, Utc};
use support::{account, given, refusals};

const PATIENT: u128 = 1;
const DOCTOR: u128 = 2;
const STRANGER: u128 = 3;

fn now() -> DateTime<Utc> {
    "2031-05-06T08:00:00Z".parse().expect("an instant")
}

/// What varies between the tests; the rest is the same in all.
#[derive(Clone, Copy)]
struct Booking {
    patient: u128,
    doctor: u128,
    ahead: TimeDelta,
    length: TimeDelta,
}

const ORDINARY: Booking = Booking {
    patient: PATIENT,
    doctor: DOCTOR,
    ahead: TimeDelta::hours(26),
    length: TimeDelta::minutes(30),
};

impl From<Booking> for Command {
    fn from(booking: Booking) -> Self {
        Self::BookAppointment {
            patient_id: account(booking.patient),
            doctor_id: account(booking.doctor),
            starts_at: now() + booking.ahead,
            ends_at: now() + booking.ahead + booking.length,
            zone: "Europe/Athens".to_owned(),
            reason: Some(Sealed("s1.k1.reason".to_owned())),
            now: now(),
        }
    }
}

impl From<Booking> for Event {
    fn from(booking: Booking) -> Self {
        Self::AppointmentBooked {
            patient_id: account(booking.patient),
            doctor_id: account(booking.doctor),
            starts_at: now() + booking.ahead,
            ends_at: now() + booking.ahead + booking.length,
            zone: "Europe/Athens".to_owned(),
            reason: Some(Sealed("s1.k1.reason".to_owned())),
        }
    }
}

refusals!(Appointment, Error {
    AlreadyBooked "appointment_already_booked":
        [ORDINARY.into()] => Booking { patient: STRANGER, ..ORDINARY };
    InThePast "appointment_in_the_past":
        [] => Booking { ahead: -TimeDelta::hours(1), ..ORDINARY };
    TooFarAway "appointment_too_far_away":
        [] => Booking { ahead: TimeDelta::days(400), ..ORDINARY };
    BadLength "appointment_bad_length":
        [] => Booking { length: TimeDelta::hours(9), ..ORDINARY };
    SamePerson "appointment_same_person":
        [] => Booking { patient: DOCTOR, ..ORDINARY };
});

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
    let Command::BookAppointment {
        patient_id, doctor_id, starts_at, ends_at, zone, reason, ..
    } = ORDINARY.into();
    let late = Command::BookAppointment {
        patient_id,
        doctor_id,
        starts_at,
        ends_at,
        zone,
        reason,
        now: ends_at,
    };
    given::<Appointment>([ORDINARY.into()]).when(late).then_nothing();
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
