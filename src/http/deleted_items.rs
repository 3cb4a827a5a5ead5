//! What is deleted, for those who restore it: that it is, never what it says.

use super::answer::Json;
use super::error::ApiError;
use super::extract::{Params, optional_period};
use crate::app::App;
use anamnesis_domain::AccountId;
use anamnesis_projections::deleted_items::{self, DeletedItem, DeletedItemFilter, DeletedKind};
use axum::extract::State;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// Only those of this kind; by default all.
    kind: Option<DeletedKind>,
    /// Whom it concerns.
    person: Option<AccountId>,
    /// Only what was deleted at this instant or later.
    from: Option<DateTime<Utc>>,
    /// Only what was deleted before this instant.
    to: Option<DateTime<Utc>>,
    /// `next` of the page before.
    after: Option<u64>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DeletedItems")]
pub(super) struct Items {
    items: Vec<ItemView>,
    /// Send it as `after` for the next page; null on the last.
    next: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DeletedItem")]
struct ItemView {
    kind: DeletedKind,
    /// Of the appointment, the consultation or the account; of a message, its room's.
    id: Uuid,
    /// Of a message, its number in the room; null for everything else.
    number: Option<u64>,
    /// Whom it concerns.
    people: Vec<AccountId>,
    deleted_by: AccountId,
    deleted_at: DateTime<Utc>,
    position: u64,
    restore: RestoreView,
}

/// How it is brought back.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RestoreLink")]
struct RestoreView {
    method: &'static str,
    path: String,
}

/// What is deleted at present, the last deleted first.
pub(super) async fn list_deleted_items(
    State(app): State<Arc<App>>,
    Params(page): Params<Page>,
) -> Result<Json<Items>, ApiError> {
    let limit = page.limit.unwrap_or(50).clamp(1, 100);
    optional_period(page.from, page.to)?;
    let Page { kind, person, from, to, .. } = page;
    let filter = DeletedItemFilter { kind, person, from, to };
    let found = deleted_items::deleted_items(&app.pool, filter, page.after, limit).await?;
    let full = found.len() == limit as usize;
    let next = found.last().map(|last| last.position).filter(|_| full);
    Ok(Json(Items { items: found.into_iter().map(view).collect(), next }))
}

fn view(item: DeletedItem) -> ItemView {
    let DeletedItem { kind, id, number, people, deleted_by, deleted_at, position } = item;
    let path = match kind {
        DeletedKind::Message => format!("/api/rooms/{id}/messages/{number}/restore"),
        DeletedKind::Appointment => format!("/api/appointments/{id}/restore"),
        DeletedKind::Consultation => format!("/api/consultations/{id}/restore"),
        DeletedKind::Account => format!("/api/users/{id}/restore"),
    };
    ItemView {
        kind,
        id,
        number: (kind == DeletedKind::Message).then_some(number),
        people,
        deleted_by,
        deleted_at,
        position,
        restore: RestoreView { method: "POST", path },
    }
}
