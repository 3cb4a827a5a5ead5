//! Which instant a bare local time means.

use crate::oracle::{Clock, ZONES, transitions, years};
use crate::words::at;
use anamnesis_domain::local_time::{LocalTimeError, resolve_local};
use chrono::NaiveDateTime;
use chrono_tz::Tz;

fn local(text: &str) -> NaiveDateTime {
    text.parse().expect("a local time")
}

#[test]
fn a_local_time_is_an_instant_by_the_clocks_of_its_zone() {
    let resolved = |zone| resolve_local(zone, local("2031-05-06T09:00:00"));
    assert_eq!(resolved("Europe/Athens"), Ok(at("2031-05-06T06:00:00Z")));
    assert_eq!(resolved("Asia/Kathmandu"), Ok(at("2031-05-06T03:15:00Z")));
    assert_eq!(resolved("UTC"), Ok(at("2031-05-06T09:00:00Z")));
}

#[test]
fn a_time_that_the_clocks_skip_or_show_twice_is_refused() {
    let resolved = |time| resolve_local("Europe/Berlin", local(time));
    assert_eq!(resolved("2031-03-30T01:59:59"), Ok(at("2031-03-30T00:59:59Z")));
    assert_eq!(resolved("2031-03-30T02:00:00"), Err(LocalTimeError::InGap));
    assert_eq!(resolved("2031-03-30T02:59:59"), Err(LocalTimeError::InGap));
    assert_eq!(resolved("2031-03-30T03:00:00"), Ok(at("2031-03-30T01:00:00Z")));
    assert_eq!(resolved("2031-10-26T01:59:59"), Ok(at("2031-10-25T23:59:59Z")));
    assert_eq!(resolved("2031-10-26T02:00:00"), Err(LocalTimeError::Ambiguous));
    assert_eq!(resolved("2031-10-26T02:59:59"), Err(LocalTimeError::Ambiguous));
    assert_eq!(resolved("2031-10-26T03:00:00"), Ok(at("2031-10-26T02:00:00Z")));
}

#[test]
fn a_zone_that_nobody_knows_is_refused() {
    for zone in ["", "europe/berlin", "Europe/Berlin ", "CEST", "+02:00", "../UTC"] {
        let resolved = resolve_local(zone, local("2031-05-06T09:00:00"));
        assert_eq!(resolved, Err(LocalTimeError::UnknownZone), "{zone:?}");
    }
}

#[test]
fn the_ends_of_time_are_answered_too() {
    for zone in ["UTC", "Pacific/Kiritimati", "America/Adak"] {
        for time in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
            let _ = resolve_local(zone, time);
        }
    }
}

/// At every minute of the days around it: skipped, shown once, or shown twice.
fn is_resolved_around(zone: Tz, transition: i64) {
    for (time, shown) in Clock::around(zone, transition, 3).times() {
        let expected = match shown {
            None => Err(LocalTimeError::InGap),
            Some(shown) if shown.start == shown.end => Ok(shown.start),
            Some(_) => Err(LocalTimeError::Ambiguous),
        };
        assert_eq!(resolve_local(zone.name(), time), expected, "{time} in {zone}");
    }
}

#[test]
fn every_minute_around_every_change_of_the_next_ten_years_is_resolved() {
    for zone in ZONES {
        for transition in transitions(zone, years(2026..2037)) {
            is_resolved_around(zone, transition);
        }
    }
}

#[test]
fn a_day_that_was_skipped_as_a_whole_is_in_a_gap() {
    let changes = transitions(Tz::Pacific__Apia, years(2011..2012));
    assert!(changes.len() >= 3, "{changes:?}");
    for change in changes {
        is_resolved_around(Tz::Pacific__Apia, change);
    }
    let skipped = resolve_local("Pacific/Apia", local("2011-12-30T12:00:00"));
    assert_eq!(skipped, Err(LocalTimeError::InGap));
}
