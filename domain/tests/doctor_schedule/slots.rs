//! The times that patients can be offered, on ordinary days and on remarkable ones.

use crate::words::{
    MONDAY, TUESDAY, at, athens, every_day, excepted, hours, on, schedule, was_set,
};
use anamnesis_domain::doctor_schedule::{
    DoctorSchedule, DoctorScheduleEvent as Event, PERIOD_MAX, Span, slots,
};
use chrono::{DateTime, TimeDelta, Utc};

/// The beginnings of slots, as times of UTC.
fn beginnings(history: impl IntoIterator<Item = Event>, from: &str, to: &str) -> Vec<String> {
    let slots = slots(&schedule(history), at(from)..at(to));
    slots.iter().map(|(starts_at, _)| starts_at.format("%d %H:%M").to_string()).collect()
}

#[test]
fn slots_follow_each_other_from_the_beginning_of_a_span() {
    // In May, nine o'clock in Athens is six o'clock UTC.
    assert_eq!(
        beginnings([athens()], "2031-05-05T00:00:00Z", "2031-05-06T00:00:00Z"),
        ["05 06:00", "05 06:30", "05 07:00", "05 07:30", "05 08:00", "05 08:30"]
    );
}

#[test]
fn what_is_left_at_the_end_is_not_offered() {
    let week = was_set("UTC", 50, vec![on(MONDAY, hours(9, 12))]);
    assert_eq!(
        beginnings([week], "2031-05-05T00:00:00Z", "2031-05-06T00:00:00Z"),
        ["05 09:00", "05 09:50", "05 10:40"]
    );
}

#[test]
fn each_span_begins_anew_even_where_it_touches_another() {
    let week =
        vec![on(MONDAY, Span { from: 540, to: 590 }), on(MONDAY, Span { from: 590, to: 660 })];
    assert_eq!(
        beginnings([was_set("UTC", 30, week)], "2031-05-05T00:00:00Z", "2031-05-06T00:00:00Z"),
        ["05 09:00", "05 09:50", "05 10:20"]
    );
}

#[test]
fn only_slots_wholly_within_the_period_are_offered() {
    assert_eq!(
        beginnings([athens()], "2031-05-05T06:01:00Z", "2031-05-05T07:59:00Z"),
        ["05 06:30", "05 07:00"]
    );
    assert_eq!(
        beginnings([athens()], "2031-05-05T06:30:00Z", "2031-05-05T07:30:00Z"),
        ["05 06:30", "05 07:00"]
    );
}

#[test]
fn an_exception_counts_instead_of_the_weekday() {
    let moved = [athens(), excepted("2031-05-12", vec![hours(20, 21)])];
    assert_eq!(
        beginnings(moved, "2031-05-12T00:00:00Z", "2031-05-13T00:00:00Z"),
        ["12 17:00", "12 17:30"]
    );
    let day_off = [athens(), excepted("2031-05-12", vec![])];
    assert!(beginnings(day_off, "2031-05-12T00:00:00Z", "2031-05-13T00:00:00Z").is_empty());
}

#[test]
fn a_day_of_the_zone_is_not_a_day_of_utc() {
    let early = was_set("Pacific/Kiritimati", 60, vec![on(TUESDAY, hours(0, 2))]);
    assert_eq!(
        beginnings([early], "2031-05-01T00:00:00Z", "2031-05-08T00:00:00Z"),
        ["05 10:00", "05 11:00"]
    );
}

#[test]
fn an_hour_that_the_clocks_skip_has_no_slots() {
    let night = was_set("Europe/Berlin", 30, every_day(hours(1, 4)));
    assert_eq!(
        beginnings([night], "2031-03-30T00:00:00Z", "2031-03-31T00:00:00Z"),
        ["30 00:00", "30 00:30", "30 01:00", "30 01:30", "30 23:00", "30 23:30"]
    );
}

#[test]
fn an_hour_that_the_clocks_show_twice_has_twice_the_slots() {
    let night = was_set("Europe/Berlin", 30, every_day(hours(2, 3)));
    assert_eq!(
        beginnings([night], "2031-10-26T00:00:00Z", "2031-10-26T12:00:00Z"),
        ["26 00:00", "26 00:30", "26 01:00", "26 01:30"]
    );
}

#[test]
fn spans_that_share_an_hour_shown_twice_do_not_both_offer_it() {
    // The first ends at the second half past two; the other begins there and not at the first.
    let week = every_day(Span { from: 120, to: 150 })
        .into_iter()
        .chain(every_day(Span { from: 150, to: 180 }))
        .collect();
    assert_eq!(
        beginnings(
            [was_set("Europe/Berlin", 30, week)],
            "2031-10-26T00:00:00Z",
            "2031-10-26T12:00:00Z"
        ),
        ["26 00:00", "26 00:30", "26 01:00", "26 01:30"]
    );
}

#[test]
fn a_long_period_is_cut() {
    let always = schedule([was_set("UTC", 240, every_day(hours(0, 24)))]);
    let from = at("2031-05-05T00:00:00Z");
    let all = slots(&always, from..from + TimeDelta::days(400));
    assert_eq!(all.len(), 62 * 6);
    assert_eq!(all.last().map(|(_, ends_at)| *ends_at), Some(from + PERIOD_MAX));
    assert_eq!(slots(&always, from..from + PERIOD_MAX), all);
}

#[test]
fn there_are_no_slots_without_hours_or_in_no_period_or_in_a_zone_that_nobody_knows() {
    let (from, to) = (at("2031-05-05T00:00:00Z"), at("2031-05-12T00:00:00Z"));
    assert!(slots(&DoctorSchedule::default(), from..to).is_empty());
    assert!(slots(&schedule([athens()]), from..from).is_empty());
    assert!(slots(&schedule([athens()]), to..from).is_empty());
    let lost = was_set("Europe/Atlantis", 30, every_day(hours(0, 24)));
    assert!(slots(&schedule([lost]), from..to).is_empty());
    let endless = was_set("UTC", 0, every_day(hours(0, 24)));
    assert!(slots(&schedule([endless]), from..to).is_empty());
}

#[test]
fn the_ends_of_time_are_a_period_like_any_other() {
    let always = schedule([was_set("Pacific/Kiritimati", 240, every_day(hours(0, 24)))]);
    for (from, to) in [
        (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC),
        (DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC),
        (DateTime::<Utc>::MAX_UTC - TimeDelta::days(3), DateTime::<Utc>::MAX_UTC),
    ] {
        assert!(slots(&always, from..to).len() <= 62 * 6);
    }
}
