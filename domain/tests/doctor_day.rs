//! The rule that one doctor has one appointment at a time.

mod support;

use anamnesis_domain::AppointmentId;
use anamnesis_domain::doctor_day::{
    DoctorDay, DoctorDayCommand as Command, DoctorDayError as Error, DoctorDayEvent as Event,
    days_of,
};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, proptest};
use std::collections::BTreeMap;
use support::step::step;
use support::{account, given, refusals};
use uuid::Uuid;

const FIRST: u128 = 1;
const SECOND: u128 = 2;

/// An instant, in minutes after the start of a day.
fn at(minutes: i64) -> DateTime<Utc> {
    let midnight: DateTime<Utc> = "2031-05-06T00:00:00Z".parse().expect("an instant");
    midnight + TimeDelta::minutes(minutes)
}

fn appointment(number: u128) -> AppointmentId {
    AppointmentId(Uuid::from_u128(number))
}

fn take(number: u128, from: i64, until: i64) -> Command {
    let (starts_at, ends_at) = (at(from), at(until));
    Command::TakeTime { appointment_id: appointment(number), starts_at, ends_at }
}

fn taken(number: u128, from: i64, until: i64) -> Event {
    let (starts_at, ends_at) = (at(from), at(until));
    Event::TimeTaken { appointment_id: appointment(number), starts_at, ends_at }
}

fn free(number: u128) -> Command {
    Command::FreeTime { appointment_id: appointment(number) }
}

fn freed(number: u128) -> Event {
    Event::TimeFreed { appointment_id: appointment(number) }
}

refusals!(DoctorDay, Error {
    Taken "time_taken": [taken(FIRST, 600, 630)] => take(SECOND, 600, 630);
});

#[test]
fn a_free_time_can_be_taken() {
    given::<DoctorDay>([]).when(take(FIRST, 600, 630)).then(taken(FIRST, 600, 630));
}

#[test]
fn any_overlap_is_refused() {
    for (from, until) in [(590, 601), (629, 640), (610, 620), (590, 640), (600, 601)] {
        given::<DoctorDay>([taken(FIRST, 600, 630)])
            .when(take(SECOND, from, until))
            .then_refused(Error::Taken);
    }
}

#[test]
fn one_appointment_may_begin_when_another_ends() {
    for (from, until) in [(570, 600), (630, 660)] {
        given::<DoctorDay>([taken(FIRST, 600, 630)])
            .when(take(SECOND, from, until))
            .then(taken(SECOND, from, until));
    }
}

#[test]
fn taking_the_same_time_for_the_same_appointment_again_writes_nothing() {
    given::<DoctorDay>([taken(FIRST, 600, 630)]).when(take(FIRST, 600, 630)).then_nothing();
}

#[test]
fn an_appointment_can_move_over_its_own_time() {
    given::<DoctorDay>([taken(FIRST, 600, 630)])
        .when(take(FIRST, 615, 645))
        .then(taken(FIRST, 615, 645));
}

#[test]
fn a_moved_appointment_leaves_its_old_time_free() {
    given::<DoctorDay>([taken(FIRST, 600, 630), taken(FIRST, 700, 730)])
        .when(take(SECOND, 600, 630))
        .then(taken(SECOND, 600, 630));
}

#[test]
fn a_taken_time_can_be_freed_and_taken_by_another() {
    given::<DoctorDay>([taken(FIRST, 600, 630)]).when(free(FIRST)).then(freed(FIRST));
    given::<DoctorDay>([taken(FIRST, 600, 630), freed(FIRST)])
        .when(take(SECOND, 600, 630))
        .then(taken(SECOND, 600, 630));
}

#[test]
fn freeing_what_is_free_writes_nothing() {
    given::<DoctorDay>([]).when(free(FIRST)).then_nothing();
    given::<DoctorDay>([taken(FIRST, 600, 630)]).when(free(SECOND)).then_nothing();
}

