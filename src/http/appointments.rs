//! Appointments of the caller: booked, read, listed.

use super::answer::{Created, Json};
use super::appointment_views::{self, AppointmentView, WithHistory};
use super::caller::Caller;
use super::error::ApiError;
use super::etag::Versioned;
use super::extract::{Body, Ids, Params, bad_page, period};
use super::when::When;
use crate::app::App;
use crate::commands::booking::Wish;
use anamnesis_domain::appointment::Status;
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::{AccountId, AppointmentId, Role};
use anamnesis_projections::appointments::{
    self, Appointment, AppointmentCursor, AppointmentFilter, Order, Side,
};
use axum::extract::State;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Booking {
    doctor_id: AccountId,
    #[schemars(example = &"2027-03-29T09:00:00")]
    starts_at: When,
    #[schemars(example = &"2027-03-29T09:30:00")]
    ends_at: When,
    /// IANA zone in which the time was chosen.
    #[schemars(example = &"Europe/Berlin")]
    zone: String,
    /// Why the patient comes, in their own words.
    #[schemars(example = &"Cough since Sunday")]
    reason: Option<String>,
    /// Makes it safe to send the same again.
    client_id: Option<Uuid>,
}

/// Books a time with a doctor. The two can talk as soon as the response is there.
pub(super) async fn book_appointment(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(booking): Body<Booking>,
) -> Result<Created<Versioned<WithHistory>>, ApiError> {
    app.doctor(booking.doctor_id).await?;
    let wish = Wish {
        doctor_id: booking.doctor_id,
        starts_at: booking.starts_at.resolve(&booking.zone)?,
        ends_at: booking.ends_at.resolve(&booking.zone)?,
        zone: booking.zone,
        reason: booking.reason,
    };
    let booked = app.bookings.book(&caller.request(booking.client_id), wish).await?;
    app.settle_reactions(&booked.executed).await;
    let found = changed(&app, &caller, booked.appointment_id).await?;
    Ok(Created(Versioned(found.appointment.version, found)))
}

/// One appointment of the caller's.
pub(super) async fn read_appointment(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(appointment_id): Ids<AppointmentId>,
) -> Result<Versioned<WithHistory>, ApiError> {
    let found = own(&app, &caller, appointment_id).await?.ok_or_else(ApiError::not_found)?;
    let found = appointment_views::with_history(&app, &caller, found).await?;
    Ok(Versioned(found.appointment.version, found))
}

/// An appointment that the caller has changed, as it is now.
pub(super) async fn changed(
    app: &App,
    caller: &Caller,
    appointment_id: AppointmentId,
) -> Result<WithHistory, ApiError> {
    // Done, but the read model is not there yet.
    let found = own(app, caller, appointment_id).await?.ok_or_else(|| {
        ApiError::unavailable("read_models_lag", "it is done; the server is catching up")
    })?;
    appointment_views::with_history(app, caller, found).await
}

/// An appointment, if it exists. One that the caller may not know of is an error.
async fn own(
    app: &App,
    caller: &Caller,
    appointment_id: AppointmentId,
) -> Result<Option<Appointment>, ApiError> {
    let found = appointments::appointment(&app.pool, appointment_id).await?;
    if let Some(one) = &found {
        let pair = Participants { patient_id: one.patient_id, doctor_id: one.doctor_id };
        caller.appointment(app, appointment_id, pair).await?;
    }
    Ok(found)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// Only those of this status; by default all.
    status: Option<Status>,
    /// Only those that start then or later.
    from: Option<DateTime<Utc>>,
    /// Only those that start earlier.
    to: Option<DateTime<Utc>>,
    /// Only those with this doctor, or with this patient.
    with: Option<AccountId>,
    /// Which start comes first; by default the first.
    order: Option<Order>,
    /// `next` of the page before.
    after: Option<String>,
    /// The most of one page: 50 by default, at most 100.
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Appointments {
    appointments: Vec<AppointmentView>,
    /// Send it as `after` for the next page; null on the last.
    next: Option<String>,
}

/// The caller's appointments that start in a period (by default: any), by start.
pub(super) async fn list_appointments(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(page): Params<Page>,
) -> Result<Json<Appointments>, ApiError> {
    let limit = page.limit.unwrap_or(50).clamp(1, 100);
    let after = page.after.as_deref().map(cursor).transpose()?;
    let filter = AppointmentFilter {
        period: period(
            page.from.unwrap_or(DateTime::UNIX_EPOCH),
            page.to.unwrap_or_else(|| app.clock.now() + chrono::TimeDelta::days(3_650)),
        )?,
        statuses: page.status.map_or_else(|| Status::ALL.to_vec(), |status| vec![status]),
        with: page.with,
        order: page.order.unwrap_or_default(),
    };
    let account = caller.actor.account_id;
    let side = match caller.actor.role {
        Role::Doctor => Side::Doctor(account),
        _ => Side::Patient(account),
    };
    let found = appointments::appointments_of(&app.pool, side, &filter, after, limit).await?;
    let full = found.len() == limit as usize;
    let next = found.last().map(next_of).filter(|_| full);
    let appointments = appointment_views::of(&app, &caller, found).await?;
    Ok(Json(Appointments { appointments, next }))
}

/// With the time, so that the next page begins in the same place though the appointment has been
/// moved or deleted since.
fn next_of(last: &Appointment) -> String {
    format!("{}.{}", last.starts_at.timestamp_micros(), last.appointment_id)
}

fn cursor(text: &str) -> Result<AppointmentCursor, ApiError> {
    let (micros, id) = text.split_once('.').ok_or_else(bad_page)?;
    let micros = micros.parse().map_err(|_| bad_page())?;
    let starts_at = DateTime::from_timestamp_micros(micros).ok_or_else(bad_page)?;
    Ok(AppointmentCursor { starts_at, appointment_id: id.parse().map_err(|_| bad_page())? })
}
