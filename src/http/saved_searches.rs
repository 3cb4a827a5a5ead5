//! Searches of the trail that an officer keeps under a name. Nobody else sees them.

use super::answer::{Created, Json, NoContent};
use super::asked::Asked;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Body, Ids};
use super::messages::Written;
use super::trail_filters::Filters;
use super::views;
use crate::app::App;
use crate::sealing::SealedAt;
use anamnesis_domain::audit_desk::{self, AuditDesk};
use anamnesis_projections::audit_desks::{SavedSearch, saved_searches};
use axum::extract::State;
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewSavedSearch")]
pub(super) struct Saving {
    /// What to call it: at most 80 characters, of which the officer has no other search.
    #[schemars(example = &"Denied this week")]
    name: String,
    /// As `GET /api/audit/events` takes them.
    filters: Filters,
    /// Makes it safe to send the same again.
    client_id: Option<Uuid>,
}

/// A search that was saved.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SearchSaved")]
pub(super) struct Saved {
    search_id: Uuid,
    #[serde(flatten)]
    written: Written,
}

/// Keeps a search of the officer who asks.
pub(super) async fn save_search(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(Saving { name, filters, client_id }): Body<Saving>,
) -> Result<Created<Json<Saved>>, ApiError> {
    filters.check()?;
    let request = caller.request(client_id);
    let (search_id, executed) = app.audit_desks.save(&request, &name, filters.codes()).await?;
    app.settle(&executed).await;
    Ok(Created(Json(Saved { search_id, written: Written::of(&app, &executed) })))
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SavedSearches")]
pub(super) struct Searches {
    searches: Vec<SearchView>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SavedSearch")]
struct SearchView {
    search_id: Uuid,
    /// Null once it was erased.
    name: Option<String>,
    /// As `GET /api/audit/events` takes them.
    filters: audit_desk::Filters,
    saved_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
}

/// The searches of the officer who asks, the first first: all of them, at most 100. The look is
/// recorded.
pub(super) async fn list_searches(
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Searches>, ApiError> {
    let asked = Asked::new(&app, "searches", audit_desk::Filters::new());
    let request = caller.request(None);
    let disclosure = app.gateway.disclose_desks(&request, asked.look_up(None)).await?;
    let found = saved_searches(&app.pool, caller.actor.account_id).await?;
    let desk = caller.actor.account_id.to_string();
    let items = found.iter().map(|one| {
        let at = SealedAt {
            event_id: one.name.event_id,
            aggregate_type: AuditDesk::TYPE,
            aggregate_id: &desk,
            field: "name",
        };
        Some((at, &one.name.sealed))
    });
    let names = views::open_placed(&app.gateway, &disclosure, &items.collect::<Vec<_>>()).await?;
    let view = |(one, name): (SavedSearch, Option<String>)| SearchView {
        search_id: one.search_id,
        name,
        filters: one.filters,
        saved_at: one.saved_at,
        changed_at: one.changed_at,
    };
    Ok(Json(Searches { searches: found.into_iter().zip(names).map(view).collect() }))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SavedSearchChange")]
pub(super) struct Change {
    /// As `GET /api/audit/events` takes them.
    filters: Filters,
}

/// Changes what a search of the officer's asks for.
pub(super) async fn change_search(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(search_id): Ids<Uuid>,
    Body(Change { filters }): Body<Change>,
) -> Result<NoContent, ApiError> {
    filters.check()?;
    let request = caller.request(None);
    let changed = app.audit_desks.change(&request, search_id, filters.codes()).await?;
    app.settle(&changed).await;
    Ok(NoContent)
}

/// Keeps a search no longer.
pub(super) async fn delete_search(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(search_id): Ids<Uuid>,
) -> Result<NoContent, ApiError> {
    let deleted = app.audit_desks.delete(&caller.request(None), search_id).await?;
    app.settle(&deleted).await;
    Ok(NoContent)
}
