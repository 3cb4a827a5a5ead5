//! A conversation as it was.

use super::people::DeletionThen;
use super::shown::{Placed, Showing, Shown};
use crate::http::error::ApiError;
use crate::http::views::{ReactionView, ReceiptsView};
use anamnesis_domain::chat_room::ChatRoom;
use anamnesis_domain::{AccountId, RoomId};
use anamnesis_projections::conversations::{Message, MessagePage, Room};
use anamnesis_projections::deleted_items::DeletedItem;
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use schemars::JsonSchema;
use serde::Serialize;

/// A conversation.
#[derive(Serialize, JsonSchema)]
pub(super) struct RoomThen {
    room_id: RoomId,
    patient_id: AccountId,
    doctor_id: AccountId,
    opened_at: DateTime<Utc>,
    last_activity_at: DateTime<Utc>,
    closed: bool,
    receipts: ReceiptsView,
    unread: UnreadThen,
    messages: Vec<MessageThen>,
    more_before: bool,
    more_after: bool,
}

/// How many messages waited for each; at most 100, which stands for 100 or more.
#[derive(Serialize, JsonSchema)]
struct UnreadThen {
    patient: u64,
    doctor: u64,
}

/// A message.
#[derive(Serialize, JsonSchema)]
struct MessageThen {
    number: u64,
    author_id: AccountId,
    posted_at: DateTime<Utc>,
    /// Where its posting stands in the log.
    position: u64,
    /// Null when it was retracted or hidden.
    body: Option<Shown<String>>,
    /// Sequence at which these words were written.
    version: u64,
    edits: u32,
    edited_at: Option<DateTime<Utc>>,
    /// Null unless it was retracted, and not hidden.
    retracted: Option<DeletionThen>,
    /// Whether it was hidden from both, because it was reported.
    hidden: bool,
    reactions: Vec<ReactionView>,
}

pub(super) async fn room(
    showing: Showing<'_>,
    room: &Room,
    page: MessagePage,
    (patient, doctor): (u64, u64),
    retracted: &[DeletedItem],
) -> Result<RoomThen, ApiError> {
    let stream = room.room_id.to_string();
    let placed: Vec<Placed<'_>> = page
        .messages
        .iter()
        .map(|message| Some(("body".to_owned(), message.body.as_ref()?)))
        .collect();
    let bodies = showing.texts((ChatRoom::TYPE, &stream), &placed).await?;
    drop(placed);
    let messages = page.messages.into_iter().zip(bodies);
    Ok(RoomThen {
        room_id: room.room_id,
        patient_id: room.patient_id,
        doctor_id: room.doctor_id,
        opened_at: room.opened_at,
        last_activity_at: room.last_activity_at,
        closed: room.closed,
        receipts: ReceiptsView::of(room),
        unread: UnreadThen { patient, doctor },
        messages: messages.map(|(one, body)| message(one, body, retracted)).collect(),
        more_before: page.more_before,
        more_after: page.more_after,
    })
}

fn message(one: Message, body: Option<Shown<String>>, retracted: &[DeletedItem]) -> MessageThen {
    let taken_back = retracted.iter().find(|item| item.number == one.sequence && !one.is_hidden);
    MessageThen {
        number: one.sequence,
        author_id: one.author_id,
        posted_at: one.posted_at,
        position: one.position,
        body,
        version: one.version,
        edits: one.edits,
        edited_at: one.edited_at,
        retracted: taken_back.map(DeletionThen::from),
        hidden: one.is_hidden,
        reactions: one.reactions.into_iter().map(ReactionView::from).collect(),
    }
}
