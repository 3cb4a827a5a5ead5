//! Messages that were sent to the wrong patient: an administrator reports them, and a compliance
//! officer decides. Neither reads them for that.

use super::answer::Json;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Body, Ids, Params};
use super::messages::Written;
use crate::app::App;
use crate::live::LiveError;
use anamnesis_domain::chat_room::{HideDecision, HideReason};
use anamnesis_domain::session::LookUp;
use anamnesis_domain::{AccountId, RoomId};
use anamnesis_projections::reports::{self, Decided, Report, ReportState};
use axum::extract::State;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The most reports of one page.
const PAGE_MAX: u32 = 100;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewReport")]
pub(super) struct Reason {
    reason: HideReason,
}

/// Reports a message that was sent to the wrong patient, without seeing it. It is hidden from
/// both participants at once, until a compliance officer decides.
pub(super) async fn report_message(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((room_id, number)): Ids<(RoomId, u64)>,
    Body(Reason { reason }): Body<Reason>,
) -> Result<Json<Written>, ApiError> {
    let room = caller.room(&app, room_id).await?;
    let executed = app.conversations.hide(&caller.request(None), &room, number, reason).await?;
    app.settle(&executed).await;
    Ok(Json(Written::of(&app, &executed)))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ReportDecision")]
pub(super) struct Decision {
    decision: HideDecision,
    /// Why: 1 to 2,000 characters, sealed with the patient's record.
    #[schemars(example = &"The doctor had two windows open and wrote into the wrong one.")]
    note: String,
}

/// Decides about a reported message, once: it is shown again as it was, or stays hidden.
pub(super) async fn decide_report(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((room_id, number)): Ids<(RoomId, u64)>,
    Body(Decision { decision, note }): Body<Decision>,
) -> Result<Json<Written>, ApiError> {
    let room = caller.room(&app, room_id).await?;
    let request = caller.request(None);
    let executed =
        app.conversations.decide_hidden(&request, &room, number, decision, &note).await?;
    app.settle(&executed).await;
    Ok(Json(Written::of(&app, &executed)))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// Those that wait for a decision, by default, or those that were decided.
    state: Option<ReportState>,
    /// `next` of the page before.
    after: Option<u64>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Reports")]
pub(super) struct Found {
    reports: Vec<ReportView>,
    /// Send it as `after` for the next page; null on the last.
    next: Option<u64>,
}

/// A message that was reported, without a word of what it says.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Report")]
struct ReportView {
    room_id: RoomId,
    number: u64,
    /// The patient in whose conversation it is.
    patient_id: Option<AccountId>,
    author_id: AccountId,
    reason: HideReason,
    reported_by: AccountId,
    reported_at: DateTime<Utc>,
    /// Null until it is decided.
    decided: Option<DecidedView>,
    /// Of the report in the log.
    position: u64,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DecidedReport")]
struct DecidedView {
    decision: HideDecision,
    by: AccountId,
    at: DateTime<Utc>,
}

/// The messages that were reported, the last reported first. The look is recorded before it is
/// answered.
pub(super) async fn list_reports(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(page): Params<Page>,
) -> Result<Json<Found>, ApiError> {
    let state = page.state.unwrap_or(ReportState::Open);
    let limit = page.limit.unwrap_or(50).clamp(1, PAGE_MAX);
    let filters = [("state", Some(state.as_str().to_owned())), ("page", page.after.map(text))];
    let filters = filters.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let look_up = LookUp { view: "reports".to_owned(), filters: filters.collect() };
    let recorded = app.look_ups.record(&caller.request(None), look_up).await?;
    if !app.shows(recorded).await {
        return Err(LiveError::Lagging.into());
    }
    let found = reports::reports(&app.pool, state, page.after, limit).await?;
    let full = found.len() == limit as usize;
    let next = found.last().map(|last| last.position).filter(|_| full);
    let mut views = Vec::with_capacity(found.len());
    for report in found {
        let pair = app.live.rooms().participants(report.room_id).await?;
        views.push(view(report, pair.map(|pair| pair.patient_id)));
    }
    Ok(Json(Found { reports: views, next }))
}

fn text(position: u64) -> String {
    position.to_string()
}

fn view(report: Report, patient_id: Option<AccountId>) -> ReportView {
    let Report { position, room_id, message, author_id, reason, .. } = report;
    let decided = |Decided { decision, by, at }| DecidedView { decision, by, at };
    ReportView {
        room_id,
        number: message,
        patient_id,
        author_id,
        reason,
        reported_by: report.reported_by,
        reported_at: report.reported_at,
        decided: report.decided.map(decided),
        position,
    }
}
