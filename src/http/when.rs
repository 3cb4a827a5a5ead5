//! Times as clients write them: instants, or what the clocks of a zone show.

use super::error::ApiError;
use crate::commands::{Invalid, text};
use anamnesis_domain::local_time::{LocalTimeError, resolve_local};
use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};
use schemars::JsonSchema;
use serde::Deserialize;

/// Digits of a second that are kept, as many as read models keep: what a frame says is then what
/// is fetched.
const SECOND_DIGITS: u16 = 6;

/// An instant in RFC 3339, or a local date and time without an offset.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum When {
    Instant(DateTime<Utc>),
    Local(NaiveDateTime),
}

impl When {
    /// The instant that is meant, in this zone. A local time that the clocks skip or show twice
    /// is refused, as only the one who wrote it knows what they meant.
    pub(super) fn resolve(self, zone: &str) -> Result<DateTime<Utc>, ApiError> {
        text::zone(zone)?;
        let instant = match self {
            Self::Instant(instant) => instant,
            Self::Local(local) => resolve_local(zone, local).map_err(invalid)?,
        };
        Ok(instant.trunc_subsecs(SECOND_DIGITS))
    }
}

fn invalid(error: LocalTimeError) -> Invalid {
    match error {
        LocalTimeError::InGap => Invalid {
            code: "time_in_gap",
            message: "the clocks of that zone skip that time on that day: choose another",
        },
        LocalTimeError::Ambiguous => Invalid {
            code: "time_ambiguous",
            message: "the clocks of that zone show that time twice on that day: send it with its \
                      offset from UTC",
        },
        LocalTimeError::UnknownZone => Invalid {
            code: "zone_unknown",
            message: "zone is the name of an IANA time zone, such as Europe/Berlin",
        },
    }
}
