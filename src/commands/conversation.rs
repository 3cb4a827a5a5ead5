//! Talking: the use cases of a chat room, for every transport.

use super::error::CommandError;
use super::text;
use super::{Command, Context, ExecuteError, Executed, Executor, Request};
use crate::live::Rooms;
use crate::policy::AuthorisedRoom;
use crate::sealing::{SealedAt, Sealer};
use anamnesis_domain::chat_room::{
    ChatRoom, ChatRoomCommand, ChatRoomError, HideDecision, HideReason, Reaction,
};
use anamnesis_domain::{AccountId, RoomId, Sealed};
use cqrs_es::Aggregate;
use serde::Serialize;
use std::sync::Arc;

/// What a participant asks of a room. `number` is a message's number. A retry is recognised by
/// the JSON form, so its names never change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the domain's commands")]
pub enum Say {
    Post { body: String },
    Edit { number: u64, body: String, based_on: Option<u64> },
    Retract { number: u64 },
    AddReaction { number: u64, reaction: Reaction },
    RemoveReaction { number: u64, reaction: Reaction },
    MarkDelivered { through: u64 },
    MarkRead { through: u64 },
    Close,
    Reopen,
}

/// Carries out what is asked of rooms.
#[derive(Clone)]
pub struct Conversations {
    executor: Arc<Executor>,
    sealer: Sealer,
    rooms: Rooms,
}

impl Conversations {
    /// Over these parts.
    #[must_use]
    pub fn new(executor: Arc<Executor>, sealer: Sealer, rooms: Rooms) -> Self {
        Self { executor, sealer, rooms }
    }

    /// Does what a participant asks, and answers when it is durable.
    pub async fn say(
        &self,
        request: &Request,
        room: &AuthorisedRoom,
        say: Say,
    ) -> Result<Executed, CommandError> {
        let context = self.context(request, room, &say).await?;
        let command = self.command(room, &context, say).await?;
        self.execute(&context, room, command).await
    }

    /// Brings a retracted message back.
    pub async fn restore(
        &self,
        request: &Request,
        room: &AuthorisedRoom,
        number: u64,
        reason: &'static str,
    ) -> Result<Executed, CommandError> {
        self.author(room, number).await?;
        let mut metadata = request.metadata();
        metadata.reason = Some(reason.to_owned());
        let by = room.actor().account_id;
        let command = ChatRoomCommand::RestoreMessage { by, message: number };
        self.execute(&Context::new(metadata), room, command).await
    }

    /// Hides a message that was reported.
    pub async fn hide(
        &self,
        request: &Request,
        room: &AuthorisedRoom,
        number: u64,
        reason: HideReason,
    ) -> Result<Executed, CommandError> {
        let author = self.author(room, number).await?;
        let by = room.actor().account_id;
        let command = ChatRoomCommand::HideMessage { by, message: number, author, reason };
        self.execute(&Context::new(request.metadata()), room, command).await
    }

    /// Decides about a message that was reported.
    pub async fn decide_hidden(
        &self,
        request: &Request,
        room: &AuthorisedRoom,
        number: u64,
        decision: HideDecision,
        note: &str,
    ) -> Result<Executed, CommandError> {
        let note = text::review_note(note)?;
        self.author(room, number).await?;
        let context = Context::new(request.metadata());
        let note = self.seal(room, &context, "note", note).await?;
        let by = room.actor().account_id;
        let command = ChatRoomCommand::DecideHiddenMessage { by, message: number, decision, note };
        self.execute(&context, room, command).await
    }

    async fn execute(
        &self,
        context: &Context,
        room: &AuthorisedRoom,
        command: ChatRoomCommand,
    ) -> Result<Executed, CommandError> {
        let command = Command::ChatRoom(room.room_id(), command);
        Ok(self.executor.execute(context, vec![command]).await?)
    }

    /// With a client's id comes a fingerprint of what it stands for.
    async fn context(
        &self,
        request: &Request,
        room: &AuthorisedRoom,
        say: &Say,
    ) -> Result<Context, CommandError> {
        let mut metadata = request.metadata();
        if metadata.client_id.is_some() {
            let content = fingerprinted(room.room_id(), say)?;
            let print = self.sealer.fingerprint(room.subject().0, &content).await?;
            metadata.fingerprint = Some(print);
        }
        Ok(Context::new(metadata))
    }

    async fn command(
        &self,
        room: &AuthorisedRoom,
        context: &Context,
        say: Say,
    ) -> Result<ChatRoomCommand, CommandError> {
        let by = room.actor().account_id;
        Ok(match say {
            Say::Post { body } => {
                let body = text::message_body(&body)?;
                let body = self.seal(room, context, "body", body).await?;
                ChatRoomCommand::PostMessage { by, body }
            }
            Say::Edit { number, body, based_on } => ChatRoomCommand::EditMessage {
                by,
                message: number,
                author: self.author(room, number).await?,
                body: self.seal(room, context, "body", text::message_body(&body)?).await?,
                based_on,
            },
            Say::Retract { number } => ChatRoomCommand::RetractMessage {
                by,
                message: number,
                author: self.author(room, number).await?,
            },
            Say::AddReaction { number, reaction } => {
                self.author(room, number).await?;
                ChatRoomCommand::AddReaction { by, message: number, reaction }
            }
            Say::RemoveReaction { number, reaction } => {
                self.author(room, number).await?;
                ChatRoomCommand::RemoveReaction { by, message: number, reaction }
            }
            Say::MarkDelivered { through } => ChatRoomCommand::MarkDelivered { by, through },
            Say::MarkRead { through } => ChatRoomCommand::MarkRead { by, through },
            Say::Close => ChatRoomCommand::CloseRoom { by },
            Say::Reopen => ChatRoomCommand::ReopenRoom { by },
        })
    }

    /// Who wrote the message. Numbers of other events are no messages.
    async fn author(&self, room: &AuthorisedRoom, number: u64) -> Result<AccountId, CommandError> {
        match self.rooms.author(room.room_id(), number).await? {
            Some(author) => Ok(author),
            None => Err(super::Refusal::from(ChatRoomError::NoSuchMessage).into()),
        }
    }

    async fn seal(
        &self,
        room: &AuthorisedRoom,
        context: &Context,
        field: &str,
        words: &str,
    ) -> Result<Sealed, CommandError> {
        let at = SealedAt {
            event_id: context.event_id,
            aggregate_type: ChatRoom::TYPE,
            aggregate_id: &room.room_id().to_string(),
            field,
        };
        Ok(self.sealer.seal(room.subject().0, at, words.as_bytes()).await?)
    }
}

/// Everything that a client's id stands for, unambiguously.
fn fingerprinted(room_id: RoomId, say: &Say) -> Result<Vec<u8>, ExecuteError> {
    Ok(serde_json::to_vec(&(room_id, say))?)
}
