//! What is looked at in the trail, written down before it is shown.

use super::error::CommandError;
use super::{Command, Context, Executor, Request};
use crate::policy::Actor;
use anamnesis_domain::SessionId;
use anamnesis_domain::session::{LookUp, SessionCommand};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Records look-ups.
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

    /// Begins a session in the log, so that look-ups can be recorded in it.
    pub async fn begin_session(&self, request: &Request) -> Result<(), CommandError> {
        let Actor { account_id, role, session_id } = request.actor;
        let start =
            Command::Session(SessionId(session_id), SessionCommand::Start { account_id, role });
        self.executor.execute(&Context::new(request.metadata()), vec![start]).await?;
        Ok(())
    }

    /// Notes that who asks is about to look at the trail: by which view, and for what. Once this
    /// is done it is durable; if it fails, nothing may be shown.
    pub async fn record(
        &self,
        request: &Request,
        view: &str,
        filters: BTreeMap<String, String>,
    ) -> Result<(), CommandError> {
        let look_up = SessionCommand::RecordLookUp(LookUp { view: view.to_owned(), filters });
        let session = SessionId(request.actor.session_id);
        let context = Context::new(request.metadata());
        self.executor.execute(&context, vec![Command::Session(session, look_up)]).await?;
        Ok(())
    }
}
