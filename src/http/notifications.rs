//! What the caller is told because something happened.

use super::answer::Json;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Body, Params, bad_page};
use super::messages::Written;
use crate::app::App;
use crate::live::{BadCursor, Cursor};
use crate::policy::{self, Action};
use anamnesis_domain::{AccountId, Role, RoomId};
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::conversations::chat_list;
use anamnesis_projections::notices::{self, ADMINISTRATORS, Notice, UNREAD_MAX};
use axum::extract::State;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// The most notices of one page, and the most rooms with unread messages beside them.
const PAGE_MAX: u32 = 100;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// `next` of the page before.
    before: Option<Cursor>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Notices {
    #[serde(rename = "notices")]
    page: Vec<NoticeView>,
    /// Send it as `before` for the next page; null on the last.
    next: Option<Cursor>,
    /// Notices that were not seen; at most 100, which stands for 100 or more.
    unread: u64,
    /// Conversations with messages that were not read, at most 100.
    messages: Vec<WaitingView>,
}

/// Something that the caller is told.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Notice")]
struct NoticeView {
    /// Names the notice. Sent to `/api/notifications/seen`, it and all before it are seen.
    cursor: Cursor,
    kind: String,
    at: DateTime<Utc>,
    /// The appointment, consultation, account or grant that it is about.
    about: Uuid,
    /// Null when the server did it by itself.
    from: Option<PersonView>,
    seen: bool,
}

#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "Person")]
pub(super) struct PersonView {
    account_id: AccountId,
    /// Empty once it was erased.
    name: String,
}

/// Messages that wait to be read.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WaitingMessages")]
struct WaitingView {
    room_id: RoomId,
    from: PersonView,
    unread: u64,
    last_at: DateTime<Utc>,
}

/// The caller's notices, the latest first. Looking does not make them seen.
pub(super) async fn list_notices(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(page): Params<Page>,
) -> Result<Json<Notices>, ApiError> {
    let limit = page.limit.unwrap_or(50).clamp(1, PAGE_MAX);
    let before = match page.before {
        Some(cursor) => app.live.known(Some(cursor)).await.ok_or_else(bad_page)?,
        None => u64::MAX,
    };
    let account_id = caller.actor.account_id;
    let seen = notices::seen_through(&app.pool, account_id).await?;
    let (mut found, mut unread) = (Vec::new(), 0);
    for audience in audiences(&caller) {
        found.extend(notices::notices(&app.pool, audience, before, limit).await?);
        unread += notices::unread(&app.pool, audience, seen).await?;
    }
    found.sort_unstable_by_key(|notice| std::cmp::Reverse(notice.position));
    found.truncate(limit as usize);
    let full = found.len() == limit as usize;
    let next = found.last().filter(|_| full).map(|last| app.live.cursor(last.position));
    let chats = if policy::may_ever(caller.actor.role, Action::ListRooms) {
        chat_list(&app.pool, account_id, None, None, PAGE_MAX).await?
    } else {
        Vec::new()
    };
    let waiting: Vec<_> = chats.into_iter().filter(|chat| chat.unread > 0).collect();
    let others = waiting.iter().map(|chat| chat.other_id);
    let people: Vec<_> = found.iter().filter_map(|notice| notice.from_id).chain(others).collect();
    let people = names_of(&app.pool, &people).await?;
    let messages = waiting.iter().map(|chat| WaitingView {
        room_id: chat.room.room_id,
        from: person(&people, chat.other_id),
        unread: chat.unread,
        last_at: chat.room.last_activity_at,
    });
    Ok(Json(Notices {
        next,
        unread: unread.min(UNREAD_MAX),
        messages: messages.collect(),
        page: found.into_iter().map(|notice| view(&app, &people, seen, notice)).collect(),
    }))
}

/// Whose notices the caller gets: their own, and what all administrators are told.
fn audiences(caller: &Caller) -> Vec<Uuid> {
    let own = caller.actor.account_id.0;
    if caller.actor.role == Role::Admin { vec![own, ADMINISTRATORS] } else { vec![own] }
}

fn view(app: &App, people: &HashMap<AccountId, String>, seen: u64, notice: Notice) -> NoticeView {
    NoticeView {
        cursor: app.live.cursor(notice.position),
        kind: notice.kind,
        at: notice.at,
        about: notice.about,
        from: notice.from_id.map(|id| person(people, id)),
        seen: notice.position <= seen,
    }
}

pub(super) fn person(people: &HashMap<AccountId, String>, account_id: AccountId) -> PersonView {
    let name = people.get(&account_id).cloned().unwrap_or_default();
    PersonView { account_id, name }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NoticesSeen")]
pub(super) struct Seen {
    /// The cursor of the last notice that was seen.
    through: Cursor,
}

/// Says that notices were seen. Saying so again, or of earlier ones, changes nothing.
pub(super) async fn see_notices(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(Seen { through }): Body<Seen>,
) -> Result<Json<Written>, ApiError> {
    let through = app.live.known(Some(through)).await.ok_or(BadCursor)?;
    let executed = app.inboxes.see(&caller.request(None), through).await?;
    app.settle(&executed).await;
    Ok(Json(Written::of(&app, &executed)))
}
