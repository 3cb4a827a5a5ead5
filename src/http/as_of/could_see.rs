//! What somebody could see.

use super::asked::{look, point};
use super::grants::{GrantThen, grants};
use crate::app::App;
use crate::as_of::{LiveSession, RecordName, Seen};
use crate::http::answer::Json;
use crate::http::caller::Caller;
use crate::http::error::ApiError;
use crate::http::extract::{Ids, Params, bad_page};
use crate::policy::Action;
use anamnesis_domain::account::Status;
use anamnesis_domain::appointment::Status as AppointmentStatus;
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::grants::GrantFilter;
use axum::extract::State;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CouldSeeQuery")]
pub(in crate::http) struct Asked {
    /// After the event at this position.
    position: Option<u64>,
    /// After the last event that was recorded by then. Without either: as it is now.
    at: Option<DateTime<Utc>>,
    /// `next` of the page before.
    after: Option<String>,
    /// The most records that are looked at for a page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
pub(in crate::http) struct CouldSee {
    /// The last event that counts.
    position: u64,
    /// When that was recorded.
    recorded_at: DateTime<Utc>,
    account_id: AccountId,
    /// The name they had then. Empty once it was erased.
    name: String,
    role: Role,
    /// Only who was `active` could see anything.
    status: Status,
    /// Sessions that had begun and not ended, the last begun first; with none, they could have
    /// signed in.
    sessions: Vec<SessionThen>,
    /// What the role alone allowed, with what was theirs or, of an officer, what a grant opened.
    by_role: Vec<Action>,
    /// Break-glass grants that they held, each for the record of one patient.
    grants: Vec<GrantThen>,
    /// What they could see: rooms first, then appointments, then consultations.
    records: Vec<SeenView>,
    /// Send it as `after` for the next page; null on the last. A page may be short, or empty,
    /// and there be more: so far was looked.
    next: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct SessionThen {
    session_id: Uuid,
    began_at: DateTime<Utc>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CouldSeeRecord")]
struct SeenView {
    /// `room`, `appointment` or `consultation`.
    kind: &'static str,
    id: Uuid,
    patient_id: AccountId,
    doctor_id: AccountId,
    /// When it was opened or booked.
    since: DateTime<Utc>,
    /// Of an appointment: `scheduled`, `cancelled`, `completed` or `no_show`.
    status: Option<&'static str>,
    /// Of a consultation: whether it was signed, or still a draft.
    signed: Option<bool>,
    /// What they could do with it.
    may: Vec<Action>,
}

/// What somebody could see at a position of the log or at an instant, as the permissions then
/// decide it, and whether they were signed in. The look is recorded before it is answered.
pub(in crate::http) async fn read_could_see(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(account_id): Ids<AccountId>,
    Params(asked): Params<Asked>,
) -> Result<Json<CouldSee>, ApiError> {
    let after = asked.after.as_deref().map(str::parse).transpose().map_err(|()| bad_page())?;
    let limit = asked.limit.unwrap_or(50).clamp(1, 100) as usize;
    let at = point(asked.position, asked.at)?;
    let at = look(&app, &caller, "could_see", RecordName::Account(account_id), at).await?;
    let found = app.as_of.could_see(account_id, at, after, limit).await?;
    let filter = GrantFilter { officer: Some(account_id), ..GrantFilter::default() };
    Ok(Json(CouldSee {
        position: at.position,
        recorded_at: at.recorded_at,
        account_id,
        name: found.account.name,
        role: found.account.role,
        status: found.account.status,
        sessions: found.sessions.into_iter().map(SessionThen::from).collect(),
        by_role: found.by_role,
        grants: grants(&app, filter, at).await?,
        records: found.records.into_iter().map(SeenView::from).collect(),
        next: found.next.map(|next| next.to_string()),
    }))
}

impl From<LiveSession> for SessionThen {
    fn from(session: LiveSession) -> Self {
        Self { session_id: session.session_id, began_at: session.began_at }
    }
}

impl From<Seen> for SeenView {
    fn from(seen: Seen) -> Self {
        Self {
            kind: seen.name.kind(),
            id: seen.name.id(),
            patient_id: seen.pair.patient_id,
            doctor_id: seen.pair.doctor_id,
            since: seen.since,
            status: seen.status.map(AppointmentStatus::as_str),
            signed: seen.is_signed,
            may: seen.may,
        }
    }
}
