//! What a returning client has missed.

use super::hub::Delivery;
use super::rooms::Rooms;
use super::{Live, LiveError};
use anamnesis_domain::{AccountId, RoomId};
use anamnesis_projections::checkpoint;
use anamnesis_projections::conversations::{ChangedRoom, Conversations, rooms_changed_after};
use anamnesis_projections::log::RecordedEvent;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// A client that has missed more rooms or events than this starts anew.
const ROOMS_MAX: u32 = 200;
const EVENTS_MAX: usize = 2_000;
/// Events of one room read at a time, backwards from the end.
const PAGE: usize = 128;
/// How long to wait for the read model that knows which rooms have changed.
const READ_MODEL_MAX: Duration = Duration::from_secs(5);
/// How often it is asked how far it has come.
const LOOK: Duration = Duration::from_millis(10);

/// What was missed.
pub(super) enum Missed {
    /// All of it, in order.
    All(Vec<Delivery>),
    /// More than is worth sending one by one.
    TooMuch,
}

impl Live {
    /// What the account may see of the events in `(after, through]`. The cost depends on how
    /// much was missed, not on the length of the log or of a room.
    pub(super) async fn missed(
        &self,
        account_id: AccountId,
        after: u64,
        through: u64,
    ) -> Result<Missed, LiveError> {
        if after >= through {
            return Ok(Missed::All(Vec::new()));
        }
        let rooms = self.changed_rooms(account_id, after, through);
        let rooms = timeout(READ_MODEL_MAX, rooms).await.map_err(|_| LiveError::Lagging)??;
        if rooms.len() > ROOMS_MAX as usize {
            return Ok(Missed::TooMuch);
        }
        let mut events = Vec::new();
        for room in rooms {
            let left = EVENTS_MAX - events.len();
            match self.missed_in_room(room.room_id, after, through, left).await? {
                Some(missed) => events.extend(missed),
                None => return Ok(Missed::TooMuch),
            }
        }
        events.sort_unstable_by_key(|event| event.position);
        let mut deliveries = Vec::with_capacity(events.len());
        for event in &events {
            deliveries.extend(self.render(event).await?);
        }
        Ok(Missed::All(deliveries))
    }

    /// The rooms in which anything happened in `(after, through]`, and perhaps later.
    ///
    /// That the read model has come so far is asked of the database, after the rooms: a crash of
    /// the database may have taken back what the model's worker still believes to be done.
    async fn changed_rooms(
        &self,
        account_id: AccountId,
        after: u64,
        through: u64,
    ) -> Result<Vec<ChangedRoom>, LiveError> {
        loop {
            let names = [Conversations::NAME];
            if !self.runner.wait_until_named(&names, through, READ_MODEL_MAX).await {
                return Err(LiveError::Lagging);
            }
            let rooms = rooms_changed_after(&self.pool, account_id, after, ROOMS_MAX + 1).await?;
            let stored = checkpoint::load(&self.pool, Conversations::NAME).await?;
            if stored.is_some_and(|stored| stored.position >= through) {
                return Ok(rooms);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// `None` when there are more than `limit`.
    async fn missed_in_room(
        &self,
        room_id: RoomId,
        after: u64,
        through: u64,
        limit: usize,
    ) -> Result<Option<Vec<Arc<RecordedEvent>>>, LiveError> {
        let stream = Rooms::stream(room_id);
        let mut missed = Vec::new();
        let mut before = u64::MAX;
        loop {
            let page = self.log.read_stream_back(&stream, before, PAGE).await?;
            let Some(oldest) = page.last() else { return Ok(Some(missed)) };
            before = oldest.sequence;
            let reached = oldest.position <= after || page.len() < PAGE;
            let wanted =
                |event: &Arc<RecordedEvent>| event.position > after && event.position <= through;
            missed.extend(page.into_iter().filter(wanted));
            if missed.len() > limit {
                return Ok(None);
            }
            if reached {
                return Ok(Some(missed));
            }
        }
    }
}
