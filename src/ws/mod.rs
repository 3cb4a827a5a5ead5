//! The WebSocket `/ws/chat`: one socket per client, for all its rooms.
//!
//! `docs/PROTOCOL.md` specifies every frame. A socket is let in by a single-use ticket, in the
//! `Sec-WebSocket-Protocol` header or in the first frame, never by a token in the URL.

mod carry_out;
mod client_frame;
mod server_frame;
mod socket;

pub use client_frame::{ClientFrame, FirstFrame};
pub use server_frame::ServerFrame;

use crate::app::App;
use crate::http::RequestId;
use crate::http::error::ApiError;
use crate::http::openapi::{Input, Operation, Output};
use crate::http::origin_is_trusted;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;
use std::sync::Arc;

/// The protocol's name and version.
const PROTOCOL: &str = "anamnesis.v1";
/// Before a ticket that is offered as a protocol.
const TICKET_PREFIX: &str = "ticket.";
/// Small, because most sockets are idle; the default of 128 KiB is allocated at once.
const READ_BUFFER_BYTES: usize = 1 << 10;
/// Frames are written together up to this.
const WRITE_BUFFER_BYTES: usize = 4 << 10;
/// The most that is buffered for a socket beside its outbox.
const WRITE_BUFFER_BYTES_MAX: usize = 512 << 10;

/// A socket that is being opened.
pub(crate) struct Opening(Response);

impl IntoResponse for Opening {
    fn into_response(self) -> Response {
        self.0
    }
}

impl Output for Opening {
    fn describe(operation: &mut Operation<'_>, _: StatusCode) {
        operation.gives_nothing(StatusCode::SWITCHING_PROTOCOLS);
        operation.refuses(StatusCode::UPGRADE_REQUIRED);
    }
}

/// A request that may ask for a socket.
type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

impl Input for Upgrade {
    fn describe(_: &mut Operation<'_>) {}
}

/// Opens a socket: see `docs/PROTOCOL.md`.
pub(crate) async fn open_socket(
    State(app): State<Arc<App>>,
    RequestId(request_id): RequestId,
    headers: HeaderMap,
    upgrade: Upgrade,
) -> Result<Opening, ApiError> {
    if !origin_is_trusted(&headers, &app.config.http.allowed_origins) {
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "origin_not_allowed",
            "this page is not one of ours",
        ));
    }
    let upgrade = upgrade.map_err(|_| {
        ApiError::new(StatusCode::UPGRADE_REQUIRED, "websocket_expected", "this is a WebSocket")
    })?;
    let waiting = Arc::clone(&app.sockets_at_the_door).try_acquire_owned();
    let waiting = waiting.map_err(|_| ApiError::too_many_clients())?;
    let ticket = offered_ticket(&headers);
    // Twice what is taken: a frame that is somewhat too long is read, so that its sender is told
    // what is wrong; with unread bytes the connection would break before.
    let frame_bytes_max = app.config.limits.frame_bytes_max;
    let upgraded = upgrade
        .protocols([PROTOCOL])
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
        .max_message_size(frame_bytes_max * 2)
        .max_frame_size(frame_bytes_max * 2)
        .on_upgrade(move |socket| {
            socket::serve(app, Box::new(socket), request_id, ticket, waiting)
        });
    Ok(Opening(upgraded.into_response()))
}

fn offered_ticket(headers: &HeaderMap) -> Option<SecretString> {
    headers
        .get_all(header::SEC_WEBSOCKET_PROTOCOL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .find_map(|offer| offer.trim().strip_prefix(TICKET_PREFIX))
        .map(|ticket| ticket.to_owned().into())
}
