//! The consultations of the caller, without what stands in them.

use crate::app::App;
use crate::http::answer::Json;
use crate::http::caller::Caller;
use crate::http::error::ApiError;
use crate::http::extract::Params;
use anamnesis_domain::{AccountId, AppointmentId, ConsultationId, Role};
use anamnesis_projections::consultations::{
    Consultation, ConsultationFilter, ConsultationState, consultations_of_doctor,
    consultations_of_patient,
};
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Page {
    /// Only those with this doctor, or with this patient.
    with: Option<AccountId>,
    /// Only those that have come so far; by default all that the caller may see.
    state: Option<ConsultationState>,
    /// `next` of the page before.
    before: Option<u64>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
pub(in crate::http) struct Consultations {
    consultations: Vec<Summary>,
    /// Send it as `before` for the next page; null on the last.
    next: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ConsultationSummary")]
struct Summary {
    consultation_id: ConsultationId,
    appointment_id: AppointmentId,
    patient_id: AccountId,
    doctor_id: AccountId,
    opened_at: DateTime<Utc>,
    signed_at: Option<DateTime<Utc>>,
    review_on: Option<NaiveDate>,
    version: u64,
}

impl From<Consultation> for Summary {
    fn from(one: Consultation) -> Self {
        Self {
            consultation_id: one.consultation_id,
            appointment_id: one.appointment_id,
            patient_id: one.patient_id,
            doctor_id: one.doctor_id,
            opened_at: one.opened_at,
            signed_at: one.signed_at,
            review_on: one.content.review_on,
            version: one.version,
        }
    }
}

/// The caller's consultations, the newest first: a doctor's own, or what is signed about a
/// patient.
pub(in crate::http) async fn list_consultations(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(page): Params<Page>,
) -> Result<Json<Consultations>, ApiError> {
    let limit = page.limit.unwrap_or(50).clamp(1, 100);
    let account = caller.actor.account_id;
    let filter = ConsultationFilter { with: page.with, state: page.state };
    let found = if caller.actor.role == Role::Doctor {
        consultations_of_doctor(&app.pool, account, filter, page.before, limit).await?
    } else {
        consultations_of_patient(&app.pool, account, filter, page.before, limit).await?
    };
    let full = found.len() == limit as usize;
    let next = found.last().map(|last| last.opened_position).filter(|_| full);
    let consultations = found.into_iter().map(Into::into).collect();
    Ok(Json(Consultations { consultations, next }))
}
