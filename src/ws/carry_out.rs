//! What becomes of one frame of a client: carried out, or refused in words.

use super::client_frame::Asked;
use super::{ClientFrame, ServerFrame};
use crate::app::App;
use crate::commands::{Executed, Request};
use crate::http::caller::attempt;
use crate::http::error::ApiError;
use crate::http::router::ANSWER_MAX;
use crate::policy::{self, Action, Actor, AuthorisedRoom, Denied};
use anamnesis_domain::RoomId;
use anamnesis_domain::session::RecordKind;
use axum::extract::ws::Utf8Bytes;
use axum::http::StatusCode;
use std::sync::Arc;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use uuid::Uuid;

/// A command that is being carried out. It is carried out also when nobody waits any more.
pub(super) type Answer = JoinHandle<Utf8Bytes>;

/// Starts carrying a frame out. The answer is the frame to send back; empty, if there is none.
pub(super) fn carry_out(app: &Arc<App>, actor: Actor, text: &str) -> Answer {
    let (app, request_id) = (Arc::clone(app), Uuid::now_v7());
    let asked = match serde_json::from_str::<ClientFrame>(text) {
        Ok(frame) => frame.sort(),
        Err(error) => {
            let answer = refused(&bad_frame(&error), client_id_of(text), request_id);
            return tokio::spawn(std::future::ready(answer));
        }
    };
    tokio::spawn(async move {
        let client_id = asked.client_id();
        let request = Request { actor, request_id, client_id };
        let answer = timeout(ANSWER_MAX, answer_to(&app, &request, asked)).await;
        let answer = answer.unwrap_or_else(|_| Err(ApiError::timed_out()));
        answer.unwrap_or_else(|error| refused(&error, client_id, request_id))
    })
}

async fn answer_to(app: &App, request: &Request, asked: Asked) -> Result<Utf8Bytes, ApiError> {
    let (room_id, action) = asked.aim();
    let done = async {
        let room = room(app, request, action, room_id).await?;
        match asked {
            Asked::Typing { room_id } => {
                app.live.typing(room_id, request.actor.account_id, room.other());
                Ok(Utf8Bytes::default())
            }
            Asked::Command { client_id, say, .. } => {
                let executed = app.conversations.say(request, &room, say).await?;
                Ok(acknowledged(app, client_id, &executed))
            }
        }
    };
    match done.await {
        Ok(answer) => Ok(answer),
        Err(error) => Err(noted(app, request, action, room_id, error).await),
    }
}

/// The room, for one action.
async fn room(
    app: &App,
    request: &Request,
    action: Action,
    room_id: RoomId,
) -> Result<AuthorisedRoom, ApiError> {
    let pair = app.live.rooms().participants(room_id).await?;
    let authorised = if policy::may_ever(request.actor.role, action) {
        policy::authorise_room(request.actor, action, room_id, pair, None)
    } else {
        Err(Denied::Forbidden)
    };
    Ok(authorised?)
}

/// An attempt that is not allowed is written down before it is refused. What to answer: where it
/// can not be written down, that.
async fn noted(
    app: &App,
    request: &Request,
    action: Action,
    room_id: RoomId,
    error: ApiError,
) -> ApiError {
    if !error.is_denial() {
        return error;
    }
    let attempt = attempt(action, Some((RecordKind::Messages, room_id.0)));
    match app.gateway.record_denial(request, attempt).await {
        Ok(()) => error,
        Err(unwritten) => unwritten.into(),
    }
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
