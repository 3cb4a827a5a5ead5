//! Spans of the day, as the clocks show them.

use super::{DoctorScheduleError as Error, Weekday};
use serde::{Deserialize, Serialize};

/// The most spans that a day has.
pub const SPANS_PER_DAY_MAX: usize = 8;

/// The length of a day on paper; what the clocks really do is another matter.
const MINUTES_OF_DAY: u16 = 24 * 60;

/// A part of a day, from minute to minute after its midnight: `540..1440` is from nine in the
/// morning to midnight. Minutes and not a time of day, which could not say 24:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First minute.
    pub from: u16,
    /// First minute after it, at most 1440.
    pub to: u16,
}

/// A part of one day of every week; otherwise as [`Span`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WeeklySpan {
    /// On which day.
    pub weekday: Weekday,
    /// First minute.
    pub from: u16,
    /// First minute after it, at most 1440.
    pub to: u16,
}

impl WeeklySpan {
    /// The part of the day.
    #[must_use]
    pub fn span(self) -> Span {
        Span { from: self.from, to: self.to }
    }
}

/// A week in order, so that two that mean the same are the same; refused if one of its days is.
pub(super) fn week_in_order(mut week: Vec<WeeklySpan>) -> Result<Vec<WeeklySpan>, Error> {
    if week.len() > SPANS_PER_DAY_MAX * Weekday::ALL.len() {
        return Err(Error::TooManySpans);
    }
    week.sort_unstable();
    for weekday in Weekday::ALL {
        let day = week.iter().filter(|span| span.weekday == weekday);
        require_day(&day.map(|span| span.span()).collect::<Vec<_>>())?;
    }
    Ok(week)
}

/// A day in order; refused if its spans are no spans, are too many or overlap.
pub(super) fn day_in_order(mut day: Vec<Span>) -> Result<Vec<Span>, Error> {
    if day.len() > SPANS_PER_DAY_MAX {
        return Err(Error::TooManySpans);
    }
    day.sort_unstable();
    require_day(&day)?;
    Ok(day)
}

fn require_day(in_order: &[Span]) -> Result<(), Error> {
    if in_order.len() > SPANS_PER_DAY_MAX {
        return Err(Error::TooManySpans);
    }
    if in_order.iter().any(|span| span.from >= span.to || span.to > MINUTES_OF_DAY) {
        return Err(Error::BadSpan);
    }
    if in_order.windows(2).any(|pair| pair[1].from < pair[0].to) {
        return Err(Error::SpansOverlap);
    }
    Ok(())
}
