//! What the patient asks to have corrected, and what the doctor answers.

use super::open::{Reading, open_corrections};
use super::show::seen;
use crate::app::App;
use crate::commands::Executed;
use crate::commands::consulting::Entry;
use crate::disclosure::Look;
use crate::http::answer::Created;
use crate::http::caller::Caller;
use crate::http::error::ApiError;
use crate::http::etag::{IfMatch, Versioned};
use crate::http::extract::{Body, Ids, Params};
use crate::policy::AuthorisedRecord;
use anamnesis_domain::consultation::ConsultationEvent;
use anamnesis_domain::{ConsultationId, Event};
use anamnesis_projections::consultations::{Consultation, Correction, corrections};
use axum::extract::State;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// The most requests of one page.
const PAGE_MAX: u32 = 50;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Page {
    /// `next` of the page before.
    after: Option<u32>,
    /// The most of one page: 50 by default, at most 50.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
pub(in crate::http) struct Corrections {
    corrections: Vec<CorrectionView>,
    /// Send it as `after` for the next page; null on the last.
    next: Option<u32>,
}

/// How far a request has come.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "CorrectionStatus")]
enum Status {
    /// It waits for the doctor.
    Requested,
    /// It was corrected, by an amendment.
    Accepted,
    /// It stays as it is, and a statement says why.
    Declined,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Correction")]
pub(in crate::http) struct CorrectionView {
    /// Names it within the consultation, from 1.
    number: u32,
    status: Status,
    requested_at: DateTime<Utc>,
    /// What is wrong, in the patient's words. Null once it was erased.
    text: Option<String>,
    /// Null while it waits.
    answered_at: Option<DateTime<Utc>>,
    /// The version of the consultation that corrects it; null if none does.
    amendment: Option<u64>,
    /// Why it was declined, in the doctor's words.
    statement: Option<String>,
}

impl CorrectionView {
    fn of(one: &Correction, (text, statement): (Option<String>, Option<String>)) -> Self {
        let status = match (one.answered_at, one.amendment) {
            (None, _) => Status::Requested,
            (Some(_), Some(_)) => Status::Accepted,
            (Some(_), None) => Status::Declined,
        };
        Self {
            number: one.number,
            status,
            requested_at: one.requested_at,
            text,
            answered_at: one.answered_at,
            amendment: one.amendment,
            statement,
        }
    }
}

/// What the patient asked to have corrected, in the order in which it was asked, each with its
/// answer. For the patient and the doctor.
pub(in crate::http) async fn list_corrections(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(id): Ids<ConsultationId>,
    Params(page): Params<Page>,
) -> Result<Versioned<Corrections>, ApiError> {
    let (one, record) = seen(&app, &caller, id).await?.ok_or_else(ApiError::not_found)?;
    let limit = page.limit.unwrap_or(PAGE_MAX).clamp(1, PAGE_MAX);
    let found = corrections(&app.pool, id, page.after.unwrap_or(0), limit).await?;
    let full = found.len() == limit as usize;
    let next = found.last().map(|last| last.number).filter(|_| full);
    let corrections = correction_views(&app, &caller, &record, &one, &found).await?;
    Ok(Versioned(one.version, Corrections { corrections, next }))
}

/// A page of requests, opened.
pub(in crate::http) async fn correction_views(
    app: &App,
    caller: &Caller,
    record: &AuthorisedRecord,
    one: &Consultation,
    found: &[Correction],
) -> Result<Vec<CorrectionView>, ApiError> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let looks = vec![Look::version(record, one.version)];
    let disclosure = app.gateway.disclose(&caller.request(None), looks).await?;
    let reading = Reading { gateway: &app.gateway, disclosure: &disclosure };
    let words = open_corrections(reading, one.consultation_id, found).await?;
    Ok(found.iter().zip(words).map(|(one, words)| CorrectionView::of(one, words)).collect())
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CorrectionRequest")]
pub(in crate::http) struct Asking {
    /// What is wrong: at most 2,000 characters.
    #[schemars(example = &"The cough began on Sunday, not on Friday.")]
    text: String,
    /// Makes it safe to send the same again.
    client_id: Option<Uuid>,
}

/// The patient asks for a correction of a signed consultation. At most 20 wait for an answer.
pub(in crate::http) async fn request_correction(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(id): Ids<ConsultationId>,
    IfMatch(version): IfMatch,
    Body(Asking { text, client_id }): Body<Asking>,
) -> Result<Created<Versioned<CorrectionView>>, ApiError> {
    let request = caller.request(client_id);
    let executed = app.consultings.request_correction(&request, id, version, &text).await?;
    let number = number_of(&executed).ok_or_else(lagging)?;
    changed(&app, &caller, id, number, &executed).await.map(Created)
}

fn number_of(executed: &Executed) -> Option<u32> {
    match executed.events.first()?.event() {
        Ok(Event::Consultation(ConsultationEvent::CorrectionRequested { number, .. })) => {
            Some(*number)
        }
        _ => None,
    }
}

/// The doctor corrects what the patient asked for: amends the consultation, which says why, and
/// answers the request with that amendment, in one step. The same answer again changes nothing,
/// so it needs no `client_id`; another one is refused.
pub(in crate::http) async fn accept_correction(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((id, number)): Ids<(ConsultationId, u32)>,
    IfMatch(version): IfMatch,
    Body(entry): Body<Entry>,
) -> Result<Versioned<CorrectionView>, ApiError> {
    let (request, which) = (caller.request(None), (id, number));
    let executed = app.consultings.accept_correction(&request, which, version, entry).await?;
    changed(&app, &caller, id, number, &executed).await
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CorrectionDecline")]
pub(in crate::http) struct Declining {
    /// Why it stays as it is: at most 2,000 characters.
    #[schemars(example = &"I wrote down what you told me on Monday.")]
    statement: String,
}

/// The doctor leaves what is written as it is, and says why. The same answer again changes
/// nothing; another one is refused.
pub(in crate::http) async fn decline_correction(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids((id, number)): Ids<(ConsultationId, u32)>,
    IfMatch(version): IfMatch,
    Body(Declining { statement }): Body<Declining>,
) -> Result<Versioned<CorrectionView>, ApiError> {
    let (request, which) = (caller.request(None), (id, number));
    let executed = app.consultings.decline_correction(&request, which, version, &statement).await?;
    changed(&app, &caller, id, number, &executed).await
}

/// The request as it is now.
async fn changed(
    app: &App,
    caller: &Caller,
    id: ConsultationId,
    number: u32,
    executed: &Executed,
) -> Result<Versioned<CorrectionView>, ApiError> {
    app.settle(executed).await;
    let least = executed.events.last().map_or(1, |event| event.sequence);
    let found = seen(app, caller, id).await?.filter(|(found, _)| found.version >= least);
    let (one, record) = found.ok_or_else(lagging)?;
    let found = corrections(&app.pool, id, number.saturating_sub(1), 1).await?;
    let view = correction_views(app, caller, &record, &one, &found).await?.pop();
    let view = view.filter(|view| view.number == number).ok_or_else(lagging)?;
    Ok(Versioned(one.version, view))
}

fn lagging() -> ApiError {
    ApiError::unavailable("read_models_lag", "it is written; the server is catching up")
}
