//! Who and when: what an appointment agrees on, and which times can be agreed.

use super::AppointmentError as Error;
use crate::AccountId;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// The shortest and the longest appointment.
const LENGTH: (TimeDelta, TimeDelta) = (TimeDelta::minutes(5), TimeDelta::hours(4));
/// How far ahead one can book.
const AHEAD: TimeDelta = TimeDelta::days(366);

/// Who and when, as last agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// Who comes.
    pub patient_id: AccountId,
    /// Who sees them.
    pub doctor_id: AccountId,
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// First instant after it.
    pub ends_at: DateTime<Utc>,
}

impl Agreed {
    /// Whether its first instant has come.
    #[must_use]
    pub fn has_begun(&self, now: DateTime<Utc>) -> bool {
        self.starts_at <= now
    }
}

/// The rules that hold for every new time.
pub(super) fn require_bookable(
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let length = ends_at - starts_at;
    if length < LENGTH.0 || length > LENGTH.1 {
        return Err(Error::BadLength);
    }
    if starts_at <= now {
        return Err(Error::InThePast);
    }
    if starts_at - now > AHEAD {
        return Err(Error::TooFarAway);
    }
    Ok(())
}
