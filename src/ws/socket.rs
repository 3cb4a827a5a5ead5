//! The life of one socket.
//!
//! Commands of one socket are carried out one after the other, so that what a client sends is
//! in the log in the order in which it was sent. Meanwhile nothing more is read: a client that
//! sends faster than its commands become durable is slowed down by its own connection. A command
//! runs as a task of its own: it may hold a room, which must not wait for this client to read.

use super::carry_out::{Answer, carry_out};
use super::{FirstFrame, ServerFrame};
use crate::app::App;
use crate::auth::Redeemed;
use crate::commands::Request;
use crate::http::caller::attempt;
use crate::http::error::ApiError;
use crate::http::router::ANSWER_MAX;
use crate::live::{Cursor, Ending, Item, Start, Subscription};
use crate::policy::{self, Action, Actor};
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use axum::http::StatusCode;
use futures_util::SinkExt;
use secrecy::SecretString;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;
use uuid::Uuid;

/// How long a socket may take to say hello, and to take a frame that is sent to it.
const HELLO_MAX: Duration = Duration::from_secs(10);
const SEND_MAX: Duration = Duration::from_secs(10);
/// How long the end of a socket waits for the answer to its last command.
const LAST_ANSWER_MAX: Duration = Duration::from_secs(5);
/// How long a goodbye may take, and how long the other side may take to say it too.
const GOODBYE_MAX: Duration = Duration::from_millis(250);

/// Serves a socket until either side ends it.
pub(super) async fn serve(
    app: Arc<App>,
    mut socket: Box<WebSocket>,
    request_id: Uuid,
    ticket: Option<SecretString>,
    waiting: OwnedSemaphorePermit,
) {
    // Boxed, like all that a socket does but waiting: a future is as large as the largest thing
    // it ever does, and most sockets are idle.
    let entering = Box::pin(timeout(ANSWER_MAX, let_in(&app, &mut socket, ticket, request_id)));
    let entered = tokio::select! {
        entered = entering => entered.unwrap_or_else(|_| Err(ApiError::timed_out())),
        () = app.stop.cancelled() => return Box::pin(say_goodbye(&mut socket, Ending::Stopping)).await,
    };
    drop(waiting);
    match entered {
        Ok((actor, start, subscription)) => {
            let session = Session { app, actor, request_id, subscription };
            session.run(&mut socket, start).await;
        }
        Err(error) => {
            Box::pin(turn_away(&mut socket, &error, request_id)).await;
        }
    }
}

async fn turn_away(socket: &mut WebSocket, error: &ApiError, request_id: Uuid) {
    let frame = ServerFrame::Error { client_id: None, error: error.body(request_id) };
    let _ = timeout(GOODBYE_MAX, socket.send(Message::Text(frame.text()))).await;
    let later = error.status().is_server_error() || error.status() == StatusCode::TOO_MANY_REQUESTS;
    let code = if later { close_code::AGAIN } else { close_code::POLICY };
    close(socket, code, error.code()).await;
}

async fn let_in(
    app: &Arc<App>,
    socket: &mut WebSocket,
    offered: Option<SecretString>,
    request_id: Uuid,
) -> Result<(Actor, Start, Subscription), ApiError> {
    let hello = timeout(HELLO_MAX, first_text(socket)).await;
    let Ok(Some(text)) = hello else { return Err(no_hello()) };
    let FirstFrame::Hello { ticket, after } =
        serde_json::from_str(&text).map_err(|_| no_hello())?;
    let after = after.map(|text| text.parse::<Cursor>()).transpose()?;
    let ticket = offered.or(ticket).ok_or_else(|| {
        ApiError::new(StatusCode::UNAUTHORIZED, "ticket_missing", "a ticket is needed")
    })?;
    let Redeemed { session_id, account_id, role } = app.tickets.redeem(&ticket).await?;
    let actor = Actor { account_id, role, session_id: session_id.0 };
    let request = Request { actor, request_id, client_id: None };
    let decision = policy::decide(&actor, Action::FollowEvents, policy::Resource::Own);
    if decision != policy::Decision::Allow {
        app.gateway.record_denial(&request, attempt(Action::FollowEvents, None)).await?;
    }
    decision.require()?;
    let known = app.live.known(after).await;
    let following = app.gateway.follow(&request, known).await?;
    let (start, subscription) = app.live.subscribe(&following, known).await?;
    // Only now, as a place in the hub, does the socket hear of its session's end.
    if !app.revocations.is_active(session_id).await? {
        return Err(ApiError::session_revoked());
    }
    Ok((actor, start, subscription))
}

