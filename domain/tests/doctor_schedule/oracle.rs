//! A second way to the same answers, as dull as can be: it looks at the clock of a zone at every
//! minute around a change, and asks the product nothing.

use anamnesis_domain::doctor_schedule::Span;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use std::collections::HashMap;
use std::ops::Range;

/// Zones of every kind: half and quarter hours, changes at and across midnight, by half an hour,
/// by two hours, twice in a month, and none at all.
pub(crate) const ZONES: [Tz; 38] = [
    Tz::Africa__Cairo,
    Tz::Africa__Casablanca,
    Tz::Africa__El_Aaiun,
    Tz::America__Adak,
    Tz::America__Asuncion,
    Tz::America__Havana,
    Tz::America__Los_Angeles,
    Tz::America__Miquelon,
    Tz::America__New_York,
    Tz::America__Nuuk,
    Tz::America__Santiago,
    Tz::America__Sao_Paulo,
    Tz::America__Scoresbysund,
    Tz::America__St_Johns,
    Tz::Antarctica__Troll,
    Tz::Asia__Beirut,
    Tz::Asia__Gaza,
    Tz::Asia__Jerusalem,
    Tz::Asia__Kathmandu,
    Tz::Asia__Kolkata,
    Tz::Atlantic__Azores,
    Tz::Australia__Adelaide,
    Tz::Australia__Lord_Howe,
    Tz::Australia__Sydney,
    Tz::Europe__Athens,
    Tz::Europe__Berlin,
    Tz::Europe__Chisinau,
    Tz::Europe__Dublin,
    Tz::Europe__Lisbon,
    Tz::Europe__London,
    Tz::Pacific__Apia,
    Tz::Pacific__Auckland,
    Tz::Pacific__Chatham,
    Tz::Pacific__Easter,
    Tz::Pacific__Fiji,
    Tz::Pacific__Kiritimati,
    Tz::Pacific__Norfolk,
    Tz::UTC,
];

/// The days at whose first instant (UTC) the years begin and end.
pub(crate) fn years(of: Range<i32>) -> Range<NaiveDate> {
    let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).expect("a day");
    first(of.start)..first(of.end)
}

fn instant(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(minute * 60, 0).expect("an instant")
}

fn minute_of(local: NaiveDateTime) -> i64 {
    local.and_utc().timestamp() / 60
}

/// By how many minutes a zone's clocks are ahead of UTC.
fn ahead(zone: Tz, minute: i64) -> i64 {
    let seconds = zone.offset_from_utc_datetime(&instant(minute).naive_utc()).fix();
    let seconds = i64::from(seconds.local_minus_utc());
    assert_eq!(seconds % 60, 0, "{zone} has no whole minutes");
    seconds / 60
}

/// The minutes at which a zone's clocks change, in some days.
pub(crate) fn transitions(zone: Tz, days: Range<NaiveDate>) -> Vec<i64> {
    let minutes = |day: NaiveDate| minute_of(day.and_time(chrono::NaiveTime::MIN));
    let (mut at, end) = (minutes(days.start), minutes(days.end));
    let mut found = Vec::new();
    while at < end {
        let next = at + 24 * 60;
        if ahead(zone, at) != ahead(zone, next) {
            let (mut before, mut after) = (at, next);
            while after - before > 1 {
                let middle = i64::midpoint(before, after);
                let same = ahead(zone, middle) == ahead(zone, at);
                if same { before = middle } else { after = middle }
            }
            found.push(after);
        }
        at = next;
    }
    found
}

/// What a zone's clock shows at every minute of some days.
pub(crate) struct Clock {
    /// Minute (UTC) of the first look.
    first: i64,
    /// What was shown, minute by minute.
    shown: Vec<i64>,
    /// First and last minute (UTC) at which a time was shown.
    seen: HashMap<i64, (i64, i64)>,
}

impl Clock {
    /// Looks at the clock for some days before and after a minute.
    pub(crate) fn around(zone: Tz, middle: i64, days: i64) -> Self {
        let first = middle - days * 24 * 60;
        let mut clock = Self { first, shown: Vec::new(), seen: HashMap::new() };
        for minute in first..=middle + days * 24 * 60 {
            let shown = minute + ahead(zone, minute);
            clock.shown.push(shown);
            clock.seen.entry(shown).or_insert((minute, minute)).1 = minute;
        }
        clock
    }

    /// Every time that the clock may show in the middle, with the instants at which it does: the
    /// first and the last, which are one unless it is shown twice; none if it is skipped.
    pub(crate) fn times(&self) -> Vec<(NaiveDateTime, Option<Range<DateTime<Utc>>>)> {
        let day = 24 * 60;
        let (from, to) = (self.shown[0] + 2 * day, self.shown[self.shown.len() - 1] - 2 * day);
        let times = (from..to).map(|time| {
            let seen = self.seen.get(&time).map(|(first, last)| instant(*first)..instant(*last));
            (instant(time).naive_utc(), seen)
        });
        times.collect()
    }

    fn first_after(&self, time: i64) -> i64 {
        let index = self.shown.iter().position(|shown| *shown > time).expect("within the days");
        self.first + i64::try_from(index).expect("a small number")
    }

    fn beginning(&self, time: i64) -> i64 {
        self.seen.get(&time).map_or_else(|| self.first_after(time), |(first, _)| *first)
    }

    fn end(&self, time: i64) -> i64 {
        self.seen.get(&time).map_or_else(|| self.first_after(time), |(_, last)| *last)
    }

    /// The minutes of each span of some days, in order. What two share is the earlier one's.
    fn worked(&self, days: &[(NaiveDate, Vec<Span>)]) -> Vec<Range<i64>> {
        let mut worked: Vec<Range<i64>> = Vec::new();
        for (date, spans) in days {
            let midnight = minute_of(date.and_time(chrono::NaiveTime::MIN));
            for span in spans {
                let from = self.beginning(midnight + i64::from(span.from));
                let to = self.end(midnight + i64::from(span.to));
                let mine = (from..to)
                    .find(|minute| !worked.iter().any(|earlier| earlier.contains(minute)));
                worked.extend(mine.map(|first| first..to));
            }
        }
        worked
    }

    /// All slots of some days.
    pub(crate) fn slots(
        &self,
        days: &[(NaiveDate, Vec<Span>)],
        slot: u16,
    ) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let slot = i64::from(slot);
        let steps = |span: Range<i64>| {
            let fit = (span.end - span.start) / slot;
            (0..fit).map(move |n| (span.start + n * slot, span.start + (n + 1) * slot))
        };
        let slots = self.worked(days).into_iter().flat_map(steps);
        slots.map(|(from, to)| (instant(from), instant(to))).collect()
    }

    /// Whether every minute of a time is worked.
    pub(crate) fn is_worked(&self, days: &[(NaiveDate, Vec<Span>)], time: &Range<i64>) -> bool {
        let worked = self.worked(days);
        time.clone().all(|minute| worked.iter().any(|span| span.contains(&minute)))
    }
}

/// A period around a minute.
pub(crate) fn period(middle: i64, hours: i64) -> Range<DateTime<Utc>> {
    let half = TimeDelta::hours(hours);
    instant(middle) - half..instant(middle) + half
}

/// The instants of a range of minutes.
pub(crate) fn instants(minutes: &Range<i64>) -> Range<DateTime<Utc>> {
    instant(minutes.start)..instant(minutes.end)
}