#[test]
fn a_time_across_midnight_has_two_days_and_one_until_midnight_has_one() {
    let dates = |from, until| -> Vec<String> {
        let days = days_of(account(7), at(from), at(until));
        days.iter().map(|day| day.date.to_string()).collect()
    };
    assert_eq!(dates(600, 630), ["2031-05-06"]);
    assert_eq!(dates(1430, 1440), ["2031-05-06"]);
    assert_eq!(dates(1430, 1441), ["2031-05-06", "2031-05-07"]);
    assert_eq!(dates(1440, 1470), ["2031-05-07"]);
}

#[test]
fn a_day_is_named_by_its_doctor_and_date() {
    let days = days_of(account(7), at(600), at(630));
    assert_eq!(days[0].to_string(), "00000000-0000-0000-0000-000000000007:2031-05-06");
}

#[test]
fn any_two_instants_have_days() {
    let extremes = [DateTime::<Utc>::MIN_UTC, at(0), DateTime::<Utc>::MAX_UTC];
    for starts_at in extremes {
        for ends_at in extremes {
            assert_eq!(days_of(account(7), starts_at, ends_at)[0].date, starts_at.date_naive());
        }
    }
}

fn any_command() -> impl Strategy<Value = Command> {
    // Few appointments and a short day, so that they meet often.
    (1..6_u128, 0..200_i64, 5..60_i64, any::<bool>()).prop_map(|(number, from, length, takes)| {
        if takes { take(number, from, from + length) } else { free(number) }
    })
}

type Held = BTreeMap<AppointmentId, (DateTime<Utc>, DateTime<Utc>)>;

/// Follows the events with a model of its own, so that the aggregate is not its own judge.
fn follow(held: &mut Held, event: &Event) {
    match *event {
        Event::TimeTaken { appointment_id, starts_at, ends_at } => {
            held.insert(appointment_id, (starts_at, ends_at));
        }
        Event::TimeFreed { appointment_id } => {
            held.remove(&appointment_id);
        }
    }
}

proptest! {
    #[test]
    fn overlapping_times_are_never_both_taken(
        commands in prop::collection::vec(any_command(), 0..60),
    ) {
        let mut day = DoctorDay::default();
        let mut held = Held::new();
        for command in commands {
            for event in step(&mut day, &command).into_iter().flatten() {
                follow(&mut held, &event);
            }
            let mut times: Vec<_> = held.values().collect();
            times.sort_unstable();
            prop_assert!(times.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{times:?}");
        }
    }

    #[test]
    fn a_time_is_only_refused_where_it_overlaps(
        commands in prop::collection::vec(any_command(), 0..60),
        from in 0..200_i64,
        length in 5..60_i64,
    ) {
        let mut day = DoctorDay::default();
        let mut held = Held::new();
        for command in commands {
            for event in step(&mut day, &command).into_iter().flatten() {
                follow(&mut held, &event);
            }
        }
        let wanted = at(from)..at(from + length);
        let is_free = held.values().all(|(start, end)| *end <= wanted.start || wanted.end <= *start);
        prop_assert_eq!(step(&mut day, &take(99, from, from + length)).is_ok(), is_free);
    }

    #[test]
    fn a_repeated_command_writes_nothing(
        commands in prop::collection::vec(any_command(), 0..60),
    ) {
        let mut day = DoctorDay::default();
        for command in commands {
            let first = step(&mut day, &command);
            let second = step(&mut day, &command);
            prop_assert_eq!(second, first.map(|_| vec![]));
        }
    }

    #[test]
    fn two_times_that_overlap_share_a_day(
        from in 0..1500_i64, length in 5..240_i64,
        other_from in 0..1500_i64, other_length in 5..240_i64,
    ) {
        let days = days_of(account(7), at(from), at(from + length));
        let other = days_of(account(7), at(other_from), at(other_from + other_length));
        if from < other_from + other_length && other_from < from + length {
            prop_assert!(days.iter().any(|day| other.contains(day)));
        }
    }
}
