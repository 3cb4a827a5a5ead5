//! Working hours when the clocks change: everything is compared with a second way to it.

use crate::oracle::{Clock, ZONES, instants, period, transitions, years};
use crate::support::step::step;
use crate::words::{on, schedule, was_set};
use anamnesis_domain::doctor_schedule::{
    DoctorSchedule, DoctorScheduleCommand as Command, DoctorScheduleError as Error, Span, Weekday,
    WeeklySpan, slots,
};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};
use std::ops::Range;

/// Hours on both sides of a change in which slots are compared.
const HOURS: i64 = 36;

/// Weeks in which every day is the same: round the clock, by day, and with ends and beginnings
/// around the times at which clocks are changed.
const DAYS: [(u16, &[(u16, u16)]); 5] = [
    (30, &[(0, 1440)]),
    (50, &[(540, 1020)]),
    (15, &[(0, 140), (160, 1440)]),
    (20, &[(0, 60), (60, 120), (120, 180), (180, 240), (1380, 1440)]),
    (7, &[(30, 95), (95, 150), (155, 210), (1410, 1440)]),
];

fn same_every_day(spans: &[(u16, u16)]) -> Vec<WeeklySpan> {
    let spans =
        |weekday| spans.iter().map(move |(from, to)| on(weekday, Span { from: *from, to: *to }));
    Weekday::ALL.into_iter().flat_map(spans).collect()
}

/// A zone at a change of its clocks.
struct Change {
    zone: Tz,
    at: i64,
    clock: Clock,
}

impl Change {
    fn new(zone: Tz, at: i64) -> Self {
        Self { zone, at, clock: Clock::around(zone, at, 5) }
    }

    /// The dates around it, each with its spans.
    fn days(&self, schedule: &DoctorSchedule) -> Vec<(NaiveDate, Vec<Span>)> {
        let first = period(self.at, 4 * 24).start.date_naive();
        first.iter_days().take(8).map(|date| (date, schedule.spans_on(date))).collect()
    }

    fn schedule(&self, slot: u16, week: Vec<WeeklySpan>) -> DoctorSchedule {
        schedule([was_set(self.zone.name(), slot, week)])
    }

