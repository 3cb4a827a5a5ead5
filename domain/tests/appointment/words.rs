//! The words that the tests of appointments are written in.

use crate::support::account;
use anamnesis_domain::appointment::{AppointmentCommand as Command, AppointmentEvent as Event};
use anamnesis_domain::{AccountId, Sealed};
use chrono::{DateTime, TimeDelta, Utc};

pub(crate) const PATIENT: u128 = 1;
pub(crate) const DOCTOR: u128 = 2;
pub(crate) const STRANGER: u128 = 3;

/// Before every appointment here.
pub(crate) fn now() -> DateTime<Utc> {
    "2031-05-06T08:00:00Z".parse().expect("an instant")
}

/// The first instant of the ordinary appointment.
pub(crate) fn beginning() -> DateTime<Utc> {
    now() + ORDINARY.ahead
}

/// The last moment before the ordinary appointment.
pub(crate) fn just_before() -> DateTime<Utc> {
    beginning() - TimeDelta::nanoseconds(1)
}

pub(crate) fn patient() -> AccountId {
    account(PATIENT)
}

pub(crate) fn doctor() -> AccountId {
    account(DOCTOR)
}

pub(crate) fn stranger() -> AccountId {
    account(STRANGER)
}

pub(crate) fn admin() -> AccountId {
    account(9)
}

/// What varies between the tests; the rest is the same in all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Booking {
    pub(crate) patient: u128,
    pub(crate) doctor: u128,
    pub(crate) ahead: TimeDelta,
    pub(crate) length: TimeDelta,
}

pub(crate) const ORDINARY: Booking = Booking {
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

/// The time of a booking, as another time for the ordinary one.
pub(crate) fn reschedule(by: AccountId, to: Booking, now: DateTime<Utc>) -> Command {
    let (starts_at, ends_at) = times(to);
    Command::RescheduleAppointment {
        by,
        starts_at,
        ends_at,
        zone: "Asia/Kathmandu".to_owned(),
        now,
    }
}

pub(crate) fn rescheduled(by: AccountId, to: Booking) -> Event {
    let (starts_at, ends_at) = times(to);
    Event::AppointmentRescheduled { by, starts_at, ends_at, zone: "Asia/Kathmandu".to_owned() }
}

pub(crate) fn times(of: Booking) -> (DateTime<Utc>, DateTime<Utc>) {
    (now() + of.ahead, now() + of.ahead + of.length)
}

fn why() -> Sealed {
    Sealed("s1.k1.why".to_owned())
}

pub(crate) fn cancel(by: AccountId, now: DateTime<Utc>) -> Command {
    Command::CancelAppointment { by, reason: Some(why()), now }
}

pub(crate) fn cancelled(by: AccountId) -> Event {
    Event::AppointmentCancelled { by, reason: Some(why()) }
}

pub(crate) fn complete(by: AccountId, now: DateTime<Utc>) -> Command {
    Command::CompleteAppointment { by, now }
}

pub(crate) fn miss(by: AccountId, now: DateTime<Utc>) -> Command {
    Command::RecordNoShow { by, now }
}

pub(crate) fn completed() -> Event {
    Event::AppointmentCompleted { by: doctor() }
}

pub(crate) fn missed() -> Event {
    Event::AppointmentNoShowRecorded { by: doctor() }
}

pub(crate) fn delete() -> Command {
    Command::DeleteAppointment { by: admin() }
}

pub(crate) fn deleted() -> Event {
    Event::AppointmentDeleted { by: admin() }
}

pub(crate) fn restore() -> Command {
    Command::RestoreAppointment { by: admin(), as_cancelled: false }
}

pub(crate) fn restore_as_cancelled() -> Command {
    Command::RestoreAppointment { by: admin(), as_cancelled: true }
}

pub(crate) fn restored() -> Event {
    Event::AppointmentRestored { by: admin() }
}

/// The ordinary appointment, and what happened to it since.
pub(crate) fn booked(since: impl IntoIterator<Item = Event>) -> Vec<Event> {
    std::iter::once(ORDINARY.into()).chain(since).collect()
}
