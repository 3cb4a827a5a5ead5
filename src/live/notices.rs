//! What somebody has seen of their notices, told to all their devices. (A notice itself needs no
//! frame of its own: it is made of an event that has one.)

use super::audience::{Audience, Delivery};
use super::{Cursor, Live};
use anamnesis_domain::inbox::{Inbox, InboxEvent};
use anamnesis_domain::{AccountId, Event};
use anamnesis_projections::log::{RecordedEvent, StreamId};
use cqrs_es::Aggregate;
use serde::Serialize;
use std::borrow::Cow;

/// What happened to an inbox.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "docs/PROTOCOL.md specifies every field, with examples")]
pub enum Seen {
    NoticesSeen { through: Cursor },
}

#[derive(Serialize)]
struct SeenFrame {
    #[serde(flatten)]
    seen: Seen,
    cursor: Cursor,
}

/// The stream of an inbox.
pub(super) fn stream(account_id: AccountId) -> StreamId {
    StreamId { aggregate_type: Cow::Borrowed(Inbox::TYPE), aggregate_id: account_id.to_string() }
}

impl Live {
    /// The event as its owner sees it; `None` where there is nothing to see.
    pub(super) fn render_inbox(&self, recorded: &RecordedEvent) -> Option<Delivery> {
        let account_id: AccountId = recorded.stream.aggregate_id.parse().ok()?;
        let Ok(Event::Inbox(InboxEvent::NoticesSeen { through })) = recorded.event() else {
            return None;
        };
        let seen = Seen::NoticesSeen { through: self.cursor(*through) };
        let frame = SeenFrame { seen, cursor: self.cursor(recorded.position) };
        // A struct of cursors has no way to fail.
        let text = serde_json::to_string(&frame).unwrap_or_default();
        let audience = Audience::Own(account_id);
        Some(Delivery { position: recorded.position, text: text.into(), audience })
    }
}
