//! The instants at which a doctor works.
//!
//! A span is everything between the instant at which it begins and the one at which it ends,
//! whatever the clocks do in between. Where they skip a time, the first instant after is meant;
//! where they show it twice, a span begins at the earlier and ends at the later. Two spans can
//! so come to share time that they do not share on paper: it belongs to the earlier one.

use super::{DoctorSchedule, Span};
use crate::local_time::{beginning, end};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

/// How many days back a span may end later than another begins: the clocks are never set back
/// by more than that.
const LOOK_BACK: Days = Days::new(1);

/// First instant, and first instant after.
pub(super) type Interval = (DateTime<Utc>, DateTime<Utc>);

/// The working times that may have anything to do with `[from, until)`: in order, not empty,
/// none sharing time with another. They are the same whatever period is asked for; the caller
/// leaves out those beyond it.
pub(super) fn working_times(
    schedule: &DoctorSchedule,
    zone: Tz,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<Interval> {
    // Clocks differ from UTC by less than a day, so the local dates are among these.
    let first = days_before(from.date_naive(), Days::new(1));
    let last = until.date_naive().succ_opt().unwrap_or(NaiveDate::MAX);
    let mut times = Vec::new();
    let mut taken = DateTime::<Utc>::MIN_UTC;
    for date in days_before(first, LOOK_BACK).iter_days().take_while(|date| *date <= last) {
        for span in schedule.spans_on(date) {
            let Some((starts_at, ends_at)) = instants(zone, date, span) else { continue };
            let starts_at = starts_at.max(taken);
            taken = taken.max(ends_at);
            if date >= first && starts_at < ends_at {
                times.push((starts_at, ends_at));
            }
        }
    }
    times
}

fn instants(zone: Tz, date: NaiveDate, span: Span) -> Option<Interval> {
    let midnight = date.and_hms_opt(0, 0, 0)?;
    let local = |minute: u16| midnight.checked_add_signed(TimeDelta::minutes(i64::from(minute)));
    Some((beginning(zone, local(span.from)?)?, end(zone, local(span.to)?)?))
}

fn days_before(date: NaiveDate, days: Days) -> NaiveDate {
    date.checked_sub_days(days).unwrap_or(NaiveDate::MIN)
}
