//! From a request to durable events: the one way anything is written.
//!
//! A caller describes what it wants as a list of [`Command`]s, and the [`Executor`] lets the
//! aggregates decide, appends their events atomically and answers when they are durable.

mod command;
mod executor;
mod repository;
mod unit;

pub use command::{Command, Refusal};
pub use executor::{ExecuteError, Executed, Executor, ExecutorSettings};

use anamnesis_projections::log::Metadata;
use uuid::Uuid;

/// On whose behalf a command is carried out, and how a retry is recognised.
#[derive(Clone, Debug)]
pub struct Context {
    /// The id of the first event that the command leads to. Made from the actor and the
    /// client's id where there is one, so that the exact retry makes the same.
    pub event_id: Uuid,
    /// What is written beside each event.
    pub metadata: Metadata,
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
        Self { event_id, metadata }
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
