//! The time, as something that is handed in: tests turn a manual clock and never sleep.

use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// Where the time comes from. Cheap to clone; all clones of a manual clock turn together.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System { started: Instant },
    Manual { micros: Arc<AtomicI64> },
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System { started: Instant::now() })
    }

    /// A clock that stands still at `start` until its hand is turned.
    #[must_use]
    pub fn manual(start: DateTime<Utc>) -> (Self, ClockHand) {
        let micros = Arc::new(AtomicI64::new(start.timestamp_micros()));
        (Self(Source::Manual { micros: Arc::clone(&micros) }), ClockHand(micros))
    }

    /// The present instant in whole microseconds, which is what the database keeps: an instant
    /// that was stored and read again compares equal.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let micros = match &self.0 {
            Source::System { .. } => Utc::now().timestamp_micros(),
            Source::Manual { micros } => micros.load(Ordering::SeqCst),
        };
        DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// Time since an arbitrary start, which no change of the wall clock turns back. For rates
    /// and intervals inside this process.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        match &self.0 {
            Source::System { started } => started.elapsed(),
            Source::Manual { micros } => {
                Duration::from_micros(micros.load(Ordering::SeqCst).unsigned_abs())
            }
        }
    }
}

/// Turns a manual [`Clock`].
#[derive(Debug)]
pub struct ClockHand(Arc<AtomicI64>);

impl ClockHand {
    /// Moves the clock, and every clone of it, forward by `by` (to the microsecond).
    pub fn advance(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::SeqCst);
    }
}
