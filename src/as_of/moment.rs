//! A position, and the instant that it stands for.

use super::AsOfError;
use crate::log::Log;
use crate::replay::{Asked, Point};
use chrono::{DateTime, Utc};

/// After which event something is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Where the event stands.
    pub position: u64,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

impl Moment {
    /// The last event at or before a point; without one, the last that there is. What is still
    /// to come is refused, and so is what was before the first event.
    pub async fn find(
        log: &dyn Log,
        point: Option<Point>,
        now: DateTime<Utc>,
    ) -> Result<Self, AsOfError> {
        let asked = Asked { to: point, ..Asked::default() };
        let position = asked.settle(log, now).await?.to;
        let there = log.read_at(&[position]).await?;
        let event = there.first().ok_or(AsOfError::BeforeTheLog)?;
        Ok(Self { position, recorded_at: event.recorded_at })
    }
}
