//! From a request to durable events: the one way anything is written.
//!
//! A caller describes what it wants as a list of [`Command`]s, and the [`Executor`] lets the
//! aggregates decide, appends their events atomically and answers when they are durable.

pub mod audit_desk;
pub mod booking;
pub mod break_glass;
pub mod calendar;
mod command;
pub mod consulting;
pub mod conversation;
mod cqrs_store;
mod error;
mod executor;
pub mod look_ups;
pub mod notices;
pub mod past;
pub mod people;
pub mod registration;
mod repository;
pub mod schedule;
pub mod signing_in;
pub mod text;
mod unit;

pub use command::{Command, Refusal};
pub use cqrs_store::{CqrsContext, CqrsStore};
pub use error::{CommandError, Invalid};
pub use executor::{ExecuteError, Executed, Executor, ExecutorSettings};

use crate::policy::Actor;
use anamnesis_projections::log::Metadata;
use uuid::Uuid;

/// A request of somebody who is signed in.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// Who asks.
    pub actor: Actor,
    /// The request's id, which is also in the response and in the server's log.
    pub request_id: Uuid,
    /// The id that the client made, if it wants to be able to retry.
    pub client_id: Option<Uuid>,
}

impl Request {
    pub(crate) fn metadata(&self) -> Metadata {
        Metadata {
            actor_id: Some(self.actor.account_id),
            actor_role: Some(self.actor.role),
            session_id: Some(self.actor.session_id),
            request_id: Some(self.request_id),
            correlation_id: Some(self.request_id),
            client_id: self.client_id,
            ..Metadata::default()
        }
    }
}

/// On whose behalf a command is carried out, and how a retry is recognised.
#[derive(Clone, Debug)]
pub struct Context {
    /// The id of the first event that the command leads to. Made from the actor and the
    /// client's id where there is one, so that the exact retry makes the same.
    pub event_id: Uuid,
    /// What is written beside each event.
    pub metadata: Metadata,
    /// The version at which the first command's aggregate must be: what the caller saw when it
    /// asked for this, or put the list together. Another one is refused with
    /// [`Refusal::Outdated`]; `None` asks nothing.
    pub if_version: Option<u64>,
}

impl Context {
    /// The context of a command. With a `client_id` in the metadata the command can be retried
    /// safely, for ever: ids are scoped by actor, so nobody can use up another's.
    #[must_use]
    pub fn new(metadata: Metadata) -> Self {
        let event_id = match (metadata.client_id, metadata.actor_id) {
            (Some(client_id), Some(actor)) => Uuid::new_v5(&actor.0, client_id.as_bytes()),
            (Some(client_id), None) => Uuid::new_v5(&Uuid::nil(), client_id.as_bytes()),
            (None, _) => Uuid::now_v7(),
        };
        Self { event_id, metadata, if_version: None }
    }

    /// The same, on condition of the first aggregate's version.
    #[must_use]
    pub fn at_version(self, version: Option<u64>) -> Self {
        Self { if_version: version, ..self }
    }

    /// The id of the first event of the `index`-th command of the list, from 0.
    pub(crate) fn event_id(&self, index: usize) -> Uuid {
        if index == 0 {
            self.event_id
        } else {
            Uuid::new_v5(&self.event_id, &(index as u64).to_be_bytes())
        }
    }
}
