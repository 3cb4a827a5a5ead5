//! Whether a time is within working hours.

use crate::support::given;
use crate::words::{MONDAY, TUESDAY, at, athens, check, excepted, hours, on, was_set};
use anamnesis_domain::doctor_schedule::{
    DoctorSchedule, DoctorScheduleCommand as Command, DoctorScheduleError as Error,
    DoctorScheduleEvent as Event,
};
use chrono::{DateTime, TimeDelta, Utc};

#[track_caller]
fn is_in(history: impl IntoIterator<Item = Event>, from: &str, to: &str) {
    given::<DoctorSchedule>(history).when(check(from, to)).then_nothing();
}

#[track_caller]
fn is_out(history: impl IntoIterator<Item = Event>, from: &str, to: &str) {
    given::<DoctorSchedule>(history).when(check(from, to)).then_refused(Error::OutsideHours);
}

#[test]
fn a_time_within_a_span_is_within_working_hours() {
    // Athens is three hours ahead in May: from nine to twelve there is from six to nine.
    is_in([athens()], "2031-05-05T06:00:00Z", "2031-05-05T09:00:00Z");
    is_in([athens()], "2031-05-05T07:07:00Z", "2031-05-05T07:37:00Z");
}

#[test]
fn a_time_that_leaves_a_span_at_either_end_is_not() {
    is_out([athens()], "2031-05-05T05:59:59Z", "2031-05-05T06:30:00Z");
    is_out([athens()], "2031-05-05T08:30:00Z", "2031-05-05T09:00:01Z");
    is_out([athens()], "2031-05-05T05:00:00Z", "2031-05-05T10:00:00Z");
    is_out([athens()], "2031-05-07T07:00:00Z", "2031-05-07T07:30:00Z");
}

#[test]
fn the_same_hour_is_another_instant_in_winter() {
    is_in([athens()], "2031-12-01T07:00:00Z", "2031-12-01T10:00:00Z");
    is_out([athens()], "2031-12-01T06:30:00Z", "2031-12-01T07:30:00Z");
}

#[test]
fn spans_that_touch_are_one() {
    let week = vec![on(MONDAY, hours(9, 12)), on(MONDAY, hours(12, 14))];
    is_in([was_set("UTC", 30, week.clone())], "2031-05-05T11:30:00Z", "2031-05-05T12:30:00Z");
    is_in([was_set("UTC", 30, week)], "2031-05-05T09:00:00Z", "2031-05-05T14:00:00Z");
    let lunch = vec![on(MONDAY, hours(9, 12)), on(MONDAY, hours(13, 14))];
    is_out([was_set("UTC", 30, lunch)], "2031-05-05T11:30:00Z", "2031-05-05T13:30:00Z");
}

#[test]
fn a_night_may_go_on_after_midnight() {
    let night = vec![on(MONDAY, hours(22, 24)), on(TUESDAY, hours(0, 6))];
    is_in([was_set("UTC", 30, night)], "2031-05-05T23:45:00Z", "2031-05-06T00:15:00Z");
    let evening = vec![on(MONDAY, hours(22, 24))];
    is_out([was_set("UTC", 30, evening)], "2031-05-05T23:45:00Z", "2031-05-06T00:15:00Z");
}

#[test]
fn an_exception_counts_instead_of_the_weekday() {
    let moved = [athens(), excepted("2031-05-12", vec![hours(20, 24)])];
    is_out(moved.clone(), "2031-05-12T06:00:00Z", "2031-05-12T06:30:00Z");
    is_in(moved, "2031-05-12T20:30:00Z", "2031-05-12T21:00:00Z");
}

#[test]
fn a_time_that_is_none_is_within_nothing() {
    is_out([athens()], "2031-05-05T07:00:00Z", "2031-05-05T07:00:00Z");
    is_out([athens()], "2031-05-05T08:00:00Z", "2031-05-05T07:00:00Z");
}

#[test]
fn any_two_instants_can_be_asked_about() {
    let always = was_set("Pacific/Kiritimati", 30, crate::words::every_day(hours(0, 24)));
    let extremes = [DateTime::<Utc>::MIN_UTC, at("2031-05-05T07:00:00Z"), DateTime::<Utc>::MAX_UTC];
    for starts_at in extremes {
        for ends_at in extremes {
            given::<DoctorSchedule>([always.clone()])
                .when(Command::CheckTime { starts_at, ends_at })
                .then_refused(Error::OutsideHours);
        }
        for length in [TimeDelta::minutes(5), TimeDelta::days(2)] {
            let Some(ends_at) = starts_at.checked_add_signed(length) else { continue };
            let command = Command::CheckTime { starts_at, ends_at };
            let _ =
                crate::support::step::step(&mut crate::words::schedule([always.clone()]), &command);
        }
    }
}
