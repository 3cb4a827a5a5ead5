//! Break-glass over HTTP: records opened to officers, ended, listed and reviewed.

use super::answer::{Created, Json};
use super::asked::Asked;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Body, Ids, Params};
use super::grant_views::{self, GrantView, GrantWithWords};
use crate::app::App;
use crate::commands::Executed;
use crate::commands::break_glass::Wish;
use anamnesis_domain::access_grant::{AccessGrantError, Verdict};
use anamnesis_domain::{AccountId, GrantId};
use anamnesis_projections::grants::{self, Grant, GrantFilter, GrantState};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewGrant")]
pub(super) struct Opening {
    /// Whose record is to be opened.
    patient_id: AccountId,
    /// Why, at most 500 characters. The patient can read it.
    #[schemars(example = &"A complaint about who has read the record")]
    reason: String,
    /// For how long: 60 by default, at most 240.
    minutes: Option<u32>,
    /// Makes it safe to send the same again.
    client_id: Option<Uuid>,
}

/// Opens a patient's record to the officer who asks, for a reason and a time. The patient is
/// told, and another officer reviews it when it is over.
pub(super) async fn open_record(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(Opening { patient_id, reason, minutes, client_id }): Body<Opening>,
) -> Result<Created<Json<GrantView>>, ApiError> {
    app.patient(patient_id).await?;
    let wish = Wish { patient_id, reason, minutes };
    let (grant_id, executed) = app.break_glass.open(&caller.request(client_id), wish).await?;
    changed(&app, grant_id, &executed).await.map(Json).map(Created)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "GrantsPage")]
pub(super) struct Page {
    /// Only those that have come so far; by default all.
    state: Option<GrantState>,
    /// Only those of this officer.
    officer: Option<AccountId>,
    /// Only those for this patient's record.
    patient: Option<AccountId>,
    /// `next` of the page before, with the same of everything else.
    before: Option<String>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Grants {
    grants: Vec<GrantView>,
    /// Send it as `before` for the next page; null on the last.
    next: Option<String>,
}

/// Break-glass grants of all officers, the newest first. The look is recorded.
pub(super) async fn list_grants(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(page): Params<Page>,
) -> Result<Json<Grants>, ApiError> {
    let Page { state, officer, patient, before, limit } = page;
    let filters = [
        ("state", state.map(|state| state.as_str().to_owned())),
        ("person", officer.map(|id| id.to_string())),
        ("patient", patient.map(|id| id.to_string())),
    ];
    let filters = filters.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let asked = Asked::new(&app, "grants", filters.collect());
    let before = asked.position(before.as_deref())?;
    asked.record(&app, &caller, before).await?;
    let limit = limit.unwrap_or(50).clamp(1, 100);
    let filter = GrantFilter { state, officer, patient };
    let found = grants::grants(&app.pool, filter, app.clock.now(), before, limit).await?;
    let full = found.len() == limit as usize;
    let next = found.last().filter(|_| full).map(|last| asked.next(last.granted_position));
    Ok(Json(Grants { grants: grant_views::of(&app, found).await?, next }))
}

/// One grant with its reason and what the reviewer said. The look is recorded.
pub(super) async fn read_grant(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(grant_id): Ids<GrantId>,
) -> Result<Json<GrantWithWords>, ApiError> {
    let found = grants::grant(&app.pool, grant_id).await?.ok_or_else(no_grant)?;
    grant_views::with_words(&app, &caller, found).await.map(Json)
}

/// Ends a grant before its time; it is the officer's own. One that is over stays as it is.
pub(super) async fn end_grant(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(grant_id): Ids<GrantId>,
) -> Result<Json<GrantView>, ApiError> {
    let executed = app.break_glass.end(&caller.request(None), grant_id).await?;
    changed(&app, grant_id, &executed).await.map(Json)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "GrantReview")]
pub(super) struct Review {
    verdict: Verdict,
    /// What there is to say about it, at most 2,000 characters.
    #[schemars(example = &"The complaint names this conversation")]
    note: Option<String>,
}

/// Signs a grant of another officer's off, once it is over. To say the same again changes
/// nothing.
pub(super) async fn review_grant(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(grant_id): Ids<GrantId>,
    Body(Review { verdict, note }): Body<Review>,
) -> Result<Json<GrantView>, ApiError> {
    let request = caller.request(None);
    let reviewed = app.break_glass.review(&request, grant_id, verdict, note.as_deref());
    let executed = reviewed.await?;
    changed(&app, grant_id, &executed).await.map(Json)
}

/// A grant that the caller has changed, as it is now.
async fn changed(
    app: &App,
    grant_id: GrantId,
    executed: &Executed,
) -> Result<GrantView, ApiError> {
    app.settle(executed).await;
    let found: Option<Grant> = grants::grant(&app.pool, grant_id).await?;
    let views = grant_views::of(app, found.into_iter().collect()).await?;
    views.into_iter().next().ok_or_else(|| {
        ApiError::unavailable("read_models_lag", "it is done; the server is catching up")
    })
}

fn no_grant() -> ApiError {
    crate::commands::Refusal::from(AccessGrantError::NotFound).into()
}
