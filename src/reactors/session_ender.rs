//! Ends the sessions of accounts that have another role, or none, from now on.
//!
//! The request that decided it does the same, and sooner. This makes it certain: a process may
//! die between the decision and the end of the sessions.

use crate::auth::{EndReason, Sessions};
use crate::commands::people::ends_sessions;
use anamnesis_domain::Event;
use anamnesis_domain::account::{Account, AccountEvent};
use anamnesis_projections::log::RecordedEvent;
use anamnesis_projections::{Reactor, ReactorError};
use async_trait::async_trait;
use cqrs_es::Aggregate;

/// See the module.
pub struct SessionEnder {
    sessions: Sessions,
}

impl SessionEnder {
    /// Keys its checkpoint.
    pub const NAME: &'static str = "session_ender";

    /// Ends these sessions.
    #[must_use]
    pub fn new(sessions: Sessions) -> Self {
        Self { sessions }
    }
}

#[async_trait]
impl Reactor for SessionEnder {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[Account::TYPE]
    }

    /// Only sessions from before the event: an event that comes twice, or late, ends none that
    /// began after the account was restored.
    async fn react(&self, event: &RecordedEvent) -> Result<(), ReactorError> {
        let content = event.event().map_err(|error| ReactorError::Refused(error.to_string()))?;
        let Event::Account(change) = content else { return Ok(()) };
        if !ends_sessions(change) {
            return Ok(());
        }
        let account = event.stream.aggregate_id.parse();
        let account = account.map_err(|_| ReactorError::Refused("account_id".to_owned()))?;
        let reason = match change {
            AccountEvent::AccountRoleChanged { .. } => EndReason::CredentialsChanged,
            _ => EndReason::AccountClosed,
        };
        let ended = self.sessions.revoke_until(account, reason, event.recorded_at).await;
        ended.map(drop).map_err(|error| ReactorError::Transient(error.to_string()))
    }
}
