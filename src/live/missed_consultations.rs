//! What a returning client has missed of consultations.

use super::consultations::stream;
use super::resume::{LOOK, MissedEvent, PAGE, READ_MODEL_MAX, ROOMS_MAX};
use super::{Live, LiveError};
use anamnesis_domain::{AccountId, ConsultationId};
use anamnesis_projections::checkpoint;
use anamnesis_projections::consultations::{
    ChangedConsultation, Consultations, consultations_changed_after,
};
use tokio::time::timeout;

impl Live {
    /// The events of the account's consultations in `(after, through]`, also those that are not
    /// for its eyes: whoever renders them sees to that. `None` when there are more than
    /// `limit`, or in more consultations than are looked into.
    pub(super) async fn missed_in_consultations(
        &self,
        account_id: AccountId,
        after: u64,
        through: u64,
        limit: usize,
    ) -> Result<Option<Vec<MissedEvent>>, LiveError> {
        let changed = self.changed_consultations(account_id, after, through);
        let changed = timeout(READ_MODEL_MAX, changed).await.map_err(|_| LiveError::Lagging)??;
        if changed.len() > ROOMS_MAX as usize {
            return Ok(None);
        }
        let mut missed = Vec::new();
        for one in changed {
            let left = limit - missed.len();
            let id = one.consultation_id;
            match self.missed_in_consultation(id, after, through, left).await? {
                Some(events) => missed.extend(events),
                None => return Ok(None),
            }
        }
        Ok(Some(missed))
    }

    /// As with rooms: that the read model has come so far is asked of the database, afterwards.
    async fn changed_consultations(
        &self,
        account_id: AccountId,
        after: u64,
        through: u64,
    ) -> Result<Vec<ChangedConsultation>, LiveError> {
        loop {
            self.require_shown(through).await?;
            let changed =
                consultations_changed_after(&self.pool, account_id, after, ROOMS_MAX + 1).await?;
            let stored = checkpoint::load(&self.pool, Consultations::NAME).await?;
            if stored.is_some_and(|stored| stored.position >= through) {
                return Ok(changed);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// `None` when there are more than `limit`.
    async fn missed_in_consultation(
        &self,
        id: ConsultationId,
        after: u64,
        through: u64,
        limit: usize,
    ) -> Result<Option<Vec<MissedEvent>>, LiveError> {
        let stream = stream(id);
        let mut missed = Vec::new();
        let mut before = u64::MAX;
        loop {
            let page = self.log.read_stream_back(&stream, before, PAGE).await?;
            let Some(oldest) = page.last() else { return Ok(Some(missed)) };
            before = oldest.sequence;
            let reached = oldest.position <= after || page.len() < PAGE;
            let news = |position| position > after && position <= through;
            missed.extend(
                page.into_iter()
                    .filter(|event| news(event.position))
                    .map(|event| MissedEvent { event, retracted: false }),
            );
            if missed.len() > limit {
                return Ok(None);
            }
            if reached {
                return Ok(Some(missed));
            }
        }
    }
}