/// The first frame; `None` when it is no text.
async fn first_text(socket: &mut WebSocket) -> Option<Utf8Bytes> {
    loop {
        match socket.recv().await? {
            Ok(Message::Text(text)) => return Some(text),
            Ok(Message::Ping(_) | Message::Pong(_)) => {}
            Ok(Message::Binary(_) | Message::Close(_)) | Err(_) => return None,
        }
    }
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
            Start::Resumed { from, items, .. } => {
                (ServerFrame::Welcome { account_id, cursor: from }, items)
            }
        };
        let welcome = Item::Passing(welcome.text());
        let first = std::iter::once(welcome).chain(missed);
        if Box::pin(self.send(socket, first)).await.is_err() {
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
                    Box::pin(self.send(socket, items)).await?;
                }
                match ending {
                    Some(ending) => Box::pin(self.end(socket, running, ending)).await,
                    None => Ok(()),
                }
            }
            answer = carried_out(running), if running.is_some() => {
                *running = None;
                Box::pin(self.answer(socket, answer)).await
            }
            received = socket.recv(), if running.is_none() => {
                self.subscription.heard();
                Box::pin(self.receive(socket, running, received)).await
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
                if text.len() > self.app.config.limits.frame_bytes_max {
                    close(socket, close_code::SIZE, "frame_too_large").await;
                    return Err(Over);
                }
                *running = Some(carry_out(&self.app, self.actor, &text));
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
                // A frame far over the limit, text that is no UTF-8, or no WebSocket any more.
                close(socket, close_code::PROTOCOL, "frame_unreadable").await;
                Err(Over)
            }
        }
    }

    /// Sends the answer to a command. There is none if the command panicked.
    async fn answer(&self, socket: &mut WebSocket, answer: Option<Utf8Bytes>) -> Result<(), Over> {
        let Some(text) = answer else {
            tracing::error!(request_id = %self.request_id, "a command panicked");
            close(socket, close_code::ERROR, "internal").await;
            return Err(Over);
        };
        self.send(socket, std::iter::once(Item::Passing(text))).await
    }

    /// The end, but for the answer to what the client asked last.
    async fn end(
        &self,
        socket: &mut WebSocket,
        running: &mut Option<Answer>,
        ending: Ending,
    ) -> Result<(), Over> {
        if running.is_some()
            && ending != Ending::SessionRevoked
            && let Ok(answer) = timeout(LAST_ANSWER_MAX, carried_out(running)).await
        {
            *running = None;
            self.answer(socket, answer).await?;
        }
        tracing::debug!(code = ending.code(), request_id = %self.request_id, "a socket ends");
        say_goodbye(socket, ending).await;
        Err(Over)
    }

    /// Sends frames together. A client that does not take a frame in time is given up; one whose
    /// session ends meanwhile is broken off.
    async fn send(
        &self,
        socket: &mut WebSocket,
        items: impl IntoIterator<Item = Item>,
    ) -> Result<(), Over> {
        let sending = async {
            for item in items {
                let message = match item {
                    Item::State(_, text) | Item::Passing(text) if text.is_empty() => continue,
                    Item::State(_, text) | Item::Passing(text) => Message::Text(text),
                    Item::Ping => Message::Ping(axum::body::Bytes::new()),
                };
                in_time(socket.feed(message)).await?;
            }
            in_time(socket.flush()).await
        };
        tokio::select! {
            biased;
            () = self.subscription.revoked() => {}
            sent = sending => return sent,
        }
        say_goodbye(socket, Ending::SessionRevoked).await;
        Err(Over)
    }
}

async fn in_time(sending: impl Future<Output = Result<(), axum::Error>>) -> Result<(), Over> {
    timeout(SEND_MAX, sending).await.map_err(|_| Over)?.map_err(|_| Over)
}

async fn carried_out(running: &mut Option<Answer>) -> Option<Utf8Bytes> {
    match running {
        Some(answer) => answer.await.ok(),
        None => std::future::pending().await,
    }
}

async fn say_goodbye(socket: &mut WebSocket, ending: Ending) {
    let bye = ServerFrame::Bye { code: ending.code() };
    let _ = timeout(GOODBYE_MAX, socket.send(Message::Text(bye.text()))).await;
    let code = match ending {
        Ending::SessionRevoked => close_code::POLICY,
        Ending::TooSlow => close_code::AGAIN,
        Ending::Silent => close_code::NORMAL,
        Ending::Stopping => close_code::AWAY,
    };
    close(socket, code, ending.code()).await;
}

async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = CloseFrame { code, reason: reason.into() };
    let _ = timeout(GOODBYE_MAX, socket.send(Message::Close(Some(frame)))).await;
    // What is still unread when the connection goes would take the goodbye along.
    let rest = async { while let Some(Ok(_)) = socket.recv().await {} };
    let _ = timeout(GOODBYE_MAX, rest).await;
}
