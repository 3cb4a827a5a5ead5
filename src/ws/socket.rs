//! The life of one socket.
//!
//! Commands of one socket are carried out one after the other, so that what a client sends is
//! in the log in the order in which it was sent. Meanwhile nothing more is read: a client that
//! sends faster than its commands become durable is slowed down by its own connection.

use super::client_frame::Asked;
use super::{ClientFrame, FirstFrame, ServerFrame};
use crate::app::App;
use crate::auth::Redeemed;
use crate::commands::{Executed, Request};
use crate::http::error::ApiError;
use crate::live::{Ending, Item, Start, Subscription};
use crate::policy::{self, Action, Actor, AuthorisedRoom, Denied};
use anamnesis_domain::RoomId;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use axum::http::StatusCode;
use futures_util::SinkExt;
use secrecy::SecretString;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;
use uuid::Uuid;

/// How long a socket may take to say hello, and to take what is sent to it.
const HELLO_MAX: Duration = Duration::from_secs(10);
const SEND_MAX: Duration = Duration::from_secs(10);

type Answer = Pin<Box<dyn Future<Output = Utf8Bytes> + Send>>;

/// Serves a socket until either side ends it.
pub(super) async fn serve(
    app: Arc<App>,
    mut socket: WebSocket,
    request_id: Uuid,
    ticket: Option<SecretString>,
    waiting: OwnedSemaphorePermit,
) {
    let let_in = let_in(&app, &mut socket, ticket).await;
    drop(waiting);
    match let_in {
        Ok((actor, start, subscription)) => {
            let session = Session { app, actor, request_id, subscription };
            session.run(&mut socket, start).await;
        }
        Err(error) => {
            let frame = ServerFrame::Error { client_id: None, error: error.body(request_id) };
            let _ = timeout(SEND_MAX, socket.send(Message::Text(frame.text()))).await;
            close(&mut socket, close_code::POLICY, error.code()).await;
        }
    }
}

async fn let_in(
    app: &Arc<App>,
    socket: &mut WebSocket,
    offered: Option<SecretString>,
) -> Result<(Actor, Start, Subscription), ApiError> {
    let hello = timeout(HELLO_MAX, socket.recv()).await;
    let Ok(Some(Ok(Message::Text(text)))) = hello else { return Err(no_hello()) };
    let FirstFrame::Hello { ticket, after } =
        serde_json::from_str(&text).map_err(|_| no_hello())?;
    let ticket = offered.or(ticket).ok_or_else(|| {
        ApiError::new(StatusCode::UNAUTHORIZED, "ticket_missing", "a ticket is needed")
    })?;
    let Redeemed { session_id, account_id, role } = app.tickets.redeem(&ticket).await?;
    let actor = Actor { account_id, role, session_id: session_id.0 };
    policy::decide(&actor, Action::FollowEvents, policy::Resource::Own).require()?;
    let (start, subscription) = app.live.subscribe(&actor, after).await?;
    // Only now, as a place in the hub, does the socket hear of its session's end.
    if !app.revocations.is_active(session_id).await? {
        return Err(ApiError::session_revoked());
    }
    Ok((actor, start, subscription))
}

fn no_hello() -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "hello_expected", "the first frame must be a hello")
}

struct Session {
    app: Arc<App>,
    actor: Actor,
    request_id: Uuid,
    subscription: Subscription,
}

/// The socket is gone, or has been said goodbye to.
struct Over;

impl Session {
    async fn run(&self, socket: &mut WebSocket, start: Start) {
        let account_id = self.actor.account_id;
        let (welcome, missed) = match start {
            Start::Reset(cursor) => (ServerFrame::Reset { account_id, cursor }, Vec::new()),
            Start::Resumed { items, cursor } => {
                (ServerFrame::Welcome { account_id, cursor }, items)
            }
        };
        let welcome = Item::Passing(welcome.text());
        let first = std::iter::once(welcome).chain(missed);
        if self.send(socket, first).await.is_err() {
            return;
        }
        // The command that is being carried out.
        let mut running = None;
        while self.step(socket, &mut running).await.is_ok() {}
    }

    async fn step(&self, socket: &mut WebSocket, running: &mut Option<Answer>) -> Result<(), Over> {
        tokio::select! {
            (items, ending) = self.subscription.take() => {
                if ending != Some(Ending::SessionRevoked) {
                    self.send(socket, items).await?;
                }
                match ending {
                    Some(ending) => self.say_goodbye(socket, ending).await,
                    None => Ok(()),
                }
            }
            answer = carried_out(running), if running.is_some() => {
                *running = None;
                self.send(socket, std::iter::once(Item::Passing(answer))).await
            }
            received = socket.recv(), if running.is_none() => {
                self.subscription.heard();
                self.receive(socket, running, received).await
            }
        }
    }

    async fn receive(
        &self,
        socket: &mut WebSocket,
        running: &mut Option<Answer>,
        received: Option<Result<Message, axum::Error>>,
    ) -> Result<(), Over> {
        match received {
            Some(Ok(Message::Text(text))) => {
                *running = Some(self.carry_out(&text));
                Ok(())
            }
            Some(Ok(Message::Binary(_))) => {
                close(socket, close_code::UNSUPPORTED, "text_expected").await;
                Err(Over)
            }
            // Pings are answered by the library.
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
            Some(Ok(Message::Close(_))) | None => Err(Over),
            Some(Err(_)) => {
                // A frame over the limit, or no WebSocket any more.
                close(socket, close_code::SIZE, "frame_too_large").await;
                Err(Over)
            }
        }
    }

