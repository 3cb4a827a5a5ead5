//! When the doctors can not be booked.

use super::error::ApiError;
use super::extract::{Ids, Params, period};
use super::json::Json;
use crate::app::App;
use anamnesis_domain::AccountId;
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
