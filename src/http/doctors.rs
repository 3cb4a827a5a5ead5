//! When the doctors can not be booked.

use super::answer::Json;
use super::appointment_views::IntervalView;
use super::error::ApiError;
use super::extract::{Ids, Params, period};
use crate::app::App;
use anamnesis_domain::AccountId;
use anamnesis_projections::appointments;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The longest period that can be asked for.
const PERIOD_MAX: TimeDelta = TimeDelta::days(32);

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TakenQuery {
    /// The beginning of the period.
    #[schemars(example = &"2027-03-29T00:00:00Z")]
    from: DateTime<Utc>,
    /// Its end, at most 32 days later.
    #[schemars(example = &"2027-03-30T00:00:00Z")]
    to: DateTime<Utc>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TakenTimes")]
pub(super) struct Taken {
    taken: Vec<IntervalView>,
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
    Ok(Json(Taken { taken: taken.into_iter().map(IntervalView::from).collect() }))
}
