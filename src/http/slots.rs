//! The times of a doctor that can still be booked.

use super::answer::Json;
use super::appointment_views::IntervalView;
use super::error::ApiError;
use super::extract::{Ids, Params, period};
use crate::app::App;
use anamnesis_domain::AccountId;
use anamnesis_domain::doctor_schedule::{PERIOD_MAX, slots};
use anamnesis_projections::appointments::{Interval, taken_intervals};
use anamnesis_projections::schedules::schedule;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SlotsQuery {
    /// The beginning of the period.
    #[schemars(example = &"2027-03-29T00:00:00Z")]
    from: DateTime<Utc>,
    /// Its end, at most 62 days later.
    #[schemars(example = &"2027-03-30T00:00:00Z")]
    to: DateTime<Utc>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FreeSlots")]
pub(super) struct Slots {
    /// False when the doctor never said when they work: there is nothing to choose from yet.
    hours_set: bool,
    /// The doctor's zone.
    zone: Option<String>,
    #[serde(rename = "slots")]
    free: Vec<IntervalView>,
}

/// The free slots that lie in a period of at most 62 days, without those that have begun.
pub(super) async fn list_slots(
    State(app): State<Arc<App>>,
    Ids(doctor_id): Ids<AccountId>,
    Params(SlotsQuery { from, to }): Params<SlotsQuery>,
) -> Result<Json<Slots>, ApiError> {
    let period = period(from, to)?;
    if to - from > PERIOD_MAX {
        return Err(ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "period_too_long",
            "the period has at most 62 days",
        ));
    }
    app.doctor(doctor_id).await?;
    let schedule = schedule(&app.pool, doctor_id).await?.state;
    let taken = taken_intervals(&app.pool, doctor_id, period).await?;
    let now = app.clock.now();
    let ahead = slots(&schedule, from..to).into_iter().filter(|(starts_at, _)| *starts_at > now);
    let ahead = ahead.map(|(starts_at, ends_at)| Interval { starts_at, ends_at });
    let slots = free(ahead, &taken).map(IntervalView::from).collect();
    let hours = schedule.hours();
    let zone = hours.map(|hours| hours.zone.clone());
    Ok(Json(Slots { hours_set: hours.is_some(), zone, free: slots }))
}

/// Those that share no time with what is taken. Both are in order, and what is taken does not
/// overlap.
fn free(
    slots: impl Iterator<Item = Interval>,
    taken: &[Interval],
) -> impl Iterator<Item = Interval> {
    let mut taken = taken.iter().peekable();
    slots.filter(move |slot| {
        while taken.next_if(|one| one.ends_at <= slot.starts_at).is_some() {}
        taken.peek().is_none_or(|one| slot.ends_at <= one.starts_at)
    })
}
