//! Places in the log, as people name them.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::str::FromStr;

/// A place in the log: a position, or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Point {
    /// A position, from 1.
    Position(u64),
    /// When something was recorded.
    Instant(DateTime<Utc>),
}

/// The text names no place in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a place in the log is a position, such as 42, or an instant, such as 2027-03-29T09:00:00Z"
)]
pub struct BadPoint;

impl FromStr for Point {
    type Err = BadPoint;
    fn from_str(text: &str) -> Result<Self, BadPoint> {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().map(Self::Position).map_err(|_| BadPoint);
        }
        text.parse().map(Self::Instant).map_err(|_| BadPoint)
    }
}

impl TryFrom<String> for Point {
    type Error = BadPoint;
    fn try_from(text: String) -> Result<Self, BadPoint> {
        text.parse()
    }
}
