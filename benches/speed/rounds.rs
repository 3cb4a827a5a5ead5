//! Rounds of ours and of the limit in turns, and their medians.

use crate::Outcome;
use std::time::Duration;

/// Rounds of each. Odd, so that the median is one of them.
const ROUNDS: u64 = 3;

/// The medians of ours and of the limit. Each gets the round's number, from 1.
pub(crate) async fn alternate(
    mut ours: impl AsyncFnMut(u64) -> Outcome<f64>,
    mut limit: impl AsyncFnMut(u64) -> Outcome<f64>,
) -> Outcome<(f64, f64)> {
    let (mut all_ours, mut all_limits) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        all_limits.push(limit(round).await?);
        all_ours.push(ours(round).await?);
    }
    Ok((median(&mut all_ours)?, median(&mut all_limits)?))
}

/// The middle one.
pub(crate) fn median(values: &mut [f64]) -> Outcome<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().ok_or_else(|| "nothing was measured".into())
}

/// So many per second.
pub(crate) fn per_second(count: u64, time: Duration) -> f64 {
    number(count) / time.as_secs_f64()
}

/// A count as a number to calculate with.
pub(crate) fn number(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// Microseconds.
pub(crate) fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
