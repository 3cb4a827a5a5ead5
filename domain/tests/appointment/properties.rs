//! What holds after any commands, in any order.

use crate::support::step::step;
use crate::words::{
    Booking, ORDINARY, beginning, cancel, complete, delete, doctor, just_before, miss, patient,
    reschedule, restore, restore_as_cancelled, stranger,
};
use anamnesis_domain::AccountId;
use anamnesis_domain::appointment::{
    Appointment, AppointmentCommand as Command, AppointmentError as Error,
    AppointmentEvent as Event, Status,
};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::{Just, Strategy, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

fn anybody() -> impl Strategy<Value = AccountId> {
    prop::sample::select(vec![patient(), doctor(), doctor(), stranger()])
}

fn any_moment() -> impl Strategy<Value = DateTime<Utc>> {
    prop::sample::select(vec![just_before(), beginning(), beginning() + TimeDelta::days(3)])
}

fn any_time() -> impl Strategy<Value = Booking> {
    (26..29_i64).prop_map(|hours| Booking { ahead: TimeDelta::hours(hours), ..ORDINARY })
}

fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        Just(Command::from(ORDINARY)),
        (anybody(), any_time(), any_moment()).prop_map(|(by, to, now)| reschedule(by, to, now)),
        (anybody(), any_moment()).prop_map(|(by, now)| cancel(by, now)),
        (anybody(), any_moment()).prop_map(|(by, now)| complete(by, now)),
        (anybody(), any_moment()).prop_map(|(by, now)| miss(by, now)),
        Just(delete()),
        Just(restore()),
        Just(restore_as_cancelled()),
    ]
}

proptest! {
    #[test]
    fn a_repeated_command_writes_nothing(
        commands in prop::collection::vec(any_command(), 0..40),
    ) {
        let mut appointment = Appointment::default();
        for command in commands {
            let restores = matches!(command, Command::RestoreAppointment { .. });
            let first = step(&mut appointment, &command);
            let second = step(&mut appointment, &command);
            match first {
                // Restoring what is not deleted is a mistake that somebody should hear of.
                Ok(_) if restores => prop_assert_eq!(second, Err(Error::NotDeleted)),
                first => prop_assert_eq!(second, first.map(|_| vec![])),
            }
        }
    }

    #[test]
    fn what_is_over_stays_over_except_that_a_late_patient_came(
        commands in prop::collection::vec(any_command(), 0..40),
    ) {
        let mut appointment = Appointment::default();
        for command in commands {
            let before = appointment.status();
            let _ = step(&mut appointment, &command);
            let after = appointment.status();
            let allowed = before == after
                || before == Status::Scheduled
                || (before, after) == (Status::NoShow, Status::Completed);
            prop_assert!(allowed, "{before:?} became {after:?}");
        }
    }

    #[test]
    fn people_never_change_and_a_deleted_one_only_comes_back(
        commands in prop::collection::vec(any_command(), 0..40),
    ) {
        let mut appointment = Appointment::default();
        for command in std::iter::once(Command::from(ORDINARY)).chain(commands) {
            let was_deleted = appointment.is_deleted();
            let events = step(&mut appointment, &command).unwrap_or_default();
            if was_deleted && let Some(first) = events.first() {
                prop_assert!(matches!(first, Event::AppointmentRestored { .. }), "{first:?}");
            }
            let people = appointment.agreed().map(|agreed| (agreed.patient_id, agreed.doctor_id));
            prop_assert_eq!(people, Some((patient(), doctor())));
        }
    }
}
