//! Break-glass: a patient's record is opened to an officer for a while, and that is reviewed.

use super::error::CommandError;
use super::{Command, Context, ExecuteError, Executed, Executor, Refusal, Request, text};
use crate::clock::Clock;
use crate::log::Log;
use crate::policy::{Actor, OpenGrant};
use crate::sealing::{SealedAt, Sealer};
use anamnesis_domain::access_grant::{
    AccessGrant, AccessGrantCommand, AccessGrantError, MINUTES_DEFAULT, Terms, Verdict,
};
use anamnesis_domain::audit_desk::AuditDeskCommand;
use anamnesis_domain::{AccountId, Event, GrantId, Role, Sealed};
use anamnesis_projections::grants::open_grant;
use anamnesis_projections::log::{ReadError, StreamId};
use chrono::TimeDelta;
use cqrs_es::Aggregate;
use serde::Serialize;
use sqlx::PgPool;
use std::sync::Arc;

/// More than the events that a grant can have.
const EVENTS_MAX: usize = 8;

/// What an officer asks for. A retry is recognised by the JSON form, so its names never change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wish {
    /// Whose record. The caller has checked that this is a patient.
    pub patient_id: AccountId,
    /// Why.
    pub reason: String,
    /// For how long; [`MINUTES_DEFAULT`] if nothing is said.
    pub minutes: Option<u32>,
}

/// Gives grants out, and finds them.
#[derive(Clone)]
pub struct BreakGlass {
    executor: Arc<Executor>,
    log: Arc<dyn Log>,
    sealer: Sealer,
    pool: PgPool,
    clock: Clock,
}

impl BreakGlass {
    /// Over these parts.
    #[must_use]
    pub fn new(
        executor: Arc<Executor>,
        log: Arc<dyn Log>,
        sealer: Sealer,
        pool: PgPool,
        clock: Clock,
    ) -> Self {
        Self { executor, log, sealer, pool, clock }
    }

    /// Opens a patient's record to the officer who asks. The same append counts it at the
    /// officer's desk, so that nobody holds more than they may.
    pub async fn open(
        &self,
        request: &Request,
        wish: Wish,
    ) -> Result<(GrantId, Executed), CommandError> {
        let reason = text::grant_reason(&wish.reason)?;
        let (officer_id, patient_id) = (request.actor.account_id, wish.patient_id);
        let context = self.context(request, patient_id, &("open", &wish)).await?;
        // The exact retry asks for the same grant.
        let grant_id = GrantId(context.event_id);
        let now = self.clock.now();
        let minutes = wish.minutes.unwrap_or(MINUTES_DEFAULT);
        let expires_at = now + TimeDelta::minutes(i64::from(minutes));
        let reason = self.seal(&context, grant_id, patient_id, "reason", reason).await?;
        let grant =
            AccessGrantCommand::Grant { officer_id, patient_id, reason, expires_at, now };
        let take = AuditDeskCommand::TakeGrant { grant_id, expires_at, now };
        let commands =
            vec![Command::AccessGrant(grant_id, grant), Command::AuditDesk(officer_id, take)];
        Ok((grant_id, self.executor.execute(&context, commands).await?))
    }

    /// Ends a grant of the officer who asks. One that is over stays as it is.
    pub async fn end(
        &self,
        request: &Request,
        grant_id: GrantId,
    ) -> Result<Executed, CommandError> {
        let (by, now) = (request.actor.account_id, self.clock.now());
        let commands = vec![
            Command::AccessGrant(grant_id, AccessGrantCommand::End { by, now }),
            Command::AuditDesk(by, AuditDeskCommand::ReturnGrant { grant_id, now }),
        ];
        Ok(self.executor.execute(&Context::new(request.metadata()), commands).await?)
    }

    /// Signs a grant off that is over, as another officer than its own.
    pub async fn review(
        &self,
        request: &Request,
        grant_id: GrantId,
        verdict: Verdict,
        note: Option<&str>,
    ) -> Result<Executed, CommandError> {
        let note = text::note(note)?;
        let terms = self.terms(grant_id).await?;
        let context = Context::new(request.metadata());
        let note = match note {
            Some(words) => {
                Some(self.seal(&context, grant_id, terms.patient_id, "note", words).await?)
            }
            None => None,
        };
        let (by, now) = (request.actor.account_id, self.clock.now());
        let review = AccessGrantCommand::Review { by, verdict, note, now };
        let commands = vec![Command::AccessGrant(grant_id, review)];
        Ok(self.executor.execute(&context, commands).await?)
    }

    /// The grant by which the actor may look at a patient's record at this moment. The read model
    /// says which one it could be, and the log whether it is: one that was just ended opens
    /// nothing. Costs nothing for anybody but officers.
    pub async fn held(
        &self,
        actor: &Actor,
        patient_id: AccountId,
    ) -> Result<Option<OpenGrant>, CommandError> {
        if actor.role != Role::Compliance {
            return Ok(None);
        }
        let now = self.clock.now();
        let found = open_grant(&self.pool, actor.account_id, patient_id, now).await?;
        let Some(grant_id) = found else { return Ok(None) };
        let open = self.read(grant_id).await?.open(now);
        Ok(open.map(|Terms { officer_id, patient_id, .. }| OpenGrant {
            grant_id,
            officer_id,
            patient_id,
        }))
    }

    async fn terms(&self, grant_id: GrantId) -> Result<Terms, CommandError> {
        let terms = self.read(grant_id).await?.terms();
        terms.ok_or_else(|| Refusal::from(AccessGrantError::NotFound).into())
    }

    /// A grant as the log has it now, whichever process wrote to it.
    async fn read(&self, grant_id: GrantId) -> Result<AccessGrant, ReadError> {
        let aggregate_type = AccessGrant::TYPE.into();
        let stream = StreamId { aggregate_type, aggregate_id: grant_id.to_string() };
        let mut grant = AccessGrant::default();
        for recorded in self.log.read_stream(&stream, 0, EVENTS_MAX).await? {
            if let Ok(Event::AccessGrant(event)) = recorded.event() {
                grant.apply(event.clone());
            }
        }
        Ok(grant)
    }

    /// With a client's id comes a fingerprint of what it stands for.
    async fn context(
        &self,
        request: &Request,
        patient_id: AccountId,
        asked: &impl Serialize,
    ) -> Result<Context, CommandError> {
        let mut metadata = request.metadata();
        if metadata.client_id.is_some() {
            let content = serde_json::to_vec(asked).map_err(ExecuteError::from)?;
            let print = self.sealer.fingerprint(patient_id.0, &content).await?;
            metadata.fingerprint = Some(print);
        }
        Ok(Context::new(metadata))
    }

    async fn seal(
        &self,
        context: &Context,
        grant_id: GrantId,
        patient_id: AccountId,
        field: &'static str,
        words: &str,
    ) -> Result<Sealed, CommandError> {
        let at = SealedAt {
            event_id: context.event_id,
            aggregate_type: AccessGrant::TYPE,
            aggregate_id: &grant_id.to_string(),
            field,
        };
        Ok(self.sealer.seal(patient_id.0, at, words.as_bytes()).await?)
    }
}
