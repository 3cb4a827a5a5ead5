//! That a record was opened under break-glass, told to the patient whose it is.

use super::audience::{Audience, Delivery};
use super::{Cursor, Live};
use anamnesis_domain::access_grant::{AccessGrant, AccessGrantEvent};
use anamnesis_domain::{AccountId, Event, GrantId};
use anamnesis_projections::log::{RecordedEvent, StreamId};
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use serde::Serialize;
use std::borrow::Cow;

/// What happened to a patient's record.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "docs/PROTOCOL.md specifies every field, with examples")]
pub enum Opened {
    RecordOpened { grant_id: GrantId, officer_id: AccountId, expires_at: DateTime<Utc> },
}

#[derive(Serialize)]
struct OpenedFrame {
    #[serde(flatten)]
    opened: Opened,
    at: DateTime<Utc>,
    cursor: Cursor,
}

/// The stream of a grant.
pub(super) fn stream(grant_id: GrantId) -> StreamId {
    StreamId { aggregate_type: Cow::Borrowed(AccessGrant::TYPE), aggregate_id: grant_id.to_string() }
}

impl Live {
    /// The event as the patient sees it; `None` where there is nothing to see.
    pub(super) fn render_grant(&self, recorded: &RecordedEvent) -> Option<Delivery> {
        let grant_id: GrantId = recorded.stream.aggregate_id.parse().ok()?;
        let Ok(Event::AccessGrant(AccessGrantEvent::AccessGranted {
            officer_id,
            patient_id,
            expires_at,
            ..
        })) = recorded.event()
        else {
            return None;
        };
        let (officer_id, expires_at) = (*officer_id, *expires_at);
        let opened = Opened::RecordOpened { grant_id, officer_id, expires_at };
        let cursor = self.cursor(recorded.position);
        let frame = OpenedFrame { opened, at: recorded.recorded_at, cursor };
        // A struct of ids and instants has no way to fail.
        let text = serde_json::to_string(&frame).unwrap_or_default();
        let audience = Audience::Own(*patient_id);
        Some(Delivery { position: recorded.position, text: text.into(), audience })
    }
}
