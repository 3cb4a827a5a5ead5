//! Aggregates as they once were.

use super::repository::{event_of, stream_of};
use crate::log::Log;
use anamnesis_domain::{Event, Root};
use anamnesis_projections::log::ReadError;
use chrono::{DateTime, Utc};

/// Events read at a time.
const PAGE: usize = 1_000;

/// A state that was.
#[derive(Clone, Debug)]
pub struct Past<A> {
    /// What its events up to then came to.
    pub state: A,
    /// When its first event was recorded.
    pub since: DateTime<Utc>,
    /// Sequence of the last event in it.
    pub version: u64,
}

/// An aggregate as its first event made it; `None` before that.
pub async fn beginning<A>(log: &dyn Log, id: &str, until: u64) -> Result<Option<Past<A>>, ReadError>
where
    A: Root,
    A::Event: TryFrom<Event>,
{
    let first = log.read_stream(&stream_of::<A>(id), 0, 1).await?;
    let Some(first) = first.first().filter(|first| first.position <= until) else {
        return Ok(None);
    };
    let mut state = A::default();
    state.apply(event_of::<A>(first)?);
    Ok(Some(Past { state, since: first.recorded_at, version: first.sequence }))
}

/// An aggregate as its events up to a position make it; `None` before its first. Without the
/// cache and without snapshots, which know the present.
pub async fn past<A>(log: &dyn Log, id: &str, until: u64) -> Result<Option<Past<A>>, ReadError>
where
    A: Root,
    A::Event: TryFrom<Event>,
{
    let (stream, mut version) = (stream_of::<A>(id), 0);
    let mut past: Option<Past<A>> = None;
    loop {
        let page = log.read_stream(&stream, version, PAGE).await?;
        let known = page.iter().take_while(|recorded| recorded.position <= until);
        let before = version;
        for recorded in known {
            let since = recorded.recorded_at;
            version = recorded.sequence;
            let one = past.get_or_insert_with(|| Past { state: A::default(), since, version });
            one.state.apply(event_of::<A>(recorded)?);
            one.version = version;
        }
        if version < before + PAGE as u64 {
            return Ok(past);
        }
    }
}
