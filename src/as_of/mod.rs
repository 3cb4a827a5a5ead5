//! Records as they stood at a position of the log.
//!
//! A view is a second, small build of the read models: the same projections fold the record's
//! own events, up to the position, into tables of one connection, and the same queries answer
//! from them ([`Scratch`]). Who could see what is decided by the same policy, over the
//! aggregates as they were. So there is no second telling of what happened that could differ.

mod could_see;
mod error;
mod fields;
mod grants;
mod moment;
mod permitted;
mod record;
mod sessions;
mod shelf;
mod view;

pub use could_see::{CouldSee, Seen, SeenCursor};
pub use error::AsOfError;
pub use fields::{FieldPage, Written};
pub use moment::Moment;
pub use permitted::Permitted;
pub use record::RecordName;
pub use sessions::LiveSession;
pub use view::{Record, RoomPage, View};

use crate::log::Log;
use anamnesis_projections::Projection;
use anamnesis_projections::log::EventLog;
use anamnesis_projections::scratch::{Extent, Scratch};
use shelf::{Kept, Shelf};
use sqlx::PgPool;
use std::sync::Arc;

/// The most events of one view. A room that has more can still be replayed.
const EVENTS_MAX: u64 = 1_000_000;

/// Makes views of what once was. One per process.
pub struct AsOf {
    pool: PgPool,
    log: Arc<dyn Log>,
    events: Arc<dyn EventLog>,
    models: Vec<Arc<dyn Projection>>,
    shelf: Arc<Shelf>,
}

impl AsOf {
    /// Over this log, with these read models.
    #[must_use]
    pub fn new(pool: PgPool, log: Arc<dyn Log>, models: Vec<Arc<dyn Projection>>) -> Self {
        let events: Arc<dyn EventLog> = log.clone();
        Self { pool, log, events, models, shelf: Arc::default() }
    }

    /// The tables of a record as they were, and those of its people. The same record at the same
    /// position is folded once a minute.
    async fn opened(&self, record: RecordName, at: Moment) -> Result<Arc<Kept>, AsOfError> {
        let key = (record, at.position);
        if let Some(kept) = self.shelf.take(key) {
            return Ok(kept);
        }
        let place = self.shelf.place().await?;
        let mut scratch = Scratch::open(&self.pool, self.models.clone()).await?;
        let extent = Extent { until: at.position, events_max: EVENTS_MAX };
        if scratch.fold(&self.events, vec![record.stream()], extent).await? == 0 {
            let known = self.log.read_stream(&record.stream(), 0, 1).await?;
            return Err(if known.is_empty() { AsOfError::Unknown } else { AsOfError::NotYet });
        }
        let people = record.people(scratch.connection()).await?;
        let streams = people.into_iter().map(|id| RecordName::Account(id).stream()).collect();
        scratch.fold(&self.events, streams, extent).await?;
        Ok(self.shelf.put(key, scratch, place))
    }
}
