//! The rules of a conversation.

use super::report::Report;
use super::{ChatRoomCommand as Command, ChatRoomError as Error, ChatRoomEvent as Event};
use super::{HideDecision, HideReason, Reaction};
use crate::{AccountId, Root, Sealed, record};
use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The two who talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participants {
    /// The patient.
    pub patient_id: AccountId,
    /// The doctor.
    pub doctor_id: AccountId,
}

impl Participants {
    /// Whether this person takes part.
    #[must_use]
    pub fn includes(self, account: AccountId) -> bool {
        self.patient_id == account || self.doctor_id == account
    }
}

/// How far a participant has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    delivered: u64,
    read: u64,
}

/// A room's state: who, how far, and what was taken back. Never the messages, so that the
/// cost of a command does not grow with the conversation. Tombstones, reports, standing reactions
/// and the versions of edited messages are kept (a few bytes each), because a repeated or outdated
/// command must be recognised exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatRoom {
    participants: Option<Participants>,
    closed: bool,
    /// Events applied so far: the sequence of the last one.
    sequence: u64,
    last_message: u64,
    patient: Cursor,
    doctor: Cursor,
    retracted: BTreeSet<u64>,
    /// Message → its last report.
    reports: BTreeMap<u64, Report>,
    /// Message → sequence of its last edit.
    edited: BTreeMap<u64, u64>,
    reactions: BTreeSet<(u64, Reaction, AccountId)>,
}

impl Root for ChatRoom {
    const STATE_VERSION: i32 = 2;
}

impl Aggregate for ChatRoom {
    const TYPE: &'static str = "chat_room";
    type Command = Command;
    type Event = Event;
    type Error = Error;
    type Services = ();

    async fn handle(
        &mut self,
        command: Command,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), Error> {
        let events = self.decide(command)?;
        record(self, events.into_iter().collect(), sink).await;
        Ok(())
    }

    fn apply(&mut self, event: Event) {
        self.sequence += 1;
        match event {
            Event::RoomOpened { patient_id, doctor_id } => {
                self.participants = Some(Participants { patient_id, doctor_id });
            }
            Event::MessagePosted { .. } => self.last_message = self.sequence,
            Event::MessageEdited { message, .. } => {
                self.edited.insert(message, self.sequence);
            }
            Event::MessageRetracted { message, .. } => {
                self.retracted.insert(message);
            }
            Event::MessageRestored { message, .. } => {
                self.retracted.remove(&message);
            }
            Event::MessageHidden { message, author_id, .. } => {
                self.reports.insert(message, Report { author_id, decision: None });
            }
            Event::HiddenMessageDecided { message, author_id, decision, .. } => {
                self.reports.insert(message, Report { author_id, decision: Some(decision) });
            }
            Event::ReactionAdded { message, by, reaction } => {
                self.reactions.insert((message, reaction, by));
            }
            Event::ReactionRemoved { message, by, reaction } => {
                self.reactions.remove(&(message, reaction, by));
            }
            Event::MessagesDelivered { by, through } => self.cursor_of(by).delivered = through,
            Event::MessagesRead { by, through } => {
                let cursor = self.cursor_of(by);
                cursor.read = through;
                cursor.delivered = cursor.delivered.max(through);
            }
            Event::RoomClosed { .. } => self.closed = true,
            Event::RoomReopened { .. } => self.closed = false,
        }
    }
}

impl ChatRoom {
    /// Who talks here; `None` when the room was never opened.
    #[must_use]
    pub fn participants(&self) -> Option<Participants> {
        self.participants
    }

    /// At most one event follows from a command; none means that it was already so.
    fn decide(&self, command: Command) -> Result<Option<Event>, Error> {
        match command {
            Command::OpenRoom { patient_id, doctor_id } => self.open(patient_id, doctor_id),
            Command::PostMessage { by, body } => {
                self.require_open_to(by)?;
                Ok(Some(Event::MessagePosted { author_id: by, body }))
            }
            Command::EditMessage { by, message, author, body, based_on } => {
                self.require_open_to(by)?;
                self.require_own(by, message, author)?;
                self.require_visible(message)?;
                self.require_fresh(message, based_on)?;
                Ok(Some(Event::MessageEdited { message, by, body }))
            }
            Command::RetractMessage { by, message, author } => {
                self.require_participant(by)?;
                self.require_own(by, message, author)?;
                self.require_not_hidden(message)?;
                let already = self.retracted.contains(&message);
                Ok((!already).then_some(Event::MessageRetracted { message, by }))
            }
            Command::RestoreMessage { by, message } => self.restore(by, message),
            Command::HideMessage { by, message, author, reason } => {
                self.hide(by, message, author, reason)
            }
            Command::DecideHiddenMessage { by, message, decision, note } => {
                self.decide_hidden(by, message, decision, note)
            }
            Command::AddReaction { by, message, reaction } => {
                self.require_reactable(by, message)?;
                let already = self.reactions.contains(&(message, reaction, by));
                Ok((!already).then_some(Event::ReactionAdded { message, by, reaction }))
            }
            Command::RemoveReaction { by, message, reaction } => {
                self.require_reactable(by, message)?;
                let stands = self.reactions.contains(&(message, reaction, by));
                Ok(stands.then_some(Event::ReactionRemoved { message, by, reaction }))
            }
            Command::MarkDelivered { by, through } => {
                let cursor = self.require_cursor(by, through)?;
                let news = through > cursor.delivered;
                Ok(news.then_some(Event::MessagesDelivered { by, through }))
            }
            Command::MarkRead { by, through } => {
                let cursor = self.require_cursor(by, through)?;
                let news = through > cursor.read;
                Ok(news.then_some(Event::MessagesRead { by, through }))
            }
            Command::CloseRoom { by } => {
                self.require_participant(by)?;
                Ok((!self.closed).then_some(Event::RoomClosed { by }))
            }
            Command::ReopenRoom { by } => {
                self.require_participant(by)?;
                Ok(self.closed.then_some(Event::RoomReopened { by }))
            }
        }
    }

