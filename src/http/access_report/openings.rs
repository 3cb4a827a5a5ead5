//! When somebody outside of the treatment opened the record, also where they looked at nothing.

use super::grants::reasons;
use crate::app::App;
use crate::http::caller::Caller;
use crate::http::error::ApiError;
use crate::http::notifications::{PersonView, person};
use anamnesis_domain::GrantId;
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::grants::{GrantFilter, grants};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

/// A break-glass grant for the patient's record.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RecordOpening")]
pub(in crate::http) struct OpeningView {
    grant_id: GrantId,
    /// Who opened it.
    who: PersonView,
    /// From when.
    opened_at: DateTime<Utc>,
    /// Until when it was open, or will be at the latest.
    closes_at: DateTime<Utc>,
    /// Why, in the words of who opened it; null once it was erased.
    reason: Option<String>,
}

/// Of the `limit` (of 100) latest openings of the caller's record before a position of the log,
/// those within the period, the latest first, and where to go on. That the caller reads why is
/// written down first.
pub(in crate::http) async fn openings(
    app: &App,
    caller: &Caller,
    before: u64,
    limit: u32,
    (from, to): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
) -> Result<(Vec<OpeningView>, Option<u64>), ApiError> {
    let patient = Some(caller.actor.account_id);
    let filter = GrantFilter { patient, ..GrantFilter::default() };
    let mut found = grants(&app.pool, filter, app.clock.now(), Some(before), limit).await?;
    let full = found.len() == limit as usize;
    let next = found.last().map(|last| last.granted_position).filter(|_| full);
    found.retain(|one| {
        let at = one.granted_at;
        from.is_none_or(|from| at >= from) && to.is_none_or(|to| at < to)
    });
    let officers: Vec<_> = found.iter().map(|one| one.officer_id).collect();
    let names = names_of(&app.pool, &officers).await?;
    let ids = found.iter().map(|one| one.grant_id).collect();
    let mut texts = reasons(app, caller, ids).await?;
    let views = found.into_iter().map(|one| OpeningView {
        grant_id: one.grant_id,
        who: person(&names, one.officer_id),
        opened_at: one.granted_at,
        closes_at: one.ended_at.unwrap_or(one.expires_at),
        reason: texts.remove(&one.grant_id),
    });
    Ok((views.collect(), next))
}
