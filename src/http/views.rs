//! What the API shows of rooms and messages, opened for those who were let in.

use super::caller::Caller;
use super::error::ApiError;
use crate::app::App;
use crate::disclosure::{Disclosure, Gateway, Look};
use crate::live::Cursor;
use crate::policy::AuthorisedRoom;
use crate::sealing::{OpenError, SealedAt};
use anamnesis_domain::chat_room::ChatRoom;
use anamnesis_domain::{AccountId, RoomId, Sealed};
use anamnesis_projections::SealedText;
use anamnesis_projections::conversations::{Chat, Message, MessageReaction, Receipts, Room};
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use schemars::JsonSchema;
use serde::Serialize;
use zeroize::Zeroizing;

/// A person as others see them.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PersonWithPresence")]
pub(super) struct PersonView {
    pub account_id: AccountId,
    /// Empty once it was erased.
    pub name: String,
    /// Connected right now.
    pub online: bool,
}

/// A room as one of its participants sees it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Room")]
pub(super) struct RoomView {
    pub room_id: RoomId,
    pub patient_id: AccountId,
    pub doctor_id: AccountId,
    pub other: PersonView,
    pub opened_at: DateTime<Utc>,
    pub last_activity_at: DateTime<Utc>,
    pub closed: bool,
    pub last_message: Option<LastMessageView>,
    /// At most 100, which stands for 100 or more.
    pub unread: u64,
    pub receipts: ReceiptsView,
    /// The state of the room is that of this position.
    pub cursor: Cursor,
}

/// How far both have come.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Receipts")]
pub(super) struct ReceiptsView {
    pub patient: ReceiptView,
    pub doctor: ReceiptView,
}

/// Message numbers; 0 before the first.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Receipt")]
pub(super) struct ReceiptView {
    pub delivered: u64,
    pub read: u64,
}

impl ReceiptsView {
    pub(super) fn of(room: &Room) -> Self {
        Self { patient: room.patient.into(), doctor: room.doctor.into() }
    }
}

impl From<MessageReaction> for ReactionView {
    fn from(one: MessageReaction) -> Self {
        Self { by: one.account_id, reaction: one.reaction }
    }
}

impl From<Receipts> for ReceiptView {
    fn from(receipts: Receipts) -> Self {
        Self { delivered: receipts.delivered, read: receipts.read }
    }
}

/// What was said last.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LastMessage")]
pub(super) struct LastMessageView {
    pub number: u64,
    pub author_id: AccountId,
    pub posted_at: DateTime<Utc>,
    /// Null when it was retracted, is hidden, or was erased.
    pub body: Option<String>,
    pub retracted: bool,
    /// It was reported and is not shown to anybody.
    pub hidden: bool,
}

/// A message as it stands now.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Message")]
pub(super) struct MessageView {
    pub number: u64,
    pub author_id: AccountId,
    pub posted_at: DateTime<Utc>,
    /// Null when it was retracted, is hidden, or was erased.
    pub body: Option<String>,
    /// Sequence at which the present words were written; send it back as `based_on`.
    pub version: u64,
    pub edits: u32,
    pub edited_at: Option<DateTime<Utc>>,
    pub retracted: bool,
    /// It was reported and is not shown to anybody; nothing else is said of it.
    pub hidden: bool,
    pub reactions: Vec<ReactionView>,
}

/// A reaction that stands.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MessageReaction")]
pub(super) struct ReactionView {
    pub by: AccountId,
    pub reaction: String,
}

/// Opens words that are shown in a page, in order; null for those that are absent or erased.
pub(super) async fn open_all(
    gateway: &Gateway,
    disclosure: &Disclosure,
    aggregate_type: &str,
    field: &str,
    items: &[Option<(impl AsRef<str>, &SealedText)>],
) -> Result<Vec<Option<String>>, ApiError> {
    let present: Vec<_> = items
        .iter()
        .flatten()
        .map(|(aggregate_id, text)| {
            let aggregate_id = aggregate_id.as_ref();
            let at = SealedAt { event_id: text.event_id, aggregate_type, aggregate_id, field };
            (at, &text.sealed)
        })
        .collect();
    let mut opened = gateway.open_many(disclosure, &present).await.into_iter();
    in_clear(items.iter().map(|item| item.as_ref().and_then(|_| opened.next())))
}

