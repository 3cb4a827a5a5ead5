//! What a data key is for: the content of one month, or one lasting use.

use chrono::{DateTime, Datelike, Utc};
use std::fmt;

/// One of a subject's keys. The text form stands in the database and must never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Period {
    /// Content sealed in this month (UTC).
    Month { year: i32, month: u32 },
    /// Fingerprints of requests. Not per month: a retry may come in the next one.
    Fingerprint,
}

impl Period {
    pub(crate) fn month_of(at: DateTime<Utc>) -> Self {
        Self::Month { year: at.year(), month: at.month() }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Fingerprint => f.write_str("fingerprint"),
        }
    }
}
