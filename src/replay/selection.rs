//! What is to be told: as it is asked for, and as it is settled.

use super::{Point, SelectError};
use anamnesis_domain::AccountId;
use anamnesis_projections::log::{EventLog, ReadError, RecordedEvent, StreamId};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::str::FromStr;

/// The most characters of a stream's name.
const STREAM_CHARS_MAX: usize = 160;

/// A stream as people name it: `TYPE/ID`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct StreamName(pub StreamId);

/// The text names no stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a stream is given as TYPE/ID, as in chat_room/<id>")]
pub struct BadStream;

impl FromStr for StreamName {
    type Err = BadStream;
    /// The name is written down with the look-up, so it must not be a place for words.
    fn from_str(text: &str) -> Result<Self, BadStream> {
        let (kind, id) = text.split_once('/').ok_or(BadStream)?;
        let sound = !id.is_empty()
            && text.len() <= STREAM_CHARS_MAX
            && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            && id.bytes().all(|byte| byte.is_ascii_graphic());
        if !sound || kind.is_empty() {
            return Err(BadStream);
        }
        let (aggregate_type, aggregate_id) = (kind.to_owned().into(), id.to_owned());
        Ok(Self(StreamId { aggregate_type, aggregate_id }))
    }
}

impl TryFrom<String> for StreamName {
    type Error = BadStream;
    fn try_from(text: String) -> Result<Self, BadStream> {
        text.parse()
    }
}

/// What somebody asks for. What is left out selects everything.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The first event: at this position, or recorded at this instant or later.
    pub from: Option<Point>,
    /// The last event: at this position, or recorded at this instant or earlier.
    pub to: Option<Point>,
    /// Only events of this stream.
    pub stream: Option<StreamName>,
    /// Only what this account did.
    pub actor: Option<AccountId>,
    /// Only what concerns this patient.
    pub patient: Option<AccountId>,
}

/// What is told: positions that the log has reached, and filters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The first position.
    pub from: u64,
    /// The last position; one below `from` when nothing is selected.
    pub to: u64,
    /// Only events of this stream.
    pub stream: Option<StreamId>,
    /// Only what this account did.
    pub actor: Option<AccountId>,
    /// Only what concerns this patient.
    pub patient: Option<AccountId>,
}

impl Asked {
    /// Finds the positions. An instant costs one look at the log per doubling of its length.
    ///
    /// What lies before the log began is an honest nothing. What the log has not reached is
    /// refused, since nobody could say that the answer is complete; only the position just
    /// after the end may be given as the first, by who has everything and asks for the rest.
    pub async fn settle(
        self,
        log: &dyn EventLog,
        now: DateTime<Utc>,
    ) -> Result<Selection, SelectError> {
        let head = *log.head().borrow();
        let from = match self.from {
            None => 1,
            Some(Point::Position(position)) if position > head + 1 => {
                return Err(SelectError::BeyondTheLog { head });
            }
            Some(Point::Position(position)) => position.max(1),
            Some(Point::Instant(at)) if at > now => return Err(SelectError::InTheFuture),
            Some(Point::Instant(at)) => first(log, head, |event| event.recorded_at >= at).await?,
        };
        let to = match self.to {
            None => head,
            Some(Point::Position(position)) if position > head => {
                return Err(SelectError::BeyondTheLog { head });
            }
            Some(Point::Position(position)) => position,
            Some(Point::Instant(at)) if at > now => return Err(SelectError::InTheFuture),
            Some(Point::Instant(at)) => first(log, head, |event| event.recorded_at > at).await? - 1,
        };
        if from > to + 1 || is_reversed(&self) {
            return Err(SelectError::Reversed);
        }
        let Self { actor, patient, .. } = self;
        Ok(Selection { from, to, stream: self.stream.map(|name| name.0), actor, patient })
    }
}

/// Also where nothing happened in between.
fn is_reversed(asked: &Asked) -> bool {
    matches!((asked.from, asked.to), (Some(Point::Instant(from)), Some(Point::Instant(to))) if from > to)
}

/// The first position at which the condition holds, which it does from there on; the one after
/// the end when it holds nowhere.
async fn first(
    log: &dyn EventLog,
    head: u64,
    holds: impl Fn(&RecordedEvent) -> bool + Send,
) -> Result<u64, ReadError> {
    let (mut low, mut high) = (1, head + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let there = log.read_after(middle - 1, 1).await?;
        if there.first().is_none_or(|event| holds(event)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(low)
}

impl Selection {
    /// What is written down of it: positions and ids.
    #[must_use]
    pub fn filters(&self) -> BTreeMap<String, String> {
        let mut filters = BTreeMap::from([
            ("from".to_owned(), self.from.to_string()),
            ("to".to_owned(), self.to.to_string()),
        ]);
        filters.extend(self.stream.as_ref().map(|id| ("stream".to_owned(), id.to_string())));
        filters.extend(self.actor.map(|id| ("actor".to_owned(), id.to_string())));
        filters.extend(self.patient.map(|id| ("patient".to_owned(), id.to_string())));
        filters
    }
}
