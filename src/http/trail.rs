//! The audit trail, for compliance officers: searched, and the timeline of one record. Every
//! look at it is in it.

use super::answer::Json;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Ids, Params, bad_page, optional_period};
use super::trail_views::{LineView, view};
use crate::app::App;
use crate::audit::{self, SearchCursor};
use crate::commands::Invalid;
use crate::live::LiveError;
use anamnesis_domain::AccountId;
use anamnesis_domain::session::LookUp;
use anamnesis_projections::trail::{
    self, Outcome, Stretch, TrailFilter, TrailKind, TrailLine, is_action, positions_in,
};
use axum::extract::State;
use chrono::{DateTime, SecondsFormat, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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
    /// The id of what it concerns: an account, a room, an appointment, a consultation, a session.
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
    search.check()?;
    let asked = Asked::new(&app, "search", search.filters());
    let before = asked.position(search.before.as_deref())?;
    let recorded = asked.record(&app, &caller, before).await?;
    let newest = before.unwrap_or(u64::MAX).min(recorded);
    let limit = search.limit.unwrap_or(50).clamp(1, PAGE_MAX);
    let Some(within) = positions_in(&app.pool, search.from, search.to).await? else {
        return Ok(Json(Found { events: Vec::new(), next: None }));
    };
    let within = Stretch { before: newest.min(within.before), ..within };
    let page = trail::search(&app.pool, &search.filter(), within, limit).await?;
    let next = page.next.map(|position| asked.cursors.at(position));
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

/// Everything that happened to one account, room, appointment, consultation or session, the
/// first first: what was done, read, and tried. The look is recorded before it is answered.
pub(super) async fn read_timeline(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((kind, id)): Ids<(TrailKind, Uuid)>,
    Params(page): Params<TimelinePage>,
) -> Result<Json<Found>, ApiError> {
    let filters = [("kind", kind.as_str().to_owned()), ("record", id.to_string())];
    let asked = Asked::new(&app, "timeline", filters.into_iter().collect());
    let after = asked.position(page.after.as_deref())?;
    let recorded = asked.record(&app, &caller, after).await?;
    if !trail::is_known(&app.pool, kind, id).await? {
        return Err(ApiError::not_found());
    }
    let limit = page.limit.unwrap_or(50).clamp(1, PAGE_MAX);
    let lines = trail::timeline(&app.pool, id, after.unwrap_or(0), recorded, limit).await?;
    let full = lines.len() == limit as usize;
    let next = lines.last().filter(|_| full).map(|last| asked.cursors.at(last.position));
    Ok(Json(Found { events: told(&app, lines).await?, next }))
}

/// What was asked for, as it is recorded. Cursors belong to it.
struct Asked {
    view: &'static str,
    filters: BTreeMap<String, String>,
    cursors: SearchCursor,
}

impl Asked {
    fn new(app: &App, view: &'static str, filters: BTreeMap<&'static str, String>) -> Self {
        let filters = filters.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let cursors = SearchCursor::of(app.log.epoch(), view, &filters);
        Self { view, filters, cursors }
    }

    /// Where the page before ended.
    fn position(&self, cursor: Option<&str>) -> Result<Option<u64>, ApiError> {
        cursor.map(|text| self.cursors.position(text).ok_or_else(bad_page)).transpose()
    }

    /// Records the look, and waits until the read models show all that happened before it: an
    /// answer is complete or there is none.
    async fn record(&self, app: &App, caller: &Caller, page: Option<u64>) -> Result<u64, ApiError> {
        let mut filters = self.filters.clone();
        filters.extend(page.map(|position| ("page".to_owned(), position.to_string())));
        let look_up = LookUp { view: self.view.to_owned(), filters };
        let recorded = app.look_ups.record(&caller.request(None), look_up).await?;
        if app.tells(recorded).await { Ok(recorded) } else { Err(LiveError::Lagging.into()) }
    }
}

async fn told(app: &App, lines: Vec<TrailLine>) -> Result<Vec<LineView>, ApiError> {
    let lines = audit::lines(&app.pool, app.log.as_ref(), lines).await?;
    Ok(lines.into_iter().map(view).collect())
}

impl Search {
    fn check(&self) -> Result<(), ApiError> {
        optional_period(self.from, self.to)?;
        if self.action.as_deref().is_some_and(|action| !is_action(action)) {
            return Err(Invalid {
                code: "action_unknown",
                message: "action is the name of an event in lower case, such as message_posted",
            }
            .into());
        }
        Ok(())
    }

    fn filter(&self) -> TrailFilter {
        TrailFilter {
            person: self.person,
            patient: self.patient,
            record: self.record,
            action: self.action.clone(),
            outcome: self.outcome,
            request_id: self.request_id,
        }
    }

    /// What is asked for, as codes, ids and instants.
    fn filters(&self) -> BTreeMap<&'static str, String> {
        let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let filters = [
            ("person", self.person.map(|id| id.to_string())),
            ("patient", self.patient.map(|id| id.to_string())),
            ("record", self.record.map(|id| id.to_string())),
            ("action", self.action.clone()),
            ("outcome", self.outcome.map(|outcome| outcome.as_str().to_owned())),
            ("from", self.from.map(time)),
            ("to", self.to.map(time)),
            ("request_id", self.request_id.map(|id| id.to_string())),
        ];
        filters.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}
