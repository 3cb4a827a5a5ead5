//! What a patient takes, or took.

use super::answer::Json;
use super::caller::Caller;
use super::consultations::{PrescribedView, Prescriptions, Reading};
use super::error::ApiError;
use super::extract::{Ids, Params, bad_page};
use crate::app::App;
use crate::disclosure::Look;
use crate::policy::AuthorisedRecord;
use anamnesis_domain::session::RecordKind;
use anamnesis_domain::{AccountId, ConsultationId, Role, RoomId};
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::consultations::{
    Medicine, MedicineCursor, current_medicines, medicines, past_medicines,
};
use axum::extract::State;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// Only what has not ended (in UTC), or only what has; by default both.
    current: Option<bool>,
    /// `next` of the page before.
    after: Option<String>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Medicines {
    medicines: Vec<MedicineView>,
    /// Send it as `after` for the next page; null on the last.
    next: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Medicine")]
struct MedicineView {
    consultation_id: ConsultationId,
    prescription_id: Uuid,
    doctor_id: AccountId,
    /// Who prescribed it. Empty once it was erased.
    doctor_name: String,
    #[serde(flatten)]
    prescribed: PrescribedView,
    ends_on: Option<NaiveDate>,
}

/// The caller's own medicines, the newest first.
pub(super) async fn list_own_medicines(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(page): Params<Page>,
) -> Result<Json<Medicines>, ApiError> {
    of_patient(&app, &caller, &caller.own_medicines()?, &page).await.map(Json)
}

/// The medicines of a patient, whoever prescribed them: for a doctor whom they have booked, or
/// an officer with an open grant.
pub(super) async fn list_patient_medicines(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(patient_id): Ids<AccountId>,
    Params(page): Params<Page>,
) -> Result<Json<Medicines>, ApiError> {
    let record = if caller.actor.role == Role::Compliance {
        caller.opened(&app, RecordKind::Medicines, patient_id).await?
    } else {
        // The first booking opens the room of the two: who has it has an appointment.
        let room = RoomId::of_pair(patient_id, caller.actor.account_id);
        caller.room(&app, room).await?.medicines()
    };
    of_patient(&app, &caller, &record, &page).await.map(Json)
}

async fn of_patient(
    app: &App,
    caller: &Caller,
    record: &AuthorisedRecord,
    page: &Page,
) -> Result<Medicines, ApiError> {
    let patient = record.patient_id();
    let limit = page.limit.unwrap_or(50).clamp(1, 100);
    let after = page.after.as_deref().map(cursor).transpose()?;
    let today = app.clock.now().date_naive();
    let found = match page.current {
        None => medicines(&app.pool, patient, after, limit).await?,
        Some(true) => current_medicines(&app.pool, patient, today, after, limit).await?,
        Some(false) => past_medicines(&app.pool, patient, today, after, limit).await?,
    };
    let full = found.len() == limit as usize;
    let next = found.last().map(|last| next_of(last.cursor)).filter(|_| full);
    Ok(Medicines { medicines: views_of(app, caller, record, found).await?, next })
}

async fn views_of(
    app: &App,
    caller: &Caller,
    record: &AuthorisedRecord,
    found: Vec<Medicine>,
) -> Result<Vec<MedicineView>, ApiError> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let consultations = found.iter().map(|one| one.consultation_id).collect();
    let looks = vec![Look::medicines(record, consultations)];
    let disclosure = app.gateway.disclose(&caller.request(None), looks).await?;
    let reading = Reading { gateway: &app.gateway, disclosure: &disclosure };
    let sealed = found.iter().map(|one| (one.consultation_id, one.prescription_id, &one.content));
    let opened = Prescriptions::of(sealed).open(reading).await?;
    let doctors: Vec<AccountId> = found.iter().map(|one| one.doctor_id).collect();
    let names = names_of(&app.pool, &doctors).await?;
    let views = found.iter().zip(opened).map(|(one, prescribed)| MedicineView {
        consultation_id: one.consultation_id,
        prescription_id: one.prescription_id,
        doctor_id: one.doctor_id,
        doctor_name: names.get(&one.doctor_id).cloned().unwrap_or_default(),
        prescribed,
        ends_on: one.ends_on,
    });
    Ok(views.collect())
}

fn next_of(cursor: MedicineCursor) -> String {
    format!("{}.{}", cursor.position, cursor.prescription_id)
}

fn cursor(text: &str) -> Result<MedicineCursor, ApiError> {
    let (position, prescription) = text.split_once('.').ok_or_else(bad_page)?;
    let position = position.parse().map_err(|_| bad_page())?;
    let prescription_id = prescription.parse().map_err(|_| bad_page())?;
    Ok(MedicineCursor { position, prescription_id })
}