    fn open(&self, patient_id: AccountId, doctor_id: AccountId) -> Result<Option<Event>, Error> {
        if patient_id == doctor_id {
            return Err(Error::SamePerson);
        }
        match self.participants {
            None => Ok(Some(Event::RoomOpened { patient_id, doctor_id })),
            Some(pair) if pair == (Participants { patient_id, doctor_id }) => Ok(None),
            Some(_) => Err(Error::AnotherPair),
        }
    }

    /// Restoring is an administrator's, who is no participant: the policy decides who may.
    fn restore(&self, by: AccountId, message: u64) -> Result<Option<Event>, Error> {
        self.participants.ok_or(Error::NotFound)?;
        self.require_message(message)?;
        self.require_not_hidden(message)?;
        let retracted = self.retracted.contains(&message);
        Ok(retracted.then_some(Event::MessageRestored { message, by }))
    }

    /// Hiding is an administrator's as well. What was shown again can be reported again.
    fn hide(
        &self,
        by: AccountId,
        message: u64,
        author_id: AccountId,
        reason: HideReason,
    ) -> Result<Option<Event>, Error> {
        self.participants.ok_or(Error::NotFound)?;
        self.require_message(message)?;
        let already = self.is_hidden(message);
        Ok((!already).then_some(Event::MessageHidden { message, author_id, by, reason }))
    }

    /// Deciding is a compliance officer's. A decision stands.
    fn decide_hidden(
        &self,
        by: AccountId,
        message: u64,
        decision: HideDecision,
        note: Sealed,
    ) -> Result<Option<Event>, Error> {
        self.participants.ok_or(Error::NotFound)?;
        self.require_message(message)?;
        let Report { author_id, decision: before } =
            *self.reports.get(&message).ok_or(Error::NotReported)?;
        match before {
            None => {
                Ok(Some(Event::HiddenMessageDecided { message, author_id, by, decision, note }))
            }
            Some(before) if before == decision => Ok(None),
            Some(_) => Err(Error::Decided),
        }
    }

    fn is_hidden(&self, message: u64) -> bool {
        self.reports.get(&message).is_some_and(|report| report.is_hidden())
    }

    fn require_participant(&self, by: AccountId) -> Result<(), Error> {
        let pair = self.participants.ok_or(Error::NotFound)?;
        if pair.includes(by) { Ok(()) } else { Err(Error::NotParticipant) }
    }

    fn require_open_to(&self, by: AccountId) -> Result<(), Error> {
        self.require_participant(by)?;
        if self.closed { Err(Error::Closed) } else { Ok(()) }
    }

    fn require_message(&self, message: u64) -> Result<(), Error> {
        let exists = (1..=self.last_message).contains(&message);
        if exists { Ok(()) } else { Err(Error::NoSuchMessage) }
    }

    fn require_own(&self, by: AccountId, message: u64, author: AccountId) -> Result<(), Error> {
        self.require_message(message)?;
        if by == author { Ok(()) } else { Err(Error::NotAuthor) }
    }

    fn require_not_hidden(&self, message: u64) -> Result<(), Error> {
        if self.is_hidden(message) { Err(Error::Hidden) } else { Ok(()) }
    }

    fn require_visible(&self, message: u64) -> Result<(), Error> {
        self.require_not_hidden(message)?;
        if self.retracted.contains(&message) { Err(Error::Retracted) } else { Ok(()) }
    }

    fn require_fresh(&self, message: u64, based_on: Option<u64>) -> Result<(), Error> {
        let version = self.edited.get(&message).copied().unwrap_or(message);
        if based_on.is_none_or(|seen| seen == version) { Ok(()) } else { Err(Error::Stale) }
    }

    fn require_reactable(&self, by: AccountId, message: u64) -> Result<(), Error> {
        self.require_open_to(by)?;
        self.require_message(message)?;
        self.require_visible(message)
    }

    fn require_cursor(&self, by: AccountId, through: u64) -> Result<Cursor, Error> {
        self.require_participant(by)?;
        self.require_message(through)?;
        let is_patient = self.participants.is_some_and(|pair| pair.patient_id == by);
        Ok(if is_patient { self.patient } else { self.doctor })
    }

    fn cursor_of(&mut self, account: AccountId) -> &mut Cursor {
        match self.participants {
            Some(pair) if pair.patient_id == account => &mut self.patient,
            _ => &mut self.doctor,
        }
    }
}
