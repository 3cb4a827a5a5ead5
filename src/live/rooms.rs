//! Whose room is whose, and whose message is whose: asked of the log itself, so that no read
//! model's lag can let anyone in or keep anyone out.

use crate::log::Log;
use anamnesis_domain::chat_room::{ChatRoom, ChatRoomEvent, Participants};
use anamnesis_domain::{AccountId, Event, RoomId};
use anamnesis_projections::log::{ReadError, StreamId};
use cqrs_es::Aggregate;
use quick_cache::sync::Cache;
use std::borrow::Cow;
use std::sync::Arc;

/// Rooms whose pair is remembered. A pair never changes.
const REMEMBERED_MAX: usize = 100_000;

/// Facts about rooms.
#[derive(Clone)]
pub struct Rooms {
    log: Arc<dyn Log>,
    pairs: Arc<Cache<RoomId, Participants>>,
}

impl Rooms {
    /// Facts from this log.
    #[must_use]
    pub fn new(log: Arc<dyn Log>) -> Self {
        Self { log, pairs: Arc::new(Cache::new(REMEMBERED_MAX)) }
    }

    /// The stream of a room.
    #[must_use]
    pub fn stream(room_id: RoomId) -> StreamId {
        StreamId {
            aggregate_type: Cow::Borrowed(ChatRoom::TYPE),
            aggregate_id: room_id.to_string(),
        }
    }

    /// The two who talk in a room; `None` if there is no such room. One read for a cold room.
    pub async fn participants(&self, room_id: RoomId) -> Result<Option<Participants>, ReadError> {
        if let Some(pair) = self.pairs.get(&room_id) {
            return Ok(Some(pair));
        }
        let first = self.log.read_stream(&Self::stream(room_id), 0, 1).await?;
        let Some(Ok(Event::ChatRoom(ChatRoomEvent::RoomOpened { patient_id, doctor_id }))) =
            first.first().map(|recorded| recorded.event())
        else {
            return Ok(None);
        };
        let pair = Participants { patient_id: *patient_id, doctor_id: *doctor_id };
        self.pairs.insert(room_id, pair);
        Ok(Some(pair))
    }

    /// Who wrote message `number`; `None` if there is no such message. One read.
    pub async fn author(
        &self,
        room_id: RoomId,
        number: u64,
    ) -> Result<Option<AccountId>, ReadError> {
        let Some(before) = number.checked_sub(1) else { return Ok(None) };
        let found = self.log.read_stream(&Self::stream(room_id), before, 1).await?;
        Ok(found.first().and_then(|recorded| match recorded.event() {
            Ok(Event::ChatRoom(ChatRoomEvent::MessagePosted { author_id, .. }))
                if recorded.sequence == number =>
            {
                Some(*author_id)
            }
            _ => None,
        }))
    }
}
