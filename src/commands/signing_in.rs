//! Signing in, as the log has it: who was let in, and who was not.

use super::error::CommandError;
use super::{Command, Context, Executed, Executor, Request};
use crate::auth::{NewSession, Sessions};
use crate::policy::Actor;
use anamnesis_domain::session::SessionCommand;
use anamnesis_domain::sign_in::{FailureReason, SignInCommand};
use anamnesis_domain::{AccountId, Role, SessionId};
use anamnesis_projections::log::Metadata;
use std::sync::Arc;
use uuid::Uuid;

/// Lets people in, and writes down whom.
#[derive(Clone)]
pub struct SignIns {
    executor: Arc<Executor>,
    sessions: Sessions,
}

impl SignIns {
    /// Over these parts.
    #[must_use]
    pub fn new(executor: Arc<Executor>, sessions: Sessions) -> Self {
        Self { executor, sessions }
    }

    /// Starts a session of somebody who has shown who they are. First it is in the log: there is
    /// no session whose start is not, and every end finds its start.
    pub async fn start(
        &self,
        request_id: Uuid,
        account_id: AccountId,
        role: Role,
    ) -> Result<NewSession, CommandError> {
        let session_id = SessionId::new();
        let actor = Actor { account_id, role, session_id: session_id.0 };
        let request = Request { actor, request_id, client_id: None };
        let context = Context::new(request.metadata());
        let start = Command::Session(session_id, SessionCommand::Start { account_id, role });
        self.executor.execute(&context, vec![start]).await?;
        Ok(self.sessions.start(session_id, account_id).await?)
    }

    /// Writes down that somebody was not let in. `name_index` is the blind index of the name
    /// that was typed.
    pub async fn record_failure(
        &self,
        request_id: Uuid,
        name_index: String,
        account_id: Option<AccountId>,
        reason: FailureReason,
    ) -> Result<Executed, CommandError> {
        let context = Context::new(Metadata {
            request_id: Some(request_id),
            correlation_id: Some(request_id),
            ..Metadata::default()
        });
        let record = SignInCommand::RecordFailure { account_id, reason };
        let command = Command::SignIn(name_index, record);
        Ok(self.executor.execute(&context, vec![command]).await?)
    }
}
