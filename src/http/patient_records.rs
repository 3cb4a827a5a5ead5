//! What there is about a patient, for an officer who broke the glass: enough to find what to
//! open, and no content.

use super::answer::Json;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Ids, Params, bad_page};
use crate::app::App;
use anamnesis_domain::AccountId;
use anamnesis_domain::session::{LookUp, RecordKind};
use anamnesis_projections::patient_records::{PatientRecord, patient_records};
use anamnesis_projections::trail::TrailKind;
use axum::extract::State;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PatientRecordsPage")]
pub(super) struct Page {
    /// `next` of the page before.
    after: Option<String>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PatientRecords")]
pub(super) struct Records {
    records: Vec<RecordView>,
    /// Send it as `after` for the next page; null on the last.
    next: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PatientRecord")]
struct RecordView {
    /// `room`, `appointment` or `consultation`.
    kind: TrailKind,
    id: Uuid,
    doctor_id: AccountId,
    /// When the conversation was opened, the appointment begins, or the consultation was begun.
    at: DateTime<Utc>,
    /// When the last message was written, the appointment booked, or the consultation signed.
    last_at: DateTime<Utc>,
    /// Messages, changes of the appointment, or versions of the consultation.
    count: u64,
}

impl From<PatientRecord> for RecordView {
    fn from(one: PatientRecord) -> Self {
        let PatientRecord { kind, id, doctor_id, at, last_at, count } = one;
        Self { kind, id, doctor_id, at, last_at, count }
    }
}

/// The conversations, appointments and signed consultations of a patient, the latest first,
/// without what they say. It takes an open grant, and the look is recorded.
pub(super) async fn list_patient_records(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(patient_id): Ids<AccountId>,
    Params(page): Params<Page>,
) -> Result<Json<Records>, ApiError> {
    let record = caller.opened(&app, RecordKind::Account, patient_id).await?;
    let after = page.after.as_deref().map(cursor).transpose()?;
    let grant = record.grant_id().map(|grant| ("grant".to_owned(), grant.to_string()));
    let patient = ("patient".to_owned(), patient_id.to_string());
    let filters = [patient].into_iter().chain(grant).collect();
    let look_up = LookUp { view: "records".to_owned(), filters };
    app.look_ups.record(&caller.request(None), look_up).await?;
    let limit = page.limit.unwrap_or(50).clamp(1, 100);
    let found = patient_records(&app.pool, patient_id, after, limit).await?;
    let full = found.len() == limit as usize;
    let next = found.last().filter(|_| full).map(next_of);
    Ok(Json(Records { records: found.into_iter().map(RecordView::from).collect(), next }))
}

fn next_of(last: &PatientRecord) -> String {
    format!("{}.{}", last.at.timestamp_micros(), last.id)
}

fn cursor(text: &str) -> Result<(DateTime<Utc>, Uuid), ApiError> {
    let (micros, id) = text.split_once('.').ok_or_else(bad_page)?;
    let micros = micros.parse().map_err(|_| bad_page())?;
    let at = DateTime::from_timestamp_micros(micros).ok_or_else(bad_page)?;
    Ok((at, id.parse().map_err(|_| bad_page())?))
}
