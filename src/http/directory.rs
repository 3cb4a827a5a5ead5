//! The directory of doctors.

use super::answer::Json;
use super::error::ApiError;
use super::extract::{Ids, Params, bad_page};
use super::own_account::opened;
use super::pictures::picture_path;
use crate::app::App;
use anamnesis_domain::account::{Availability, Specialty, Status};
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::accounts::{self, Doctor, DoctorFilter, NameCursor};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// Beginnings of words of the name.
    name: Option<String>,
    /// Only those of this specialty; by default all.
    specialty: Option<Specialty>,
    /// Only those who are so at the moment; by default all.
    availability: Option<Availability>,
    /// The last doctor of the page before.
    after: Option<AccountId>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Doctors {
    doctors: Vec<DoctorView>,
    /// Send it as `after` for the next page; null on the last.
    next: Option<AccountId>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Doctor")]
struct DoctorView {
    account_id: AccountId,
    name: String,
    availability: Availability,
    specialty: Option<Specialty>,
    /// Where the picture is; null when there is none.
    picture: Option<String>,
}

/// Active doctors, by name.
pub(super) async fn list_doctors(
    State(app): State<Arc<App>>,
    Params(page): Params<Page>,
) -> Result<Json<Doctors>, ApiError> {
    let limit = page.limit.unwrap_or(50).clamp(1, 100);
    let after = match page.after {
        Some(doctor) => {
            let last = accounts::account_by_id(&app.pool, doctor).await?;
            let last = last.filter(|last| last.role == Role::Doctor).ok_or_else(bad_page)?;
            NameCursor { name: last.name, account_id: last.account_id.0 }
        }
        None => NameCursor::default(),
    };
    let Page { name, specialty, availability, .. } = page;
    let filter = DoctorFilter { name, specialty, availability };
    let found = accounts::doctors(&app.pool, &filter, &after, limit).await?;
    let full = found.len() == limit as usize;
    let next = found.last().map(|doctor| doctor.account_id).filter(|_| full);
    let doctors = found.into_iter().map(view).collect();
    Ok(Json(Doctors { doctors, next }))
}

fn view(doctor: Doctor) -> DoctorView {
    DoctorView {
        account_id: doctor.account_id,
        name: doctor.name,
        availability: doctor.availability,
        specialty: doctor.specialty,
        picture: doctor.picture_id.map(|_| picture_path(doctor.account_id)),
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct DoctorDetails {
    #[serde(flatten)]
    doctor: DoctorView,
    /// Null when there is none.
    bio: Option<String>,
}

/// One doctor, with what they say of themselves.
pub(super) async fn read_doctor(
    State(app): State<Arc<App>>,
    Ids(doctor_id): Ids<AccountId>,
) -> Result<Json<DoctorDetails>, ApiError> {
    let found = accounts::account_by_id(&app.pool, doctor_id).await?;
    let doctor = found.filter(|one| one.role == Role::Doctor && one.status == Status::Active);
    let doctor = doctor.ok_or_else(App::no_such_doctor)?;
    let bio = opened(&app, doctor_id, "bio", doctor.bio.as_ref()).await?;
    let doctor = view(Doctor {
        account_id: doctor.account_id,
        name: doctor.name,
        availability: doctor.availability,
        specialty: doctor.specialty,
        picture_id: doctor.picture_id,
    });
    Ok(Json(DoctorDetails { doctor, bio }))
}