    /// Starts carrying a frame out. The answer is the frame to send back.
    fn carry_out(&self, text: &str) -> Answer {
        let (app, actor, request_id) = (Arc::clone(&self.app), self.actor, Uuid::now_v7());
        let asked = match serde_json::from_str::<ClientFrame>(text) {
            Ok(frame) => frame.sort(),
            Err(error) => {
                let answer = refused(&bad_frame(&error), client_id_of(text), request_id);
                return Box::pin(std::future::ready(answer));
            }
        };
        Box::pin(async move {
            match asked {
                Asked::Typing { room_id } => match room(&app, actor, Action::Type, room_id).await {
                    Ok(room) => {
                        app.live.typing(room_id, actor.account_id, room.other());
                        Utf8Bytes::default()
                    }
                    Err(error) => refused(&error, None, request_id),
                },
                Asked::Command { client_id, room_id, action, say } => {
                    let request = Request { actor, request_id, client_id: Some(client_id) };
                    let done = async {
                        let room = room(&app, actor, action, room_id).await?;
                        Ok(app.conversations.say(&request, &room, say).await?)
                    };
                    match done.await {
                        Ok(executed) => acknowledged(&app, client_id, &executed),
                        Err(error) => refused(&error, Some(client_id), request_id),
                    }
                }
            }
        })
    }

    /// Sends frames together. A client that does not take them in time is given up; one whose
    /// session ends meanwhile is broken off.
    async fn send(
        &self,
        socket: &mut WebSocket,
        items: impl IntoIterator<Item = Item>,
    ) -> Result<(), Over> {
        let sending = async {
            for item in items {
                match item {
                    Item::State(_, text) | Item::Passing(text) if text.is_empty() => {}
                    Item::State(_, text) | Item::Passing(text) => {
                        socket.feed(Message::Text(text)).await?;
                    }
                    Item::Ping => socket.feed(Message::Ping(axum::body::Bytes::new())).await?,
                }
            }
            socket.flush().await
        };
        tokio::select! {
            biased;
            () = self.subscription.revoked() => {}
            sent = timeout(SEND_MAX, sending) => {
                return sent.map_err(|_| Over)?.map_err(|_| Over);
            }
        }
        self.say_goodbye(socket, Ending::SessionRevoked).await
    }

    async fn say_goodbye(&self, socket: &mut WebSocket, ending: Ending) -> Result<(), Over> {
        tracing::debug!(code = ending.code(), request_id = %self.request_id, "a socket ends");
        let bye = ServerFrame::Bye { code: ending.code() };
        let _ = timeout(GOODBYE_MAX, socket.send(Message::Text(bye.text()))).await;
        let code = match ending {
            Ending::SessionRevoked => close_code::POLICY,
            Ending::TooSlow => close_code::AGAIN,
            Ending::Silent => close_code::NORMAL,
            Ending::Stopping => close_code::AWAY,
        };
        close(socket, code, ending.code()).await;
        Err(Over)
    }
}

/// How long a goodbye may take.
const GOODBYE_MAX: Duration = Duration::from_millis(250);

async fn carried_out(running: &mut Option<Answer>) -> Utf8Bytes {
    match running {
        Some(answer) => answer.await,
        None => std::future::pending().await,
    }
}

async fn room(
    app: &App,
    actor: Actor,
    action: Action,
    room_id: RoomId,
) -> Result<AuthorisedRoom, ApiError> {
    if !policy::may_ever(actor.role, action) {
        return Err(Denied::Forbidden.into());
    }
    let pair = app.live.rooms().participants(room_id).await?;
    Ok(policy::authorise_room(actor, action, room_id, pair)?)
}

fn acknowledged(app: &App, client_id: Uuid, executed: &Executed) -> Utf8Bytes {
    let event = executed.events.first();
    let ack = ServerFrame::Ack {
        client_id,
        sequence: event.map(|event| event.sequence),
        cursor: event.map(|event| app.live.cursor(event.position)),
        recorded_at: event.map(|event| event.recorded_at),
        replayed: executed.replayed,
    };
    ack.text()
}

fn refused(error: &ApiError, client_id: Option<Uuid>, request_id: Uuid) -> Utf8Bytes {
    ServerFrame::Error { client_id, error: error.body(request_id) }.text()
}

fn bad_frame(error: &serde_json::Error) -> ApiError {
    if error.is_data() {
        return ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "frame_invalid",
            "the frame's type or fields are not as documented",
        );
    }
    ApiError::new(StatusCode::BAD_REQUEST, "json_malformed", "the frame is not JSON")
}

/// The client's id of a frame that is otherwise wrong, so that its sender knows which it was.
fn client_id_of(text: &str) -> Option<Uuid> {
    #[derive(serde::Deserialize)]
    struct Only {
        client_id: Option<Uuid>,
    }
    serde_json::from_str::<Only>(text).ok()?.client_id
}

async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = CloseFrame { code, reason: reason.into() };
    let _ = timeout(GOODBYE_MAX, socket.send(Message::Close(Some(frame)))).await;
}
