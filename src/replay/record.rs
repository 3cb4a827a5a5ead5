//! The one form of which every output is made.

use super::{ReplayError, veil};
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::log::{RecordedEvent, StreamId};
use chrono::{DateTime, SecondsFormat, Utc};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt::Write;
use uuid::Uuid;

/// An event without what people wrote.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ReplayedEvent")]
pub struct Record<'a> {
    /// Where it stands in the log.
    pub position: u64,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// What it belongs to, as TYPE/ID.
    #[serde(serialize_with = "as_text")]
    #[schemars(with = "String")]
    pub stream: &'a StreamId,
    /// Where it stands in its stream.
    pub sequence: u64,
    /// Its own id.
    pub event_id: Uuid,
    /// What happened, by its type.
    pub event: &'a str,
    /// The version of the type.
    pub version: &'a str,
    /// Who did it; null when the installation itself did.
    pub actor_id: Option<AccountId>,
    /// Their role at that time.
    pub actor_role: Option<Role>,
    /// The session in which they did it.
    pub session_id: Option<Uuid>,
    /// The request that carried it.
    pub request_id: Option<Uuid>,
    /// The first request of the chain that led to it.
    pub correlation_id: Option<Uuid>,
    /// The event that led to it, where the server acted.
    pub causation_id: Option<Uuid>,
    /// The coded reason, where one was given.
    pub reason: Option<String>,
    /// Its RFC 6962 leaf hash, in hexadecimal.
    pub leaf_hash: String,
    /// In exports, and where it was asked for: what happened, for people. Not there for an event of a newer version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// What happened to what. `‹sealed›` stands where somebody wrote something.
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub fields: Cow<'a, RawValue>,
}

/// The names of a record's fields, in their order.
pub(super) const NAMES: [&str; 17] = [
    "position",
    "recorded_at",
    "stream",
    "sequence",
    "event_id",
    "event",
    "version",
    "actor_id",
    "actor_role",
    "session_id",
    "request_id",
    "correlation_id",
    "causation_id",
    "reason",
    "leaf_hash",
    "words",
    "fields",
];

impl<'a> Record<'a> {
    /// Makes it of an event. The event itself is not decoded, so types of later versions are
    /// told as well.
    pub fn of(event: &'a RecordedEvent) -> Result<Self, ReplayError> {
        let unreadable = |_| ReplayError::Unreadable { position: event.position };
        let metadata = event.metadata().map_err(unreadable)?;
        Ok(Self {
            position: event.position,
            recorded_at: event.recorded_at,
            stream: &event.stream,
            sequence: event.sequence,
            event_id: event.event_id,
            event: &event.event_type,
            version: &event.event_version,
            actor_id: metadata.actor_id,
            actor_role: metadata.actor_role,
            session_id: metadata.session_id,
            request_id: metadata.request_id,
            correlation_id: metadata.correlation_id,
            causation_id: metadata.causation_id,
            reason: metadata.reason,
            leaf_hash: hexadecimal(&event.leaf_hash),
            words: None,
            fields: veil::fields(&event.event_type, &event.payload).map_err(unreadable)?,
        })
    }

    /// Its values as texts, in the order of [`NAMES`]; what is not there is empty.
    pub(super) fn cells(&self) -> [Cow<'_, str>; NAMES.len()] {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default().into();
        [
            self.position.to_string().into(),
            self.recorded_at.to_rfc3339_opts(SecondsFormat::AutoSi, true).into(),
            self.stream.to_string().into(),
            self.sequence.to_string().into(),
            self.event_id.to_string().into(),
            self.event.into(),
            self.version.into(),
            id(self.actor_id.map(|id| id.0)),
            self.actor_role.map(Role::as_str).unwrap_or_default().into(),
            id(self.session_id),
            id(self.request_id),
            id(self.correlation_id),
            id(self.causation_id),
            self.reason.as_deref().unwrap_or_default().into(),
            self.leaf_hash.as_str().into(),
            self.words.as_deref().unwrap_or_default().into(),
            self.fields.get().into(),
        ]
    }
}

fn as_text<S: Serializer>(stream: &StreamId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(stream)
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
