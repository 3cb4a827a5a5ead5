//! Who looked at a patient's record, for the patient.

mod grants;
mod live;
mod looks;
mod openings;

pub(super) use live::followers;
pub(super) use looks::looks;
pub(super) use openings::openings;

use super::answer::Json;
use super::asked::Asked;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Params, optional_period};
use crate::app::App;
use crate::live::LiveError;
use anamnesis_domain::AccountId;
use anamnesis_domain::audit_desk::Filters;
use anamnesis_projections::trail::{Stretch, positions_in};
use axum::extract::State;
use chrono::{DateTime, SecondsFormat, Utc};
use live::FollowerView;
use looks::LookView;
use openings::OpeningView;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The most looks of one page.
const PAGE_MAX: u32 = 100;
/// The most openings that are told with them.
const OPENINGS_MAX: u32 = 50;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AccessReportQuery")]
pub(super) struct Page {
    /// Since then.
    from: Option<DateTime<Utc>>,
    /// Before then.
    to: Option<DateTime<Utc>>,
    /// Leaves out what the patient looked at.
    others: Option<bool>,
    /// `next` of the page before, with the same of everything else.
    before: Option<String>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct AccessReport {
    /// The latest first.
    looks: Vec<LookView>,
    /// Where the next page goes on; null on the last. A page may be short, or empty, and there be
    /// more: so far was looked.
    next: Option<String>,
    /// On the first page: of the latest fifty exceptions by which somebody opened the record, those
    /// within the period, also where they looked at nothing.
    openings: Vec<OpeningView>,
    /// On the first page: the patient's doctors who were sent what is said in their conversations
    /// as it is said. Such a message is no look of its own.
    live: Vec<FollowerView>,
}

/// Who looked at the caller's record: what was shown, to whom, when, in which role and for what
/// reason. That it was asked for is recorded first.
pub(super) async fn read_access_report(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(page): Params<Page>,
) -> Result<Json<AccessReport>, ApiError> {
    optional_period(page.from, page.to)?;
    let patient = caller.actor.account_id;
    let asked = Asked::new(&app, "access_report", page.filters(patient));
    let before = asked.position(page.before.as_deref())?;
    let recorded = asked.record(&app, &caller, before).await?;
    if !app.tells_of_openings(recorded).await {
        return Err(LiveError::Lagging.into());
    }
    let (live, openings) = match before {
        None => (
            followers(&app, patient, recorded).await?,
            openings(&app, &caller, recorded, OPENINGS_MAX, (page.from, page.to)).await?.0,
        ),
        Some(_) => (Vec::new(), Vec::new()),
    };
    let limit = page.limit.unwrap_or(50).clamp(1, PAGE_MAX);
    let Some(within) = positions_in(&app.pool, page.from, page.to).await? else {
        return Ok(Json(AccessReport { looks: Vec::new(), next: None, openings, live }));
    };
    let newest = before.unwrap_or(u64::MAX).min(recorded).min(within.before);
    let within = Stretch { before: newest, ..within };
    let others = page.others.unwrap_or(false);
    let (looks, next) = looks(&app, &caller, within, others, limit).await?;
    let next = next.map(|position| asked.next(position));
    Ok(Json(AccessReport { looks, next, openings, live }))
}

impl Page {
    fn filters(&self, patient: AccountId) -> Filters {
        let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let filters = [
            ("patient", Some(patient.to_string())),
            ("from", self.from.map(time)),
            ("to", self.to.map(time)),
            ("others", self.others.filter(|others| *others).map(|_| "true".to_owned())),
        ];
        filters.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}
