//! What a returning client has missed.

use super::hub::Delivery;
use super::rooms::Rooms;
use super::{Live, LiveError};
use anamnesis_domain::chat_room::ChatRoomEvent;
use anamnesis_domain::{AccountId, Event, RoomId};
use anamnesis_projections::checkpoint;
use anamnesis_projections::consultations::Consultations;
use anamnesis_projections::conversations::{ChangedRoom, Conversations, rooms_changed_after};
use anamnesis_projections::log::RecordedEvent;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// A client that has missed more rooms, events or bytes of frames than this starts anew.
pub(super) const ROOMS_MAX: u32 = 200;
const EVENTS_MAX: usize = 2_000;
const BYTES_MAX: usize = 4 << 20;
/// Events of one room read at a time, backwards from the end.
pub(super) const PAGE: usize = 128;
/// How long to wait for the read model that knows which rooms have changed.
pub(super) const READ_MODEL_MAX: Duration = Duration::from_secs(5);
/// How often it is asked how far it has come.
pub(super) const LOOK: Duration = Duration::from_millis(10);

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
        let left = EVENTS_MAX.saturating_sub(events.len());
        match self.missed_in_consultations(account_id, after, through, left).await? {
            Some(missed) => events.extend(missed),
            None => return Ok(Missed::TooMuch),
        }
        events.sort_unstable_by_key(|missed| missed.event.position);
        let mut deliveries = Vec::with_capacity(events.len());
        let mut bytes = 0;
        for MissedEvent { event, retracted } in &events {
            let delivery = self.render(event, *retracted).await?;
            let delivery = delivery.filter(|one| one.recipients.contains(&account_id));
            bytes += delivery.as_ref().map_or(0, |delivery| delivery.text.len());
            if bytes > BYTES_MAX {
                return Ok(Missed::TooMuch);
            }
            deliveries.extend(delivery);
        }
        Ok(Missed::All(deliveries))
    }

    /// Waits until the read models that clients fetch from show everything up to `position`.
    pub(super) async fn require_shown(&self, position: u64) -> Result<(), LiveError> {
        let names = [Conversations::NAME, Consultations::NAME];
        if self.runner.wait_until_named(&names, position, READ_MODEL_MAX).await {
            Ok(())
        } else {
            Err(LiveError::Lagging)
        }
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
            self.require_shown(through).await?;
            let rooms = rooms_changed_after(&self.pool, account_id, after, ROOMS_MAX + 1).await?;
            let stored = checkpoint::load(&self.pool, Conversations::NAME).await?;
            if stored.is_some_and(|stored| stored.position >= through) {
                return Ok(rooms);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// `None` when there are more than `limit`. Read from the end, so that it is known of each
    /// message whether it was taken back later.
    async fn missed_in_room(
        &self,
        room_id: RoomId,
        after: u64,
        through: u64,
        limit: usize,
    ) -> Result<Option<Vec<MissedEvent>>, LiveError> {
        let stream = Rooms::stream(room_id);
        let mut missed = Vec::new();
        let mut retractions = Retractions::default();
        let mut before = u64::MAX;
        loop {
            let page = self.log.read_stream_back(&stream, before, PAGE).await?;
            let Some(oldest) = page.last() else { return Ok(Some(missed)) };
            before = oldest.sequence;
            let reached = oldest.position <= after || page.len() < PAGE;
            for event in page {
                let retracted = retractions.look_back(&event);
                if event.position > after && event.position <= through {
                    missed.push(MissedEvent { event, retracted });
                }
            }
            if missed.len() > limit {
                return Ok(None);
            }
            if reached {
                return Ok(Some(missed));
            }
        }
    }
}

pub(super) struct MissedEvent {
    pub(super) event: Arc<RecordedEvent>,
    /// The words that it carries were taken back since.
    pub(super) retracted: bool,
}

/// Message → whether it is retracted now, learnt by going back from the end of a room.
#[derive(Default)]
struct Retractions(HashMap<u64, bool>);

impl Retractions {
    /// Takes the event before those that were looked at. Whether the words that it carries, if
    /// any, were taken back since.
    fn look_back(&mut self, recorded: &RecordedEvent) -> bool {
        let Ok(Event::ChatRoom(event)) = recorded.event() else { return false };
        let number = match event {
            ChatRoomEvent::MessageRetracted { message, .. } => {
                self.0.entry(*message).or_insert(true);
                return false;
            }
            ChatRoomEvent::MessageRestored { message, .. } => {
                self.0.entry(*message).or_insert(false);
                return false;
            }
            ChatRoomEvent::MessagePosted { .. } => recorded.sequence,
            ChatRoomEvent::MessageEdited { message, .. } => *message,
            _ => return false,
        };
        self.0.get(&number).copied().unwrap_or(false)
    }
}
