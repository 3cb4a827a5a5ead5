//! What is said of many times.

use crate::Outcome;
use crate::rounds::micros;
use std::time::Duration;

/// In microseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Percentiles {
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) max: f64,
}

impl Percentiles {
    pub(crate) fn of(mut times: Vec<Duration>) -> Outcome<Self> {
        times.sort_unstable();
        let last = times.len().checked_sub(1).ok_or("nothing was measured")?;
        let at = |percent: usize| micros(times[last * percent / 100]);
        Ok(Self { p50: at(50), p99: at(99), max: at(100) })
    }
}
