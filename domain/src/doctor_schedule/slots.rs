//! The times that patients can be offered.

use super::DoctorSchedule;
use super::working_times::{Interval, working_times};
use crate::local_time::zone_of;
use chrono::{DateTime, TimeDelta, Utc};
use std::ops::Range;

/// The longest period that is looked at.
pub const PERIOD_MAX: TimeDelta = TimeDelta::days(62);

/// All slots that lie wholly inside the period, in order: first instant, and first instant
/// after. Which of them are taken is not known here.
///
/// In each span of working hours the first slot begins with the span, and each next one where
/// the last ended, in real time: an hour that the clocks show twice has twice the slots, and
/// one that they skip has none. What is left at a span's end is too short and is not offered.
///
/// A period longer than [`PERIOD_MAX`] is cut to that. None when no hours were set.
#[must_use]
pub fn slots(
    schedule: &DoctorSchedule,
    period: Range<DateTime<Utc>>,
) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let Some(hours) = schedule.hours() else { return Vec::new() };
    let Ok(zone) = zone_of(&hours.zone) else { return Vec::new() };
    let cut = period.start.checked_add_signed(PERIOD_MAX).unwrap_or(period.end);
    let until = period.end.min(cut);
    let length = TimeDelta::minutes(i64::from(hours.slot_minutes));
    working_times(schedule, zone, period.start, until)
        .into_iter()
        .flat_map(|time| steps(time, length))
        .filter(|(starts_at, ends_at)| period.start <= *starts_at && *ends_at <= until)
        .collect()
}

/// A length of zero, which the rules do not allow, has no steps and not endless ones.
fn steps((starts_at, ends_at): Interval, length: TimeDelta) -> impl Iterator<Item = Interval> {
    let step = move |start: DateTime<Utc>| {
        let end = start.checked_add_signed(length)?;
        (length > TimeDelta::zero() && end <= ends_at).then_some((start, end))
    };
    std::iter::successors(step(starts_at), move |(_, end)| step(*end))
}
