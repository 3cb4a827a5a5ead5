//! Looks at the trail, each written down before anything is shown.

use super::error::CommandError;
use super::{Command, Context, Executor, Request};
use anamnesis_domain::SessionId;
use anamnesis_domain::session::{LookUp, SessionCommand};
use std::sync::Arc;

/// Keeps the record of who looked at the trail.
#[derive(Clone)]
pub struct LookUps {
    executor: Arc<Executor>,
}

impl LookUps {
    /// Over this executor.
    #[must_use]
    pub fn new(executor: Arc<Executor>) -> Self {
        Self { executor }
    }

    /// Writes down that who asks is about to look at the trail. Returns the position of the
    /// record: what is shown is what happened before it. After an error nothing is to be shown.
    pub async fn record(&self, request: &Request, look_up: LookUp) -> Result<u64, CommandError> {
        let context = Context::new(request.metadata());
        let session_id = SessionId(request.actor.session_id);
        let record = Command::Session(session_id, SessionCommand::RecordLookUp(look_up));
        let executed = self.executor.execute(&context, vec![record]).await?;
        executed.position().ok_or_else(|| super::ExecuteError::OutcomeUnknown.into())
    }
}
