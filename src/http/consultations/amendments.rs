//! What a consultation said when it was signed, and after each amendment.

use super::open::{ContentView, Reading, open_content};
use super::show::seen;
use crate::app::App;
use crate::disclosure::Look;
use crate::http::answer::Json;
use crate::http::caller::Caller;
use crate::http::error::ApiError;
use crate::http::extract::{Ids, Params};
use crate::policy::AuthorisedRecord;
use anamnesis_domain::{AccountId, ConsultationId};
use anamnesis_projections::consultations::{ConsultationVersion, consultation_versions};
use axum::extract::State;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The most versions of one page: each is a whole consultation.
const PAGE_MAX: u32 = 20;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Page {
    /// `next` of the page before.
    after: Option<u64>,
    /// The most of one page: 20 by default, at most 20.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ConsultationVersions")]
pub(in crate::http) struct Versions {
    versions: Vec<VersionView>,
    /// Send it as `after` for the next page; null on the last.
    next: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ConsultationVersion")]
pub(in crate::http) struct VersionView {
    pub(in crate::http) version: u64,
    written_by: AccountId,
    pub(in crate::http) written_at: DateTime<Utc>,
    /// Why it was amended; null for what was signed first, and once it was erased.
    pub(in crate::http) reason: Option<String>,
    #[serde(flatten)]
    pub(in crate::http) content: ContentView,
}

/// The original, then what each amendment made of it. None before it is signed.
pub(in crate::http) async fn list_amendments(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(id): Ids<ConsultationId>,
    Params(page): Params<Page>,
) -> Result<Json<Versions>, ApiError> {
    let (_, record) = seen(&app, &caller, id).await?.ok_or_else(ApiError::not_found)?;
    let limit = page.limit.unwrap_or(PAGE_MAX).clamp(1, PAGE_MAX);
    let found = consultation_versions(&app.pool, id, page.after.unwrap_or(0), limit).await?;
    let full = found.len() == limit as usize;
    let next = found.last().map(|last| last.version).filter(|_| full);
    let versions = version_views(&app, &caller, &record, id, found).await?;
    Ok(Json(Versions { versions, next }))
}

/// A page of versions, opened.
pub(in crate::http) async fn version_views(
    app: &App,
    caller: &Caller,
    record: &AuthorisedRecord,
    id: ConsultationId,
    found: Vec<ConsultationVersion>,
) -> Result<Vec<VersionView>, ApiError> {
    let looks = found.iter().map(|one| Look::version(record, one.version)).collect();
    let disclosure = app.gateway.disclose(&caller.request(None), looks).await?;
    let reading = Reading { gateway: &app.gateway, disclosure: &disclosure };
    let mut versions = Vec::with_capacity(found.len());
    for one in found {
        let reason = one.reason.as_ref();
        let (content, reason) = open_content(reading, id, &one.content, reason).await?;
        versions.push(VersionView {
            version: one.version,
            written_by: one.written_by,
            written_at: one.written_at,
            reason,
            content,
        });
    }
    Ok(versions)
}
