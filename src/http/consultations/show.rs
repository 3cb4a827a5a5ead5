//! One consultation, as its doctor or its patient sees it.

use super::open::{ContentView, Reading, open_content};
use crate::app::App;
use crate::disclosure::Look;
use crate::http::caller::Caller;
use crate::http::error::ApiError;
use crate::http::etag::Versioned;
use crate::http::extract::Ids;
use crate::policy::AuthorisedRecord;
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::{AccountId, AppointmentId, ConsultationId};
use anamnesis_projections::consultations::{self, Consultation};
use axum::extract::State;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Consultation")]
pub(in crate::http) struct ConsultationView {
    consultation_id: ConsultationId,
    appointment_id: AppointmentId,
    patient_id: AccountId,
    doctor_id: AccountId,
    opened_at: DateTime<Utc>,
    /// Null as long as it is a draft.
    signed_at: Option<DateTime<Utc>>,
    /// The same as the `ETag`.
    version: u64,
    #[serde(flatten)]
    content: ContentView,
}

/// One consultation. Its doctor sees it from the beginning, its patient once it is signed.
pub(in crate::http) async fn read_consultation(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(id): Ids<ConsultationId>,
) -> Result<Versioned<ConsultationView>, ApiError> {
    let (found, record) = seen(&app, &caller, id).await?.ok_or_else(ApiError::not_found)?;
    let version = found.version;
    Ok(Versioned(version, view(&app, &caller, &record, found).await?))
}

/// A consultation, if it exists. One that the caller may not know of is an error.
pub(in crate::http) async fn seen(
    app: &App,
    caller: &Caller,
    id: ConsultationId,
) -> Result<Option<(Consultation, AuthorisedRecord)>, ApiError> {
    let found = consultations::consultation(&app.pool, id).await?;
    let Some(one) = found.filter(|one| !one.deleted) else { return Ok(None) };
    let pair = Participants { patient_id: one.patient_id, doctor_id: one.doctor_id };
    let record = caller.consultation(app, id, pair, one.signed_at.is_some()).await?;
    Ok(Some((one, record)))
}

pub(super) async fn view(
    app: &App,
    caller: &Caller,
    record: &AuthorisedRecord,
    one: Consultation,
) -> Result<ConsultationView, ApiError> {
    let looks = vec![Look::version(record, one.version)];
    let disclosure = app.gateway.disclose(&caller.request(None), looks).await?;
    let reading = Reading { gateway: &app.gateway, disclosure: &disclosure };
    let (content, _) = open_content(reading, one.consultation_id, &one.content, None).await?;
    Ok(ConsultationView {
        consultation_id: one.consultation_id,
        appointment_id: one.appointment_id,
        patient_id: one.patient_id,
        doctor_id: one.doctor_id,
        opened_at: one.opened_at,
        signed_at: one.signed_at,
        version: one.version,
        content,
    })
}
