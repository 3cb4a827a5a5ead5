//! The live feed without WebSocket: Server-Sent Events, long-poll and plain GET.

use super::answer::Json;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::Params;
use crate::app::App;
use crate::live::{Cursor, Ending, Item, Start, Subscription};
use crate::ws::ServerFrame;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// The longest that a poll waits.
const WAIT_MAX_S: u64 = 30;
/// How often an idle stream is kept alive.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Poll {
    /// The last cursor that the client has; without it, it starts anew.
    after: Option<String>,
    /// Seconds to wait for news, at most 30. 0 (the default) answers at once.
    #[serde(default)]
    wait: u64,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EventsPage")]
pub(super) struct Polled {
    /// Start anew: fetch what is shown, then go on from `cursor`.
    reset: bool,
    /// The frames, as they would come over a socket.
    #[schemars(with = "Vec<serde_json::Map<String, serde_json::Value>>")]
    frames: Vec<Box<RawValue>>,
    /// Send it as `after` the next time.
    cursor: Cursor,
}

/// What has happened since a cursor; waits for something if nothing has.
pub(super) async fn poll_events(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(poll): Params<Poll>,
) -> Result<Json<Polled>, ApiError> {
    let after = poll.after.map(|text| text.parse::<Cursor>()).transpose()?;
    let (start, subscription) = connect(&app, &caller, after).await?;
    // What is revoked from here on ends the wait; what was revoked before would not.
    require_session(&app, &caller).await?;
    let (items, cursor) = match start {
        Start::Reset(cursor) => {
            return Ok(Json(Polled { reset: true, frames: Vec::new(), cursor }));
        }
        Start::Resumed { items, through, .. } => (items, through),
    };
    let items = if items.is_empty() {
        let wait = Duration::from_secs(poll.wait.min(WAIT_MAX_S));
        news(&subscription, wait).await
    } else {
        items.into()
    };
    require_session(&app, &caller).await?;
    let cursor = last_position(&items).map_or(cursor, |position| app.live.cursor(position));
    let frames = items.into_iter().filter_map(text_of).collect::<Result<_, _>>();
    let frames = frames
        .map_err(|_| ApiError::unavailable("frame_invalid", "a frame could not be written"))?;
    Ok(Json(Polled { reset: false, frames, cursor }))
}

/// Writes down that the session follows, unless it only goes on, and connects it.
async fn connect(
    app: &Arc<App>,
    caller: &Caller,
    after: Option<Cursor>,
) -> Result<(Start, Subscription), ApiError> {
    let known = app.live.known(after).await;
    let following = app.gateway.follow(&caller.request(None), known).await?;
    Ok(app.live.subscribe(&following, known).await?)
}

/// Waits for frames that carry state; what merely passes does not end the wait.
async fn news(subscription: &Subscription, wait: Duration) -> VecDeque<Item> {
    let waited = timeout(wait, async {
        let mut gathered = VecDeque::new();
        loop {
            let (items, ending) = subscription.take().await;
            gathered.extend(items);
            if ending.is_some() || last_position(&gathered).is_some() {
                return gathered;
            }
        }
    });
    waited.await.unwrap_or_default()
}

/// The session may have ended since the caller was let in. Only once there is a place in the
/// hub does the client hear of that.
async fn require_session(app: &App, caller: &Caller) -> Result<(), ApiError> {
    if app.revocations.is_active(caller.claims.sid).await? {
        return Ok(());
    }
    Err(ApiError::session_revoked())
}

fn last_position(items: &VecDeque<Item>) -> Option<u64> {
    items.iter().rev().find_map(|item| match item {
        Item::State(position, _) => Some(*position),
        Item::Passing(_) | Item::Ping => None,
    })
}

fn text_of(item: Item) -> Option<serde_json::Result<Box<RawValue>>> {
    match item {
        Item::State(_, text) | Item::Passing(text) => {
            Some(RawValue::from_string(text.as_str().to_owned()))
        }
        Item::Ping => None,
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Follow {
    /// The last cursor that the client has. `Last-Event-ID` says the same.
    after: Option<String>,
}

/// The feed as Server-Sent Events: each frame is one event, as over a socket; the id of one that
/// moves the client on is its cursor.
pub(super) async fn stream_events(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
    Params(follow): Params<Follow>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok());
    let after = last.or(follow.after.as_deref());
    let after = after.map(str::parse::<Cursor>).transpose()?;
    let (start, subscription) = connect(&app, &caller, after).await?;
    require_session(&app, &caller).await?;
    let account_id = caller.actor.account_id;
    let (first, cursor, missed) = match start {
        Start::Reset(cursor) => (ServerFrame::Reset { account_id, cursor }, cursor, Vec::new()),
        Start::Resumed { from, items, .. } => {
            (ServerFrame::Welcome { account_id, cursor: from }, from, items)
        }
    };
    let first = Event::default().id(cursor.to_string()).data(first.text().as_str());
    let missed = missed.into_iter().map(|item| event(&app, item));
    let waiting = std::iter::once(first).chain(missed).collect();
    let feed = Feed { app, subscription, waiting, ending: None };
    let events = stream::unfold(feed, |mut feed| async {
        let event = feed.next().await?;
        Some((Ok(event), feed))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

struct Feed {
    app: Arc<App>,
    subscription: Subscription,
    waiting: VecDeque<Event>,
    ending: Option<Ending>,
}

impl Feed {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.subscription.is_revoked() && self.ending.is_none() {
                // What waits is not for a session that is over.
                self.waiting.clear();
            }
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.ending.is_some() {
                return None;
            }
            let (items, ending) = self.subscription.take().await;
            // Nothing is heard of an SSE client; that it takes what is sent is all there is.
            self.subscription.heard();
            if ending != Some(Ending::SessionRevoked) {
                let app = &self.app;
                self.waiting.extend(items.into_iter().map(|item| event(app, item)));
            }
            if let Some(ending) = ending {
                self.waiting.push_back(bye(ending));
                self.ending = Some(ending);
            }
        }
    }
}

fn event(app: &App, item: Item) -> Event {
    match item {
        Item::State(position, text) => {
            let id = app.live.cursor(position).to_string();
            Event::default().id(id).data(text.as_str())
        }
        Item::Passing(text) => Event::default().data(text.as_str()),
        Item::Ping => Event::default().comment("are you there?"),
    }
}

fn bye(ending: Ending) -> Event {
    Event::default().data(ServerFrame::Bye { code: ending.code() }.text().as_str())
}