    /// The slots around it are those that the second way gives, and they keep their promises.
    fn compare_slots(&self, schedule: &DoctorSchedule, slot: u16, period: &Range<DateTime<Utc>>) {
        let expected: Vec<_> = self.clock.slots(&self.days(schedule), slot);
        let within = |(from, to): &(DateTime<Utc>, DateTime<Utc>)| {
            period.start <= *from && *to <= period.end
        };
        let expected: Vec<_> = expected.into_iter().filter(within).collect();
        let offered = slots(schedule, period.clone());
        assert_eq!(offered, expected, "{} around {}", self.zone, period.start);
        assert!(offered.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{offered:?}");
        let length = TimeDelta::minutes(i64::from(slot));
        assert!(offered.iter().all(|(from, to)| *to - *from == length), "{offered:?}");
        for slot in &offered {
            self.is_on_paper(schedule, *slot);
        }
    }

    /// Away from the change itself, both ends of a slot are within one span as the clock on the
    /// wall shows them.
    fn is_on_paper(&self, schedule: &DoctorSchedule, slot: (DateTime<Utc>, DateTime<Utc>)) {
        if period(self.at, 26).contains(&slot.0) || period(self.at, 26).contains(&slot.1) {
            return;
        }
        let from = slot.0.with_timezone(&self.zone);
        let to = (slot.1 - TimeDelta::nanoseconds(1)).with_timezone(&self.zone);
        assert_eq!(from.date_naive(), to.date_naive(), "a slot of two days");
        let minute = |time: &DateTime<Tz>| time.num_seconds_from_midnight() / 60;
        let spans = schedule.spans_on(from.date_naive());
        let fits = spans
            .iter()
            .any(|span| u32::from(span.from) <= minute(&from) && minute(&to) < u32::from(span.to));
        assert!(fits, "{from} in {}", self.zone);
    }
}

/// What the aggregate says to a time.
fn check(schedule: &mut DoctorSchedule, time: Range<DateTime<Utc>>) -> Result<(), Error> {
    let command = Command::CheckTime { starts_at: time.start, ends_at: time.end };
    step(schedule, &command).map(|events| assert_eq!(events, [], "a question writes nothing"))
}

#[test]
fn the_slots_around_every_change_of_the_next_ten_years_are_right() {
    let mut changes = 0;
    for zone in ZONES {
        for at in transitions(zone, years(2026..2037)) {
            let change = Change::new(zone, at);
            for (slot, spans) in DAYS {
                let schedule = change.schedule(slot, same_every_day(spans));
                change.compare_slots(&schedule, slot, &period(at, HOURS));
            }
            changes += 1;
        }
    }
    assert!(changes > 400, "only {changes} changes were found");
}

#[test]
fn the_same_slots_are_offered_whatever_period_is_asked_for() {
    for zone in ZONES {
        for at in transitions(zone, years(2027..2028)) {
            // A grid of fifty minutes over the whole day shows where it was begun.
            let round_the_clock = was_set(zone.name(), 50, same_every_day(&[(0, 1440)]));
            let schedule = schedule([round_the_clock]);
            let whole = period(at, HOURS);
            let all = slots(&schedule, whole.clone());
            for hours in 0..HOURS * 2 {
                let later = whole.start + TimeDelta::hours(hours);
                let rest: Vec<_> = all.iter().copied().filter(|slot| slot.0 >= later).collect();
                assert_eq!(slots(&schedule, later..whole.end), rest, "{zone} from {later}");
            }
        }
    }
}

#[test]
fn every_slot_around_a_change_is_within_working_hours() {
    for zone in ZONES {
        for at in transitions(zone, years(2027..2028)) {
            let change = Change::new(zone, at);
            for (slot, spans) in DAYS {
                let mut schedule = change.schedule(slot, same_every_day(spans));
                for (from, to) in slots(&schedule, period(at, 14)) {
                    assert_eq!(check(&mut schedule, from..to), Ok(()), "{from} in {zone}");
                }
            }
        }
    }
}

#[test]
fn the_slots_around_changes_that_were_no_summer_time_are_right() {
    for zone in [Tz::Pacific__Apia, Tz::America__Caracas, Tz::Asia__Pyongyang, Tz::Europe__Istanbul]
    {
        for at in transitions(zone, years(2010..2019)) {
            let change = Change::new(zone, at);
            for (slot, spans) in DAYS {
                let schedule = change.schedule(slot, same_every_day(spans));
                change.compare_slots(&schedule, slot, &period(at, HOURS));
            }
        }
    }
}

/// The spans of a day: what lies between every other of some times.
fn any_spans() -> impl Strategy<Value = Vec<Span>> {
    prop::collection::btree_set(0..=1440_u16, 0..10).prop_map(|times| {
        let times: Vec<u16> = times.into_iter().collect();
        times.chunks_exact(2).map(|pair| Span { from: pair[0], to: pair[1] }).collect()
    })
}

/// A week, with ends that are beginnings too in some of its days.
fn any_week() -> impl Strategy<Value = Vec<WeeklySpan>> {
    prop::collection::vec((any_spans(), any::<bool>()), 7).prop_map(|days| {
        let days = Weekday::ALL.into_iter().zip(days);
        days.flat_map(|(weekday, (mut spans, touch))| {
            for index in 1..spans.len() {
                if touch && index % 2 == 1 {
                    spans[index].from = spans[index - 1].to;
                }
            }
            spans.into_iter().map(move |span| on(weekday, span))
        })
        .collect()
    })
}

/// Any zone there is, at a change of its clocks in the next ten years; a zone that has none
/// there on any day.
fn any_change() -> impl Strategy<Value = (Tz, i64)> {
    (prop::sample::select(TZ_VARIANTS.as_slice()), any::<prop::sample::Index>()).prop_map(
        |(zone, which)| {
            let changes = transitions(zone, years(2026..2037));
            let some_day = 28_000_000 + i64::try_from(which.index(5_000_000)).unwrap_or(0);
            (zone, if changes.is_empty() { some_day } else { changes[which.index(changes.len())] })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_slots_of_any_week_in_any_zone_are_right(
        (zone, at) in any_change(),
        week in any_week(),
        slot in 5..=240_u16,
        (from, to) in (0..72_i64 * 60, 0..72_i64 * 60),
    ) {
        let change = Change::new(zone, at);
        let mut schedule = change.schedule(slot, week);
        change.compare_slots(&schedule, slot, &period(at, HOURS));
        let part = at - HOURS * 60 + from.min(to)..at - HOURS * 60 + from.max(to);
        change.compare_slots(&schedule, slot, &instants(&part));
        for (from, to) in slots(&schedule, period(at, HOURS)) {
            assert_eq!(check(&mut schedule, from..to), Ok(()), "{from} in {zone}");
        }
    }

    #[test]
    fn a_time_is_within_working_hours_when_every_minute_of_it_is(
        (zone, at) in any_change(),
        week in any_week(),
        times in prop::collection::vec((-HOURS * 60..HOURS * 60, 1..240_i64), 20),
    ) {
        let change = Change::new(zone, at);
        let mut schedule = change.schedule(30, week);
        let days = change.days(&schedule);
        for (from, length) in times {
            let time = at + from..at + from + length;
            let expected = change.clock.is_worked(&days, &time);
            let said = check(&mut schedule, instants(&time));
            let right = if expected { Ok(()) } else { Err(Error::OutsideHours) };
            assert_eq!(said, right, "{:?} in {zone}", instants(&time));
        }
    }
}

#[test]
fn days_have_the_names_that_calendars_give_them() {
    let monday: NaiveDate = "2031-05-05".parse().expect("a date");
    for (day, weekday) in monday.iter_days().zip(Weekday::ALL) {
        assert_eq!(Weekday::from(day.weekday()), weekday);
    }
}
