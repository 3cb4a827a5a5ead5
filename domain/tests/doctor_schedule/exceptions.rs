//! Days that are otherwise than their weekday.

use crate::support::given;
use crate::words::{
    athens, clear, cleared, date, except, excepted, hours, ordinary, schedule, set, was_set,
};
use anamnesis_domain::doctor_schedule::{
    DoctorSchedule, DoctorScheduleError as Error, DoctorScheduleEvent as Event, Span,
};

/// A Monday.
const DAY: &str = "2031-05-12";

#[test]
fn a_day_can_be_taken_off_or_worked_otherwise() {
    for spans in [vec![], vec![hours(20, 24)], vec![hours(8, 9), hours(9, 10)]] {
        given::<DoctorSchedule>([athens()])
            .when(except(DAY, spans.clone()))
            .then(excepted(DAY, spans));
    }
}

#[test]
fn what_was_said_of_a_day_can_be_said_otherwise() {
    given::<DoctorSchedule>([athens(), excepted(DAY, vec![])])
        .when(except(DAY, vec![hours(8, 9)]))
        .then(excepted(DAY, vec![hours(8, 9)]));
}

#[test]
fn saying_the_same_again_in_any_order_writes_nothing() {
    let spans = vec![hours(8, 9), hours(10, 11)];
    let reversed: Vec<Span> = spans.iter().rev().copied().collect();
    for again in [spans.clone(), reversed.clone()] {
        given::<DoctorSchedule>([athens(), excepted(DAY, spans.clone())])
            .when(except(DAY, again))
            .then_nothing();
    }
    given::<DoctorSchedule>([athens()]).when(except(DAY, reversed)).then(excepted(DAY, spans));
}

#[test]
fn today_can_still_be_changed_but_not_yesterday() {
    given::<DoctorSchedule>([athens()])
        .when(except("2031-05-06", vec![]))
        .then(excepted("2031-05-06", vec![]));
    given::<DoctorSchedule>([athens()])
        .when(except("2031-05-05", vec![]))
        .then_refused(Error::ExceptionInThePast);
}

#[test]
fn the_spans_of_an_exception_obey_the_rules_of_a_day() {
    let nine = (0..9).map(|hour| hours(2 * hour, 2 * hour + 1)).collect();
    for (spans, error) in [
        (vec![hours(9, 9)], Error::BadSpan),
        (vec![Span { from: 0, to: 1441 }], Error::BadSpan),
        (vec![hours(9, 11), hours(10, 12)], Error::SpansOverlap),
        (nine, Error::TooManySpans),
    ] {
        given::<DoctorSchedule>([athens()]).when(except(DAY, spans)).then_refused(error);
    }
}

#[test]
fn without_hours_there_are_no_exceptions() {
    given::<DoctorSchedule>([]).when(except(DAY, vec![])).then_refused(Error::HoursNotSet);
    given::<DoctorSchedule>([]).when(clear(DAY)).then_refused(Error::HoursNotSet);
}

#[test]
fn an_exception_can_be_cleared_once() {
    let history = [athens(), excepted(DAY, vec![])];
    given::<DoctorSchedule>(history.clone()).when(clear(DAY)).then(cleared(DAY));
    let history = history.into_iter().chain([cleared(DAY)]);
    given::<DoctorSchedule>(history).when(clear(DAY)).then_nothing();
}

#[test]
fn an_exception_counts_instead_of_the_weekday() {
    let monday = date(DAY);
    assert_eq!(schedule([athens()]).spans_on(monday), [hours(9, 12)]);
    let otherwise = [athens(), excepted(DAY, vec![hours(20, 24)])];
    assert_eq!(schedule(otherwise.clone()).spans_on(monday), [hours(20, 24)]);
    let day_off = otherwise.clone().into_iter().chain([excepted(DAY, vec![])]);
    assert_eq!(schedule(day_off).spans_on(monday), []);
    let as_ever = otherwise.into_iter().chain([cleared(DAY)]);
    assert_eq!(schedule(as_ever).spans_on(monday), [hours(9, 12)]);
}

#[test]
fn new_hours_leave_exceptions_as_they_are() {
    let zurich = "Europe/Zurich";
    let history = [athens(), excepted(DAY, vec![]), was_set(zurich, 15, ordinary())];
    assert_eq!(schedule(history.clone()).spans_on(date(DAY)), []);
    given::<DoctorSchedule>(history).when(set(zurich, 15, ordinary())).then_nothing();
}

#[test]
fn exceptions_of_days_that_are_over_are_forgotten_with_the_next_one() {
    let (past, new) = ("2031-05-12", "2031-06-02");
    let later =
        Event::ScheduleExceptionSet { date: date(new), spans: vec![], set_on: date("2031-05-13") };
    let kept = schedule([athens(), excepted(past, vec![]), later]);
    assert!(kept.exceptions().keys().eq(&[date(new)]));
}
