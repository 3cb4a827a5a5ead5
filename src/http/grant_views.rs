//! Break-glass grants as the API shows them.

use super::caller::Caller;
use super::error::ApiError;
use super::notifications::{PersonView, person};
use super::views;
use crate::app::App;
use crate::disclosure::Look;
use crate::sealing::SealedAt;
use anamnesis_domain::access_grant::{AccessGrant, Verdict};
use anamnesis_domain::{AccountId, GrantId};
use anamnesis_projections::SealedText;
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::grants::Grant;
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use schemars::JsonSchema;
use serde::Serialize;

/// An officer's leave to look at a patient's record.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Grant")]
pub(super) struct GrantView {
    grant_id: GrantId,
    officer: PersonView,
    patient: PersonView,
    granted_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    /// When the officer gave it back before its time; null where they did not.
    ended_at: Option<DateTime<Utc>>,
    /// Whether it can be used now.
    open: bool,
    /// Null until another officer has signed it off.
    review: Option<ReviewView>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "GrantReviewed")]
struct ReviewView {
    by: PersonView,
    at: DateTime<Utc>,
    verdict: Verdict,
}

/// A grant with what was written about it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "GrantWithWords")]
pub(super) struct GrantWithWords {
    #[serde(flatten)]
    grant: GrantView,
    /// Why the record was opened. Null once it was erased.
    reason: Option<String>,
    /// What the reviewer said. Null where there is none, or it was erased.
    note: Option<String>,
}

/// A page of grants, with the names of who has to do with them.
pub(super) async fn of(app: &App, found: Vec<Grant>) -> Result<Vec<GrantView>, ApiError> {
    let people: Vec<AccountId> = found
        .iter()
        .flat_map(|one| [Some(one.officer_id), Some(one.patient_id), one.reviewed_by])
        .flatten()
        .collect();
    let names = names_of(&app.pool, &people).await?;
    let now = app.clock.now();
    let review = |one: &Grant| {
        let (by, at, verdict) = (one.reviewed_by?, one.reviewed_at?, one.verdict?);
        Some(ReviewView { by: person(&names, by), at, verdict })
    };
    let view = |one: &Grant| GrantView {
        grant_id: one.grant_id,
        officer: person(&names, one.officer_id),
        patient: person(&names, one.patient_id),
        granted_at: one.granted_at,
        expires_at: one.expires_at,
        ended_at: one.ended_at,
        open: one.is_open(now),
        review: review(one),
    };
    Ok(found.iter().map(view).collect())
}

/// One grant, opened.
pub(super) async fn with_words(
    app: &App,
    caller: &Caller,
    found: Grant,
) -> Result<GrantWithWords, ApiError> {
    let record = caller.grant(found.grant_id, found.patient_id)?;
    let looks = vec![Look::version(&record, found.version)];
    let disclosure = app.gateway.disclose(&caller.request(None), looks).await?;
    let stream = found.grant_id.to_string();
    let at = |text: &SealedText, field| SealedAt {
        event_id: text.event_id,
        aggregate_type: AccessGrant::TYPE,
        aggregate_id: &stream,
        field,
    };
    let reason = Some((at(&found.reason, "reason"), &found.reason.sealed));
    let note = found.note.as_ref().map(|note| (at(note, "note"), &note.sealed));
    let opened = views::open_placed(&app.gateway, &disclosure, &[reason, note]).await?;
    let mut words = opened.into_iter();
    let (reason, note) = (words.next().flatten(), words.next().flatten());
    let grant = of(app, vec![found]).await?.pop().ok_or_else(ApiError::not_found)?;
    Ok(GrantWithWords { grant, reason, note })
}
