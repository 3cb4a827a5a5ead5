//! What somebody has seen of their notices.

use super::error::CommandError;
use super::{Command, Context, Executed, Executor, Request};
use anamnesis_domain::inbox::InboxCommand;
use std::sync::Arc;

/// Keeps the inboxes.
#[derive(Clone)]
pub struct Inboxes {
    executor: Arc<Executor>,
}

impl Inboxes {
    /// Over this executor.
    #[must_use]
    pub fn new(executor: Arc<Executor>) -> Self {
        Self { executor }
    }

    /// Notes that who asks has seen every notice up to a position, which the log has reached.
    pub async fn see(&self, request: &Request, through: u64) -> Result<Executed, CommandError> {
        let context = Context::new(request.metadata());
        let see = Command::Inbox(request.actor.account_id, InboxCommand::SeeNotices { through });
        Ok(self.executor.execute(&context, vec![see]).await?)
    }
}
