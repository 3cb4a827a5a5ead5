//! Who had broken the glass.

use super::{AsOf, AsOfError, Moment};
use crate::commands::past::past;
use anamnesis_domain::GrantId;
use anamnesis_domain::access_grant::{AccessGrant, Terms};
use anamnesis_projections::grants::{GrantFilter, grants};

/// The most grants of one patient, or of one officer, that are looked at, the newest first.
const LOOKED_MAX: u32 = 100;

impl AsOf {
    /// Grants that were open, the newest first, of those that the filter finds today.
    pub async fn open_grants(
        &self,
        filter: GrantFilter,
        at: Moment,
    ) -> Result<Vec<(GrantId, Terms)>, AsOfError> {
        let known = grants(&self.pool, filter, at.recorded_at, Some(at.position + 1), LOOKED_MAX);
        let mut open = Vec::new();
        for grant in known.await? {
            let id = grant.grant_id;
            let then = past::<AccessGrant>(&*self.log, &id.to_string(), at.position).await?;
            let terms = then.and_then(|then| then.state.open(at.recorded_at));
            open.extend(terms.map(|terms| (id, terms)));
        }
        Ok(open)
    }
}
