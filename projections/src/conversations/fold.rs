//! A batch folded in memory: what is to be written, once each.

use super::projection::RoomEvent;
use crate::number::bigint;
use crate::projection::ApplyError;
use anamnesis_domain::chat_room::{ChatRoomEvent as Event, HideDecision};
use anamnesis_domain::{AccountId, Sealed};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// Room → its patient.
pub(super) type Participants = HashMap<Uuid, Uuid>;
/// A message: its room and its number.
pub(super) type MessageKey = (Uuid, i64);
/// A reaction: message, account and name.
pub(super) type ReactionKey = (MessageKey, Uuid, &'static str);

/// A room opened in the batch.
pub(super) struct Opened {
    pub(super) room_id: Uuid,
    pub(super) patient_id: Uuid,
    pub(super) doctor_id: Uuid,
    pub(super) at: DateTime<Utc>,
    pub(super) position: i64,
}

/// What a batch changes in a room. Zero and `None` mean: as it was.
#[derive(Default)]
pub(super) struct RoomChange {
    pub(super) last_message: i64,
    pub(super) activity_position: i64,
    pub(super) activity_at: Option<DateTime<Utc>>,
    pub(super) last_position: i64,
    pub(super) closed: Option<bool>,
    pub(super) patient: Cursor,
    pub(super) doctor: Cursor,
}

/// How far a participant has come. Cursors only move forward.
#[derive(Default)]
pub(super) struct Cursor {
    pub(super) delivered: i64,
    pub(super) read: i64,
}

/// The words of a message from one event on.
#[derive(Clone, Copy)]
pub(super) struct Words<'e> {
    pub(super) version: i64,
    pub(super) body: &'e str,
    pub(super) event_id: Uuid,
    pub(super) at: DateTime<Utc>,
}

/// What a batch changes in a message, be it one that it also posted.
#[derive(Default)]
pub(super) struct MessageChange<'e> {
    pub(super) edits: i32,
    pub(super) words: Option<Words<'e>>,
    pub(super) retracted: Mark,
    pub(super) hidden: Mark,
}

/// Whether a batch retracted (or hid) a message or brought it back; the last word counts.
#[derive(Clone, Copy, Default)]
pub(super) enum Mark {
    #[default]
    AsItWas,
    Since(DateTime<Utc>),
    Gone,
}

impl Mark {
    pub(super) fn is_news(self) -> bool {
        !matches!(self, Self::AsItWas)
    }

    pub(super) fn since(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Since(at) => Some(at),
            Self::AsItWas | Self::Gone => None,
        }
    }
}

/// A message posted in the batch.
pub(super) struct Posted<'e> {
    pub(super) key: MessageKey,
    pub(super) author_id: Uuid,
    pub(super) position: i64,
    pub(super) words: Words<'e>,
}

/// A version of an edited message.
pub(super) struct Version<'e> {
    pub(super) key: MessageKey,
    pub(super) words: Words<'e>,
}

/// All that a batch comes to.
#[derive(Default)]
pub(super) struct Fold<'e> {
    pub(super) opened: Vec<Opened>,
    pub(super) rooms: HashMap<Uuid, RoomChange>,
    pub(super) posted: Vec<Posted<'e>>,
    pub(super) changed: HashMap<MessageKey, MessageChange<'e>>,
    pub(super) versions: Vec<Version<'e>>,
    /// Whether the reaction stands in the end.
    pub(super) reactions: HashMap<ReactionKey, bool>,
    patients: Participants,
}

impl<'e> Fold<'e> {
    pub(super) fn of(events: &[RoomEvent<'e>], patients: Participants) -> Result<Self, ApplyError> {
        let mut fold = Self { patients, ..Self::default() };
        for event in events {
            fold.add(event)?;
        }
        Ok(fold)
    }

    fn add(&mut self, event: &RoomEvent<'e>) -> Result<(), ApplyError> {
        let &RoomEvent { room_id, recorded, event } = event;
        let position = bigint(recorded.position);
        let room = self.rooms.entry(room_id).or_default();
        room.last_position = position;
        match event {
            Event::RoomOpened { patient_id, doctor_id } => {
                self.patients.insert(room_id, patient_id.0);
                self.opened.push(Opened {
                    room_id,
                    patient_id: patient_id.0,
                    doctor_id: doctor_id.0,
                    at: recorded.recorded_at,
                    position,
                });
            }
            Event::MessagePosted { author_id, body } => {
                let words = words(recorded, body);
                room.last_message = words.version;
                room.activity_position = position;
                room.activity_at = Some(words.at);
                let key = (room_id, words.version);
                self.posted.push(Posted { key, author_id: author_id.0, position, words });
            }
            Event::MessageEdited { message, body, .. } => {
                self.edit((room_id, bigint(*message)), words(recorded, body));
            }
            Event::MessageRetracted { message, .. } => {
                self.message((room_id, bigint(*message))).retracted =
                    Mark::Since(recorded.recorded_at);
            }
            Event::MessageRestored { message, .. } => {
                self.message((room_id, bigint(*message))).retracted = Mark::Gone;
            }
            Event::MessageHidden { message, .. } => {
                self.message((room_id, bigint(*message))).hidden =
                    Mark::Since(recorded.recorded_at);
            }
            Event::HiddenMessageDecided { message, decision, .. } => {
                if *decision == HideDecision::ShownAgain {
                    self.message((room_id, bigint(*message))).hidden = Mark::Gone;
                }
            }
            Event::ReactionAdded { message, by, reaction } => {
                let key = ((room_id, bigint(*message)), by.0, reaction.as_str());
                self.reactions.insert(key, true);
            }
            Event::ReactionRemoved { message, by, reaction } => {
                let key = ((room_id, bigint(*message)), by.0, reaction.as_str());
                self.reactions.insert(key, false);
            }
            Event::MessagesDelivered { by, through } => {
                self.cursor(room_id, *by)?.delivered = bigint(*through);
            }
            Event::MessagesRead { by, through } => {
                let cursor = self.cursor(room_id, *by)?;
                cursor.read = bigint(*through);
                cursor.delivered = cursor.delivered.max(bigint(*through));
            }
            Event::RoomClosed { .. } => room.closed = Some(true),
            Event::RoomReopened { .. } => room.closed = Some(false),
        }
        Ok(())
    }

    fn edit(&mut self, key: MessageKey, words: Words<'e>) {
        self.versions.push(Version { key, words });
        let change = self.message(key);
        change.edits += 1;
        change.words = Some(words);
    }

    fn message(&mut self, key: MessageKey) -> &mut MessageChange<'e> {
        self.changed.entry(key).or_default()
    }

    /// As the aggregate has it: who is not the patient is the doctor.
    fn cursor(&mut self, room_id: Uuid, by: AccountId) -> Result<&mut Cursor, ApplyError> {
        let patient = self.patients.get(&room_id);
        let patient = *patient.ok_or(ApplyError::Misfit("the room was never opened"))?;
        let room = self.rooms.entry(room_id).or_default();
        Ok(if by.0 == patient { &mut room.patient } else { &mut room.doctor })
    }
}

fn words<'e>(recorded: &'e crate::log::RecordedEvent, body: &'e Sealed) -> Words<'e> {
    Words {
        version: bigint(recorded.sequence),
        body: body.as_str(),
        event_id: recorded.event_id,
        at: recorded.recorded_at,
    }
}
