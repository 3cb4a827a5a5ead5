//! The doctors that can be booked, and when they can not.

use super::error::ApiError;
use super::extract::{Ids, Params, bad_page, period};
use super::json::Json;
use crate::app::App;
use anamnesis_domain::account::Availability;
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::accounts::{self, DoctorCursor};
use anamnesis_projections::appointments;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The longest period that can be asked for.
const PERIOD_MAX: TimeDelta = TimeDelta::days(32);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// The last doctor of the page before.
    after: Option<AccountId>,
    limit: Option<u32>,
}

#[derive(Serialize)]
pub(super) struct Doctors {
    doctors: Vec<DoctorView>,
    /// Send it as `after` for the next page; null on the last.
    next: Option<AccountId>,
}

#[derive(Serialize)]
struct DoctorView {
    account_id: AccountId,
    name: String,
    availability: Availability,
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
            Some(DoctorCursor { name: last.name, account_id: last.account_id })
        }
        None => None,
    };
    let found = accounts::doctors(&app.pool, after.as_ref(), limit).await?;
    let full = found.len() == limit as usize;
    let next = found.last().map(|doctor| doctor.account_id).filter(|_| full);
    let doctors = found
        .into_iter()
        .map(|doctor| DoctorView {
            account_id: doctor.account_id,
            name: doctor.name,
            availability: doctor.availability,
        })
        .collect();
    Ok(Json(Doctors { doctors, next }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TakenQuery {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

#[derive(Serialize)]
pub(super) struct Taken {
    taken: Vec<Interval>,
}

#[derive(Serialize)]
struct Interval {
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

/// The times at which a doctor is not free, without whose they are.
pub(super) async fn list_taken_times(
    State(app): State<Arc<App>>,
    Ids(doctor_id): Ids<AccountId>,
    Params(TakenQuery { from, to }): Params<TakenQuery>,
) -> Result<Json<Taken>, ApiError> {
    let period = period(from, to)?;
    if to - from > PERIOD_MAX {
        return Err(ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "period_too_long",
            "the period has at most 32 days",
        ));
    }
    app.doctor(doctor_id).await?;
    let taken = appointments::taken_intervals(&app.pool, doctor_id, period).await?;
    let taken = taken
        .into_iter()
        .map(|one| Interval { starts_at: one.starts_at, ends_at: one.ends_at })
        .collect();
    Ok(Json(Taken { taken }))
}
