//! The chat list and what concerns a room as a whole.

use super::answer::{Accepted, Json};
use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Body, Ids, Params};
use super::messages::Written;
use super::views::{self, LastMessageView, PersonView, RoomView};
use crate::app::App;
use crate::commands::conversation::Say;
use anamnesis_domain::{AccountId, RoomId};
use anamnesis_projections::conversations::{self, Anchor, Chat, chat_list};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// The most rooms of one page.
const PAGE_MAX: u32 = 100;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// `next` of the page before.
    before: Option<u64>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Rooms {
    rooms: Vec<RoomView>,
    /// Send it as `before` for the next page; null on the last.
    next: Option<u64>,
}

/// The caller's rooms, the one with the latest message first.
pub(super) async fn list_rooms(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(page): Params<Page>,
) -> Result<Json<Rooms>, ApiError> {
    listed(&app, &caller, None, page).await
}

/// A body and no query: names are not for URLs, which are kept on their way.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RoomSearch")]
pub(super) struct Search {
    /// Beginnings of words of the other person's name.
    #[schemars(example = &"noor had")]
    name: String,
    /// `next` of the page before.
    before: Option<u64>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

/// The caller's rooms with those whose name begins so, the one with the latest message first.
pub(super) async fn search_rooms(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(search): Body<Search>,
) -> Result<Json<Rooms>, ApiError> {
    let Search { name, before, limit } = search;
    listed(&app, &caller, Some(&name), Page { before, limit }).await
}

async fn listed(
    app: &App,
    caller: &Caller,
    name: Option<&str>,
    page: Page,
) -> Result<Json<Rooms>, ApiError> {
    let limit = page.limit.unwrap_or(50).clamp(1, PAGE_MAX);
    let chats = chat_list(&app.pool, caller.actor.account_id, name, page.before, limit).await?;
    let full = chats.len() == limit as usize;
    let next = chats.last().map(|chat| chat.room.last_activity_position).filter(|_| full);
    Ok(Json(Rooms { rooms: views_of(app, caller, chats).await?, next }))
}

async fn views_of(app: &App, caller: &Caller, chats: Vec<Chat>) -> Result<Vec<RoomView>, ApiError> {
    let lasts = views::last_messages(app, caller, &chats).await?;
    let others: Vec<AccountId> = chats.iter().map(|chat| chat.other_id).collect();
    let mut people = people(app, &others).await?;
    let views = chats.iter().zip(lasts).map(|(chat, last)| {
        let other = people.remove(&chat.other_id).unwrap_or_else(|| unnamed(chat.other_id));
        let cursor = app.live.cursor(chat.room.last_position);
        views::room(&chat.room, other, last, chat.unread, cursor)
    });
    Ok(views.collect())
}

/// One room.
pub(super) async fn read_room(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(room_id): Ids<RoomId>,
) -> Result<Json<RoomView>, ApiError> {
    let authorised = caller.room(&app, room_id).await?;
    let found = conversations::room(&app.pool, room_id).await?;
    let found = found.ok_or_else(|| {
        ApiError::unavailable("read_models_lag", "the room is there; the server is catching up")
    })?;
    let unread = conversations::unread(&app.pool, room_id, caller.actor.account_id).await?;
    let last =
        conversations::message_page(&mut *app.pool.acquire().await?, room_id, Anchor::Latest, 1)
            .await?;
    let last = views::messages(&app, &caller, &authorised, last.messages).await?.pop();
    let last = last.map(|message| LastMessageView {
        number: message.number,
        author_id: message.author_id,
        posted_at: message.posted_at,
        body: message.body,
        retracted: message.retracted,
        hidden: message.hidden,
    });
    let other = authorised.other();
    let other = people(&app, &[other]).await?.remove(&other).unwrap_or_else(|| unnamed(other));
    let cursor = app.live.cursor(found.last_position);
    Ok(Json(views::room(&found, other, last, unread, cursor)))
}

async fn people(
    app: &App,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, PersonView>, ApiError> {
    let names = anamnesis_projections::accounts::names_of(&app.pool, accounts).await?;
    let online = app.live.online(accounts).await?;
    let person = |(account_id, name)| {
        (account_id, PersonView { account_id, name, online: online.contains(&account_id) })
    };
    Ok(names.into_iter().map(person).collect())
}

fn unnamed(account_id: AccountId) -> PersonView {
    PersonView { account_id, name: String::new(), online: false }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ReadThrough")]
pub(super) struct Through {
    /// The number of the last message.
    through: u64,
}

/// Everything up to `through` reached this device.
pub(super) async fn mark_delivered(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(room_id): Ids<RoomId>,
    Body(Through { through }): Body<Through>,
) -> Result<Json<Written>, ApiError> {
    say(&app, &caller, room_id, None, Say::MarkDelivered { through }).await
}

/// Everything up to `through` was seen.
pub(super) async fn mark_read(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(room_id): Ids<RoomId>,
    Body(Through { through }): Body<Through>,
) -> Result<Json<Written>, ApiError> {
    say(&app, &caller, room_id, None, Say::MarkRead { through }).await
}

/// Tells the other one that the caller is writing. Passing: nothing is stored.
pub(super) async fn tell_typing(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(room_id): Ids<RoomId>,
) -> Result<Accepted, ApiError> {
    let room = caller.room(&app, room_id).await?;
    app.live.typing(room_id, caller.actor.account_id, room.other());
    Ok(Accepted)
}

/// Ends the conversation.
pub(super) async fn close_room(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(room_id): Ids<RoomId>,
) -> Result<Json<Written>, ApiError> {
    say(&app, &caller, room_id, None, Say::Close).await
}

/// Lets the conversation go on.
pub(super) async fn reopen_room(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(room_id): Ids<RoomId>,
) -> Result<Json<Written>, ApiError> {
    say(&app, &caller, room_id, None, Say::Reopen).await
}

/// Lets a caller into a room, does what they ask, and waits until they can read it.
pub(super) async fn say(
    app: &App,
    caller: &Caller,
    room_id: RoomId,
    client_id: Option<Uuid>,
    say: Say,
) -> Result<Json<Written>, ApiError> {
    let room = caller.room(app, room_id).await?;
    let executed = app.conversations.say(&caller.request(client_id), &room, say).await?;
    app.settle(&executed).await;
    Ok(Json(Written::of(app, &executed)))
}
