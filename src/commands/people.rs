//! People: what administrators decide about accounts, and what people say of themselves.

use super::error::CommandError;
use super::text;
use super::{Command, Context, Executed, Executor, Request};
use crate::auth::{EndReason, Sessions};
use crate::log::Log;
use crate::sealing::{SealedAt, Sealer};
use anamnesis_domain::account::{
    Account, AccountCommand, AccountEvent, Availability, ProfileChange, Specialty,
};
use anamnesis_domain::{AccountId, Event, Role, Sealed};
use anamnesis_projections::log::{ReadError, StreamId};
use cqrs_es::Aggregate;
use std::sync::Arc;
use uuid::Uuid;

/// Events looked through for one that changes what somebody may do.
const RECENT_MAX: usize = 100;

/// What an administrator decides about an account. A `reason` is a code, never words.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the fields are those of the domain's commands")]
pub enum Decision {
    Approve { role: Role },
    Refuse { reason: &'static str },
    ChangeRole { role: Role },
    Deactivate { reason: &'static str },
    Restore { reason: &'static str },
}

/// What somebody says of themselves; what is absent stays, and an empty text clears.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Profile {
    pub name: Option<String>,
    pub bio: Option<String>,
    pub phone: Option<String>,
    pub specialty: Option<Specialty>,
}

/// Carries out what concerns accounts.
#[derive(Clone)]
pub struct People {
    executor: Arc<Executor>,
    log: Arc<dyn Log>,
    sealer: Sealer,
    sessions: Sessions,
}

impl People {
    /// Over these parts.
    #[must_use]
    pub fn new(
        executor: Arc<Executor>,
        log: Arc<dyn Log>,
        sealer: Sealer,
        sessions: Sessions,
    ) -> Self {
        Self { executor, log, sealer, sessions }
    }

    /// Does what an administrator decides. Where that changes what the person may do, their
    /// sessions are ended as soon as it is durable.
    pub async fn decide(
        &self,
        request: &Request,
        account_id: AccountId,
        decision: Decision,
    ) -> Result<Executed, CommandError> {
        let by = request.actor.account_id;
        let mut metadata = request.metadata();
        let (command, ends) = match decision {
            Decision::Approve { role } => {
                (AccountCommand::ApproveAccount { by: Some(by), role }, None)
            }
            Decision::Refuse { reason } => {
                metadata.reason = Some(reason.to_owned());
                let closed = Some(EndReason::AccountClosed);
                (AccountCommand::RefuseAccount { account_id, by }, closed)
            }
            Decision::ChangeRole { role } => {
                let changed = Some(EndReason::CredentialsChanged);
                (AccountCommand::ChangeRole { account_id, by, role }, changed)
            }
            Decision::Deactivate { reason } => {
                metadata.reason = Some(reason.to_owned());
                let closed = Some(EndReason::AccountClosed);
                (AccountCommand::DeactivateAccount { account_id, by }, closed)
            }
            Decision::Restore { reason } => {
                metadata.reason = Some(reason.to_owned());
                (AccountCommand::RestoreAccount { by }, None)
            }
        };
        let context = Context::new(metadata);
        let commands = resting_on(by, account_id, command);
        let executed = self.executor.execute(&context, commands).await?;
        if let Some(reason) = ends.filter(|_| !executed.events.is_empty())
            && let Err(error) = self.sessions.revoke_all(account_id, reason).await
        {
            // It is decided, and that is the answer; the reactor tries again until it succeeds.
            tracing::warn!(%error, "ending the sessions of an account is left to the reactor");
        }
        Ok(executed)
    }

    /// Changes what the caller's account says of them, on condition of its version where one is
    /// given.
    pub async fn change_profile(
        &self,
        request: &Request,
        version: Option<u64>,
        profile: Profile,
    ) -> Result<Executed, CommandError> {
        let context = Context::new(request.metadata()).at_version(version);
        let name = profile.name.as_deref().map(text::person_name).transpose()?;
        let bio = profile.bio.as_deref().map(text::bio).transpose()?;
        let phone = profile.phone.as_deref().map(text::phone).transpose()?;
        let account_id = request.actor.account_id;
        let change = ProfileChange {
            name: self.seal(account_id, &context, "name", name).await?,
            bio: self.seal(account_id, &context, "bio", bio).await?,
            picture: None,
            phone: self.seal(account_id, &context, "phone", phone).await?,
        };
        self.execute(account_id, &context, change, profile.specialty).await
    }

    /// Gives the caller's account another picture, or none.
    pub async fn change_picture(
        &self,
        request: &Request,
        picture_id: Option<Uuid>,
    ) -> Result<Executed, CommandError> {
        let context = Context::new(request.metadata());
        let account_id = request.actor.account_id;
        let reference = picture_id.map(|id| id.to_string()).unwrap_or_default();
        let picture = self.seal(account_id, &context, "picture", Some(&reference)).await?;
        let change = ProfileChange { picture, ..ProfileChange::default() };
        self.execute(account_id, &context, change, None).await
    }

    /// A doctor says whether they can be reached.
    pub async fn change_availability(
        &self,
        request: &Request,
        availability: Availability,
    ) -> Result<Executed, CommandError> {
        let context = Context::new(request.metadata());
        let change = AccountCommand::ChangeAvailability { availability };
        let command = Command::Account(request.actor.account_id, change);
        Ok(self.executor.execute(&context, vec![command]).await?)
    }

    /// Whether an account lost a role, or its use, after this version. Asked after a session was
    /// started: whoever ended all sessions just before has not seen that one.
    pub async fn lost_access_since(
        &self,
        account_id: AccountId,
        version: u64,
    ) -> Result<bool, ReadError> {
        let aggregate_type = Account::TYPE.into();
        let stream = StreamId { aggregate_type, aggregate_id: account_id.to_string() };
        let recent = self.log.read_stream(&stream, version, RECENT_MAX).await?;
        Ok(recent.iter().any(|recorded| {
            let Ok(Event::Account(event)) = recorded.event() else { return true };
            ends_sessions(event)
        }))
    }

    async fn execute(
        &self,
        account_id: AccountId,
        context: &Context,
        change: ProfileChange,
        specialty: Option<Specialty>,
    ) -> Result<Executed, CommandError> {
        let command = AccountCommand::ChangeProfile { change, specialty };
        let commands = vec![Command::Account(account_id, command)];
        Ok(self.executor.execute(context, commands).await?)
    }

    async fn seal(
        &self,
        account_id: AccountId,
        context: &Context,
        field: &'static str,
        text: Option<&str>,
    ) -> Result<Option<Sealed>, CommandError> {
        let Some(text) = text else { return Ok(None) };
        let at = SealedAt {
            event_id: context.event_id,
            aggregate_type: Account::TYPE,
            aggregate_id: &account_id.to_string(),
            field,
        };
        Ok(Some(self.sealer.seal(account_id.0, at, text.as_bytes()).await?))
    }
}

/// The command, and that who decides is an administrator still: of two who remove each other at
/// the same moment, one stays. In the order of the accounts, or those two would wait for each
/// other for ever.
fn resting_on(by: AccountId, account_id: AccountId, command: AccountCommand) -> Vec<Command> {
    let mut commands = vec![(account_id, command)];
    // About oneself the account refuses by itself.
    if by != account_id {
        commands.push((by, AccountCommand::CheckAdministrator));
    }
    commands.sort_unstable_by_key(|(account_id, _)| *account_id);
    commands.into_iter().map(|(id, command)| Command::Account(id, command)).collect()
}

/// Whether what the account's sessions rest on is not so any more.
#[must_use]
pub fn ends_sessions(event: &AccountEvent) -> bool {
    matches!(
        event,
        AccountEvent::AccountRefused { .. }
            | AccountEvent::AccountRoleChanged { .. }
            | AccountEvent::AccountDeactivated { .. }
    )
}
