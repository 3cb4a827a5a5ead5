//! What the server sends, apart from the state frames of `live`.

use crate::http::error::ErrorBody;
use crate::live::Cursor;
use anamnesis_domain::AccountId;
use axum::extract::ws::Utf8Bytes;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

/// A frame for one client alone.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "docs/PROTOCOL.md specifies every field, with examples")]
pub enum ServerFrame<'a> {
    /// The client is let in, and what it missed after its own `cursor` follows.
    Welcome { account_id: AccountId, cursor: Cursor },
    /// The client is let in and starts anew: fetch what is shown, then go on from `cursor`.
    Reset { account_id: AccountId, cursor: Cursor },
    /// A command is durable. `sequence` and `cursor` are null when it was so already.
    Ack {
        client_id: Uuid,
        sequence: Option<u64>,
        cursor: Option<Cursor>,
        recorded_at: Option<DateTime<Utc>>,
        replayed: bool,
    },
    /// A frame was not carried out. `client_id` is null when none could be read from it.
    Error {
        client_id: Option<Uuid>,
        #[serde(flatten)]
        error: ErrorBody<'a>,
    },
    /// The server ends the socket; come back with the last cursor.
    Bye { code: &'a str },
}

impl ServerFrame<'_> {
    /// The frame as it is sent.
    #[must_use]
    pub fn text(&self) -> Utf8Bytes {
        // Ids, numbers and fixed texts have no way to fail.
        serde_json::to_string(self).unwrap_or_default().into()
    }
}
