//! The messages of a room.

use super::answer::{Created, Json};
use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Body, Ids, Params};
use super::reasons::RestoreMessageReason;
use super::rooms::say;
use super::views::{self, MessageView};
use crate::app::App;
use crate::commands::Executed;
use crate::commands::conversation::Say;
use crate::disclosure::Look;
use crate::live::Cursor;
use crate::policy::AuthorisedRoom;
use anamnesis_domain::RoomId;
use anamnesis_domain::chat_room::{ChatRoom, Reaction};
use anamnesis_projections::conversations::{Anchor, message_history, message_page};
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// The most messages, or versions of one, of one page.
const PAGE_MAX: u32 = 200;

/// What was written: enough to find it again.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Written {
    /// Sequence of the event in the room; of a posted message, its number. Null when
    /// everything was so already.
    sequence: Option<u64>,
    /// The state that includes it.
    cursor: Option<Cursor>,
    recorded_at: Option<DateTime<Utc>>,
    /// Whether this is the result of an earlier attempt with the same `client_id`.
    replayed: bool,
}

impl Written {
    /// The result of a command.
    pub(super) fn of(app: &App, executed: &Executed) -> Self {
        let event = executed.events.first();
        Self {
            sequence: event.map(|event| event.sequence),
            cursor: event.map(|event| app.live.cursor(event.position)),
            recorded_at: event.map(|event| event.recorded_at),
            replayed: executed.replayed,
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// Only messages before this number.
    before: Option<u64>,
    /// Only messages after this number.
    after: Option<u64>,
    /// The message of this number in the middle.
    around: Option<u64>,
    /// The most of one page: 50 by default, at most 200.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Messages {
    #[serde(rename = "messages")]
    page: Vec<MessageView>,
    more_before: bool,
    more_after: bool,
}

/// A stretch of the conversation in the order of the numbers: by default the end, otherwise
/// before, after or around a number.
pub(super) async fn list_messages(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(room_id): Ids<RoomId>,
    Params(page): Params<Page>,
) -> Result<Json<Messages>, ApiError> {
    let room = caller.room(&app, room_id).await?;
    let anchor = match (page.before, page.after, page.around) {
        (None, None, None) => Anchor::Latest,
        (Some(number), None, None) => Anchor::Before(number),
        (None, Some(number), None) => Anchor::After(number),
        (None, None, Some(number)) => Anchor::Around(number),
        _ => {
            return Err(ApiError::new(
                StatusCode::BAD_REQUEST,
                "query_invalid",
                "give only one of before, after and around",
            ));
        }
    };
    let limit = page.limit.unwrap_or(50).clamp(1, PAGE_MAX);
    let page = message_page(&mut *app.pool.acquire().await?, room_id, anchor, limit).await?;
    let (more_before, more_after) = (page.more_before, page.more_after);
    let page = views::messages(&app, &caller, &room, page.messages).await?;
    Ok(Json(Messages { page, more_before, more_after }))
}

/// One message as it stands now.
pub(super) async fn read_message(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((room_id, number)): Ids<(RoomId, u64)>,
) -> Result<Json<MessageView>, ApiError> {
    let room = caller.room(&app, room_id).await?;
    one(&app, &caller, &room, number).await.map(Json)
}

async fn one(
    app: &App,
    caller: &Caller,
    room: &AuthorisedRoom,
    number: u64,
) -> Result<MessageView, ApiError> {
    let page =
        message_page(&mut *app.pool.acquire().await?, room.room_id(), Anchor::Around(number), 1)
            .await?;
    let found = page.messages.into_iter().filter(|message| message.sequence == number).collect();
    views::messages(app, caller, room, found).await?.pop().ok_or_else(no_message)
}

fn no_message() -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, "message_not_found", "the room has no such message")
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewMessage")]
pub(super) struct Post {
    #[schemars(example = &"Good morning.")]
    body: String,
    /// Makes it safe to send the same again.
    client_id: Option<Uuid>,
}

/// Says something. With a `client_id` it can be retried safely.
pub(super) async fn post_message(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(room_id): Ids<RoomId>,
    Body(Post { body, client_id }): Body<Post>,
) -> Result<Created<Json<Written>>, ApiError> {
    let written = say(&app, &caller, room_id, client_id, Say::Post { body }).await?;
    Ok(Created(written))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MessageEdit")]
pub(super) struct Edit {
    #[schemars(example = &"Good evening.")]
    body: String,
    /// The `version` that the editor saw; an outdated one is refused.
    based_on: Option<u64>,
    /// Makes it safe to send the same again.
    client_id: Option<Uuid>,
}

/// Replaces the words of an own message.
pub(super) async fn edit_message(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((room_id, number)): Ids<(RoomId, u64)>,
    Body(Edit { body, based_on, client_id }): Body<Edit>,
) -> Result<Json<Written>, ApiError> {
    say(&app, &caller, room_id, client_id, Say::Edit { number, body, based_on }).await
}

/// Takes an own message back.
pub(super) async fn retract_message(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((room_id, number)): Ids<(RoomId, u64)>,
) -> Result<Json<Written>, ApiError> {
    say(&app, &caller, room_id, None, Say::Retract { number }).await
}

/// Reacts to a message.
pub(super) async fn add_reaction(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((room_id, number, reaction)): Ids<(RoomId, u64, Reaction)>,
) -> Result<Json<Written>, ApiError> {
    say(&app, &caller, room_id, None, Say::AddReaction { number, reaction }).await
}

/// Takes an own reaction away.
pub(super) async fn remove_reaction(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((room_id, number, reaction)): Ids<(RoomId, u64, Reaction)>,
) -> Result<Json<Written>, ApiError> {
    say(&app, &caller, room_id, None, Say::RemoveReaction { number, reaction }).await
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MessageRestore")]
pub(super) struct Restore {
    reason: RestoreMessageReason,
}

/// Brings a retracted message back, without showing it to the administrator who does it.
pub(super) async fn restore_message(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((room_id, number)): Ids<(RoomId, u64)>,
    Body(Restore { reason }): Body<Restore>,
) -> Result<Json<Written>, ApiError> {
    let room = caller.room(&app, room_id).await?;
    let request = caller.request(None);
    let executed = app.conversations.restore(&request, &room, number, reason.code()).await?;
    app.settle(&executed).await;
    Ok(Json(Written::of(&app, &executed)))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VersionsPage {
    /// `next` of the page before.
    after: Option<u64>,
}

#[derive(Default, Serialize, JsonSchema)]
#[schemars(rename = "MessageVersions")]
pub(super) struct Versions {
    versions: Vec<VersionView>,
    /// Send it as `after` for the next page; null on the last.
    next: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MessageVersion")]
struct VersionView {
    version: u64,
    body: Option<String>,
    written_at: DateTime<Utc>,
}

/// The words of a message over time, the first first. Retracted and hidden ones have none to
/// show.
pub(super) async fn list_versions(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((room_id, number)): Ids<(RoomId, u64)>,
    Params(page): Params<VersionsPage>,
) -> Result<Json<Versions>, ApiError> {
    let authorised = caller.room(&app, room_id).await?;
    let message = one(&app, &caller, &authorised, number).await?;
    if message.retracted || message.hidden {
        return Ok(Json(Versions::default()));
    }
    let after = page.after.unwrap_or(0);
    let history = message_history(&app.pool, room_id, number, after, PAGE_MAX).await?;
    if message.edits == 0 && after < number {
        let only =
            VersionView { version: number, body: message.body, written_at: message.posted_at };
        return Ok(Json(Versions { versions: vec![only], next: None }));
    }
    let room = room_id.to_string();
    let sealed: Vec<_> = history.iter().map(|one| Some((room.clone(), &one.body))).collect();
    let look = Look::messages(&authorised.record(), number, number);
    let disclosure = app.gateway.disclose(&caller.request(None), vec![look]).await?;
    let gateway = &app.gateway;
    let bodies = views::open_all(gateway, &disclosure, ChatRoom::TYPE, "body", &sealed).await?;
    let versions = history
        .iter()
        .zip(bodies)
        .map(|(one, body)| VersionView { version: one.version, body, written_at: one.at })
        .collect();
    let full = history.len() == PAGE_MAX as usize;
    let next = history.last().map(|last| last.version).filter(|_| full);
    Ok(Json(Versions { versions, next }))
}