/// The same of words of different fields: where each was sealed comes with it.
pub(super) async fn open_placed(
    gateway: &Gateway,
    disclosure: &Disclosure,
    items: &[Option<(SealedAt<'_>, &Sealed)>],
) -> Result<Vec<Option<String>>, ApiError> {
    let present: Vec<_> = items.iter().flatten().copied().collect();
    let mut opened = gateway.open_many(disclosure, &present).await.into_iter();
    in_clear(items.iter().map(|item| item.as_ref().and_then(|_| opened.next())))
}

/// What was opened, in order.
pub(super) fn in_clear(
    opened: impl Iterator<Item = Option<Result<Zeroizing<Vec<u8>>, OpenError>>>,
) -> Result<Vec<Option<String>>, ApiError> {
    opened
        .map(|opened| match opened {
            None | Some(Err(OpenError::Erased)) => Ok(None),
            Some(Ok(mut bytes)) => Ok(String::from_utf8(std::mem::take(&mut *bytes)).ok()),
            Some(Err(error)) => Err(unreadable(&error)),
        })
        .collect()
}

fn unreadable(error: &OpenError) -> ApiError {
    tracing::error!(code = error.code(), "sealed content can not be opened");
    ApiError::unavailable("content_unreadable", "the content can not be opened at the moment")
}

/// Messages with their words.
pub(super) async fn messages(
    app: &App,
    caller: &Caller,
    room: &AuthorisedRoom,
    messages: Vec<Message>,
) -> Result<Vec<MessageView>, ApiError> {
    let with_words = || messages.iter().filter(|message| message.body.is_some());
    let first = with_words().next().map(|message| message.sequence);
    let last = with_words().next_back().map(|message| message.sequence);
    let looks = first.zip(last).map(|(from, to)| Look::messages(&room.record(), from, to));
    let request = caller.request(None);
    let disclosure = app.gateway.disclose(&request, looks.into_iter().collect()).await?;
    let room = room.room_id().to_string();
    let sealed: Vec<_> =
        messages.iter().map(|message| Some((&room, message.body.as_ref()?))).collect();
    let bodies = open_all(&app.gateway, &disclosure, ChatRoom::TYPE, "body", &sealed).await?;
    drop(sealed);
    let views = messages.into_iter().zip(bodies).map(|(message, body)| MessageView {
        number: message.sequence,
        author_id: message.author_id,
        posted_at: message.posted_at,
        body,
        version: message.version,
        edits: message.edits,
        edited_at: message.edited_at,
        retracted: message.retracted_at.is_some(),
        hidden: message.is_hidden,
        reactions: message.reactions.into_iter().map(ReactionView::from).collect(),
    });
    Ok(views.collect())
}

/// Last messages of a page of rooms, with their words.
pub(super) async fn last_messages(
    app: &App,
    caller: &Caller,
    chats: &[Chat],
) -> Result<Vec<Option<LastMessageView>>, ApiError> {
    let mut looks = Vec::new();
    for chat in chats {
        let with_words = chat.last_message.as_ref().filter(|last| last.body.is_some());
        if let Some(last) = with_words {
            let room = caller.room(app, chat.room.room_id).await?;
            looks.push(Look::messages(&room.record(), last.sequence, last.sequence));
        }
    }
    let disclosure = app.gateway.disclose(&caller.request(None), looks).await?;
    let sealed: Vec<_> = chats
        .iter()
        .map(|chat| {
            let body = chat.last_message.as_ref()?.body.as_ref()?;
            Some((chat.room.room_id.to_string(), body))
        })
        .collect();
    let bodies = open_all(&app.gateway, &disclosure, ChatRoom::TYPE, "body", &sealed).await?;
    let views = chats.iter().zip(bodies).map(|(chat, body)| {
        chat.last_message.as_ref().map(|last| LastMessageView {
            number: last.sequence,
            author_id: last.author_id,
            posted_at: last.posted_at,
            body,
            retracted: last.body.is_none() && !last.is_hidden,
            hidden: last.is_hidden,
        })
    });
    Ok(views.collect())
}

/// A room for one of its participants.
pub(super) fn room(
    room: &Room,
    other: PersonView,
    last_message: Option<LastMessageView>,
    unread: u64,
    cursor: Cursor,
) -> RoomView {
    RoomView {
        room_id: room.room_id,
        patient_id: room.patient_id,
        doctor_id: room.doctor_id,
        other,
        opened_at: room.opened_at,
        last_activity_at: room.last_activity_at,
        closed: room.closed,
        last_message,
        unread,
        receipts: ReceiptsView::of(room),
        cursor,
    }
}
