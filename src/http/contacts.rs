//! Whom a patient can turn to.

use super::answer::Json;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::Params;
use crate::app::App;
use crate::config::Hospital;
use anamnesis_domain::{AccountId, RoomId};
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::consultations::care_team;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// The last doctor of the page before.
    after: Option<AccountId>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Contacts {
    hospital: Hospital,
    care_team: Vec<DoctorView>,
    /// Send it as `after` for the next page; null on the last.
    next: Option<AccountId>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CareTeamMember")]
struct DoctorView {
    account_id: AccountId,
    /// Empty once it was erased.
    name: String,
    room_id: RoomId,
}

/// The hospital's numbers, and the doctors whom the patient has booked.
pub(super) async fn list_contacts(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(page): Params<Page>,
) -> Result<Json<Contacts>, ApiError> {
    let limit = page.limit.unwrap_or(50).clamp(1, 100);
    let found = care_team(&app.pool, caller.actor.account_id, page.after, limit).await?;
    let full = found.len() == limit as usize;
    let next = found.last().map(|last| last.doctor_id).filter(|_| full);
    let doctors: Vec<AccountId> = found.iter().map(|one| one.doctor_id).collect();
    let mut names = names_of(&app.pool, &doctors).await?;
    let care_team = found
        .into_iter()
        .map(|one| DoctorView {
            account_id: one.doctor_id,
            name: names.remove(&one.doctor_id).unwrap_or_default(),
            room_id: one.room_id,
        })
        .collect();
    Ok(Json(Contacts { hospital: app.config.hospital.clone(), care_team, next }))
}
