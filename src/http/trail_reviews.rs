//! Reviews of the audit trail: who has looked through which part of it, and what it came to.

use super::answer::{Created, Json};
use super::asked::Asked;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Body, Params};
use super::messages::Written;
use super::notifications::{PersonView, person};
use super::trail_filters::Filters;
use super::views;
use crate::app::App;
use crate::commands::audit_desk::Reviewed;
use crate::disclosure::Disclosure;
use crate::replay::{self, Point};
use crate::sealing::SealedAt;
use anamnesis_domain::AccountId;
use anamnesis_domain::audit_desk::{self, AuditDesk};
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::audit_desks::{TrailReview, trail_reviews};
use axum::extract::State;
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewTrailReview")]
pub(super) struct Review {
    /// What was asked of the trail; by default nothing, which is all of it.
    #[serde(default)]
    filters: Filters,
    /// The first event that was looked through: its position, or an instant; by default the
    /// first of all.
    #[schemars(with = "Option<String>")]
    from: Option<Point>,
    /// The last one; by default the last there is.
    #[schemars(with = "Option<String>")]
    to: Option<Point>,
    /// What it came to, at most 2,000 characters.
    #[schemars(example = &"Nothing out of the ordinary")]
    note: String,
    /// Makes it safe to send the same again.
    client_id: Option<Uuid>,
}

/// What was signed.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TrailReviewSigned")]
pub(super) struct Signed {
    review_id: Uuid,
    /// The positions that it covers.
    from: u64,
    to: u64,
    #[serde(flatten)]
    written: Written,
}

/// Signs that the officer who asks has looked through a part of the trail.
pub(super) async fn sign_review(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(Review { filters, from, to, note, client_id }): Body<Review>,
) -> Result<Created<Json<Signed>>, ApiError> {
    filters.check()?;
    let asked = replay::Asked { from, to, ..replay::Asked::default() };
    let part = asked.settle(&*app.log, app.clock.now()).await?;
    let reviewed = Reviewed { filters: filters.codes(), from: part.from, to: part.to, note };
    let (review_id, executed) =
        app.audit_desks.review(&caller.request(client_id), reviewed).await?;
    app.settle(&executed).await;
    let written = Written::of(&app, &executed);
    Ok(Created(Json(Signed { review_id, from: part.from, to: part.to, written })))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TrailReviewsPage")]
pub(super) struct Page {
    /// `next` of the page before.
    before: Option<String>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TrailReviews")]
pub(super) struct Reviews {
    reviews: Vec<ReviewView>,
    /// Send it as `before` for the next page; null on the last.
    next: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TrailReview")]
struct ReviewView {
    review_id: Uuid,
    officer: PersonView,
    at: DateTime<Utc>,
    /// What was asked of the trail.
    filters: audit_desk::Filters,
    /// The first position that was looked through.
    from: u64,
    /// The last one.
    to: u64,
    /// What it came to. Null once it was erased.
    note: Option<String>,
}

/// The reviews of all officers, the latest first. The look is recorded.
pub(super) async fn list_reviews(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(page): Params<Page>,
) -> Result<Json<Reviews>, ApiError> {
    let asked = Asked::new(&app, "reviews", audit_desk::Filters::new());
    let before = asked.position(page.before.as_deref())?;
    let request = caller.request(None);
    let disclosure = app.gateway.disclose_desks(&request, asked.look_up(before)).await?;
    let limit = page.limit.unwrap_or(50).clamp(1, 100);
    let found = trail_reviews(&app.pool, before, limit).await?;
    let full = found.len() == limit as usize;
    let next = found.last().filter(|_| full).map(|last| asked.next(last.position));
    Ok(Json(Reviews { reviews: views_of(&app, &disclosure, found).await?, next }))
}

async fn views_of(
    app: &App,
    disclosure: &Disclosure,
    found: Vec<TrailReview>,
) -> Result<Vec<ReviewView>, ApiError> {
    let desks: Vec<String> = found.iter().map(|one| one.officer_id.to_string()).collect();
    let items = found.iter().zip(&desks).map(|(one, desk)| {
        let at = SealedAt {
            event_id: one.note.event_id,
            aggregate_type: AuditDesk::TYPE,
            aggregate_id: desk,
            field: "note",
        };
        Some((at, &one.note.sealed))
    });
    let items: Vec<_> = items.collect();
    let notes = views::open_placed(&app.gateway, disclosure, &items).await?;
    let officers: Vec<AccountId> = found.iter().map(|one| one.officer_id).collect();
    let names = names_of(&app.pool, &officers).await?;
    let view = |(one, note): (TrailReview, Option<String>)| ReviewView {
        review_id: one.review_id,
        officer: person(&names, one.officer_id),
        at: one.at,
        filters: one.filters,
        from: one.first,
        to: one.last,
        note,
    };
    drop(items);
    Ok(found.into_iter().zip(notes).map(view).collect())
}
