//! The audit trail, for compliance officers: searched, and the timeline of one record. Every
//! look at it is in it.

use super::answer::Json;
use super::asked::Asked;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Ids, Params};
use super::trail_filters::Filters;
use super::trail_views::{LineView, view};
use crate::app::App;
use crate::audit;
use crate::live::LiveError;
use anamnesis_domain::AccountId;
use anamnesis_projections::trail::{self, Outcome, Stretch, TrailKind, TrailLine, positions_in};
use axum::extract::State;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// The most lines of one page.
const PAGE_MAX: u32 = 100;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TrailSearch")]
pub(super) struct Search {
    /// Who did it.
    person: Option<AccountId>,
    /// The patient whom it concerns.
    patient: Option<AccountId>,
    /// The id of what it concerns: an account, a room, an appointment, a consultation, a session,
    /// a grant.
    record: Option<Uuid>,
    /// The code of what happened.
    #[schemars(example = &"message_posted")]
    action: Option<String>,
    /// How it ended.
    outcome: Option<Outcome>,
    /// Since then.
    from: Option<DateTime<Utc>>,
    /// Before then.
    to: Option<DateTime<Utc>>,
    /// The request that caused it.
    request_id: Option<Uuid>,
    /// `next` of the page before, with the same of everything else.
    before: Option<String>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TrailPage")]
pub(super) struct Found {
    /// The latest first; of a timeline, the first first.
    events: Vec<LineView>,
    /// Where the next page goes on; null on the last. A page may be short, or empty, and there
    /// be more: so far was looked.
    next: Option<String>,
}

/// The audit trail, the latest first. All that is asked for must hold. The search is recorded
/// before it is answered, and finds what happened before that.
pub(super) async fn search_trail(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(search): Params<Search>,
) -> Result<Json<Found>, ApiError> {
    let filters = search.filters();
    filters.check()?;
    let asked = Asked::new(&app, "search", filters.codes());
    let before = asked.position(search.before.as_deref())?;
    let recorded = asked.record(&app, &caller, before).await?;
    complete(&app, recorded).await?;
    let newest = before.unwrap_or(u64::MAX).min(recorded);
    let limit = search.limit.unwrap_or(50).clamp(1, PAGE_MAX);
    let Some(within) = positions_in(&app.pool, search.from, search.to).await? else {
        return Ok(Json(Found { events: Vec::new(), next: None }));
    };
    let within = Stretch { before: newest.min(within.before), ..within };
    let page = trail::search(&app.pool, &filters.wanted(), within, limit).await?;
    let next = page.next.map(|position| asked.next(position));
    Ok(Json(Found { events: told(&app, page.lines).await?, next }))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TimelinePage")]
pub(super) struct TimelinePage {
    /// `next` of the page before.
    after: Option<String>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

/// Everything that happened to one account, room, appointment, consultation, session or grant,
/// the first first: what was done, read, and tried. The look is recorded before it is answered.
pub(super) async fn read_timeline(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((kind, id)): Ids<(TrailKind, Uuid)>,
    Params(page): Params<TimelinePage>,
) -> Result<Json<Found>, ApiError> {
    let filters = [("kind", kind.as_str().to_owned()), ("record", id.to_string())];
    let filters = filters.into_iter().map(|(name, value)| (name.to_owned(), value));
    let asked = Asked::new(&app, "timeline", filters.collect());
    let after = asked.position(page.after.as_deref())?;
    let recorded = asked.record(&app, &caller, after).await?;
    complete(&app, recorded).await?;
    if !trail::is_known(&app.pool, kind, id).await? {
        return Err(ApiError::not_found());
    }
    let limit = page.limit.unwrap_or(50).clamp(1, PAGE_MAX);
    let lines = trail::timeline(&app.pool, id, after.unwrap_or(0), recorded, limit).await?;
    let full = lines.len() == limit as usize;
    let next = lines.last().filter(|_| full).map(|last| asked.next(last.position));
    Ok(Json(Found { events: told(&app, lines).await?, next }))
}

/// Waits until the read models show all that happened before the look was recorded: an answer
/// is complete or there is none.
async fn complete(app: &App, recorded: u64) -> Result<(), ApiError> {
    if app.tells(recorded).await { Ok(()) } else { Err(LiveError::Lagging.into()) }
}

async fn told(app: &App, lines: Vec<TrailLine>) -> Result<Vec<LineView>, ApiError> {
    let lines = audit::lines(&app.pool, app.log.as_ref(), lines).await?;
    Ok(lines.into_iter().map(view).collect())
}

impl Search {
    fn filters(&self) -> Filters {
        Filters {
            person: self.person,
            patient: self.patient,
            record: self.record,
            action: self.action.clone(),
            outcome: self.outcome,
            from: self.from,
            to: self.to,
            request_id: self.request_id,
        }
    }
}
