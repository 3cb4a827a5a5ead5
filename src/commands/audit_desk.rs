//! An officer's own work: reviews of the trail, and the searches that they keep.

use super::error::CommandError;
use super::{Command, Context, ExecuteError, Executed, Executor, Request, text};
use crate::sealing::{SealedAt, Sealer};
use anamnesis_domain::audit_desk::{AuditDesk, AuditDeskCommand, Filters};
use anamnesis_domain::{AccountId, Sealed};
use cqrs_es::Aggregate;
use serde::Serialize;
use std::sync::Arc;
use uuid::Uuid;

/// A part of the trail that was looked through. A retry is recognised by the JSON form, so its
/// names never change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reviewed {
    /// What was asked of the trail.
    pub filters: Filters,
    /// The first position that was looked through.
    pub from: u64,
    /// The last one. The caller has checked that the log has come so far.
    pub to: u64,
    /// What there is to say about it.
    pub note: String,
}

/// Keeps officers' desks.
#[derive(Clone)]
pub struct AuditDesks {
    executor: Arc<Executor>,
    sealer: Sealer,
}

impl AuditDesks {
    /// Over these parts.
    #[must_use]
    pub fn new(executor: Arc<Executor>, sealer: Sealer) -> Self {
        Self { executor, sealer }
    }

    /// Signs that who asks has looked through a part of the trail.
    pub async fn review(
        &self,
        request: &Request,
        reviewed: Reviewed,
    ) -> Result<(Uuid, Executed), CommandError> {
        let words = text::review_note(&reviewed.note)?;
        let context = self.context(request, &("review", &reviewed)).await?;
        let review_id = context.event_id;
        let note = self.seal(&context, request, "note", words).await?;
        let Reviewed { filters, from, to, .. } = reviewed;
        let review = AuditDeskCommand::ReviewTrail { review_id, filters, from, to, note };
        Ok((review_id, self.execute(&context, request, review).await?))
    }

    /// Keeps a search under a name, which is the officer's only search of that name in whatever
    /// letters.
    pub async fn save(
        &self,
        request: &Request,
        name: &str,
        filters: Filters,
    ) -> Result<(Uuid, Executed), CommandError> {
        let name = text::search_name(name)?;
        let context = self.context(request, &("save", name, &filters)).await?;
        let search_id = self.search_id(request.actor.account_id, name);
        let name = self.seal(&context, request, "name", name).await?;
        let save = AuditDeskCommand::SaveSearch { search_id, name, filters };
        Ok((search_id, self.execute(&context, request, save).await?))
    }

    /// Changes what a search of the officer's asks for.
    pub async fn change(
        &self,
        request: &Request,
        search_id: Uuid,
        filters: Filters,
    ) -> Result<Executed, CommandError> {
        let context = Context::new(request.metadata());
        let change = AuditDeskCommand::ChangeSearch { search_id, filters };
        self.execute(&context, request, change).await
    }

    /// Keeps a search of the officer's no longer.
    pub async fn delete(
        &self,
        request: &Request,
        search_id: Uuid,
    ) -> Result<Executed, CommandError> {
        let context = Context::new(request.metadata());
        self.execute(&context, request, AuditDeskCommand::DeleteSearch { search_id }).await
    }

    /// The id of the one search of this name that an officer can have. It tells nothing of the
    /// name without the master key.
    fn search_id(&self, officer: AccountId, name: &str) -> Uuid {
        let index = self.sealer.blind_index("saved_search", &name.to_lowercase());
        Uuid::new_v5(&officer.0, index.as_bytes())
    }

    /// With a client's id comes a fingerprint of what it stands for.
    async fn context(
        &self,
        request: &Request,
        asked: &impl Serialize,
    ) -> Result<Context, CommandError> {
        let mut metadata = request.metadata();
        if metadata.client_id.is_some() {
            let content = serde_json::to_vec(asked).map_err(ExecuteError::from)?;
            let print = self.sealer.fingerprint(request.actor.account_id.0, &content).await?;
            metadata.fingerprint = Some(print);
        }
        Ok(Context::new(metadata))
    }

    /// Under the officer's own key: it is the officer who says it.
    async fn seal(
        &self,
        context: &Context,
        request: &Request,
        field: &'static str,
        words: &str,
    ) -> Result<Sealed, CommandError> {
        let officer = request.actor.account_id;
        let at = SealedAt {
            event_id: context.event_id,
            aggregate_type: AuditDesk::TYPE,
            aggregate_id: &officer.to_string(),
            field,
        };
        Ok(self.sealer.seal(officer.0, at, words.as_bytes()).await?)
    }

    async fn execute(
        &self,
        context: &Context,
        request: &Request,
        command: AuditDeskCommand,
    ) -> Result<Executed, CommandError> {
        let command = Command::AuditDesk(request.actor.account_id, command);
        Ok(self.executor.execute(context, vec![command]).await?)
    }
}
