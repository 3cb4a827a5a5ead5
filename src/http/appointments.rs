//! Appointments of the caller.

use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Body, Ids, Params, bad_page, period};
use super::json::Json;
use super::views;
use crate::app::App;
use crate::commands::booking::Wish;
use anamnesis_domain::appointment::Appointment as AppointmentAggregate;
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::{AccountId, AppointmentId, RoomId};
use anamnesis_projections::appointments::{self, Appointment, AppointmentCursor};
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Booking {
    doctor_id: AccountId,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    /// IANA zone in which the time was chosen.
    zone: String,
    reason: Option<String>,
    client_id: Option<Uuid>,
}

#[derive(Serialize)]
pub(super) struct AppointmentView {
    appointment_id: AppointmentId,
    patient_id: AccountId,
    doctor_id: AccountId,
    room_id: RoomId,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    zone: String,
    reason: Option<String>,
    status: String,
    booked_at: DateTime<Utc>,
}

/// Books a time with a doctor. The two can talk as soon as the response is there.
pub(super) async fn book_appointment(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(booking): Body<Booking>,
) -> Result<(StatusCode, Json<AppointmentView>), ApiError> {
    app.doctor(booking.doctor_id).await?;
    let wish = Wish {
        doctor_id: booking.doctor_id,
        starts_at: booking.starts_at,
        ends_at: booking.ends_at,
        zone: booking.zone,
        reason: booking.reason,
    };
    let booked = app.bookings.book(&caller.request(booking.client_id), wish).await?;
    app.settle_reactions(&booked.executed).await;
    // Booked, but the read model is not there yet.
    let found = own(&app, &caller, booked.appointment_id).await?.ok_or_else(|| {
        ApiError::unavailable("read_models_lag", "it is booked; the server is catching up")
    })?;
    let view = views_of(&app, vec![found]).await?.pop().ok_or_else(ApiError::not_found)?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// One appointment of the caller's.
pub(super) async fn read_appointment(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(appointment_id): Ids<AppointmentId>,
) -> Result<Json<AppointmentView>, ApiError> {
    let found = own(&app, &caller, appointment_id).await?.ok_or_else(ApiError::not_found)?;
    let view = views_of(&app, vec![found]).await?.pop().ok_or_else(ApiError::not_found)?;
    Ok(Json(view))
}

/// An appointment, if it exists and the caller may know of it.
async fn own(
    app: &App,
    caller: &Caller,
    appointment_id: AppointmentId,
) -> Result<Option<Appointment>, ApiError> {
    let found = appointments::appointment(&app.pool, appointment_id).await?;
    Ok(found.filter(|one| {
        let pair = Participants { patient_id: one.patient_id, doctor_id: one.doctor_id };
        caller.shared(pair).is_ok()
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    /// The last appointment of the page before.
    after: Option<AppointmentId>,
    limit: Option<u32>,
}

#[derive(Serialize)]
pub(super) struct Appointments {
    appointments: Vec<AppointmentView>,
    /// Send it as `after` for the next page; null on the last.
    next: Option<AppointmentId>,
}

/// The caller's appointments that start in a period (by default: any), by start.
pub(super) async fn list_appointments(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(page): Params<Page>,
) -> Result<Json<Appointments>, ApiError> {
    let limit = page.limit.unwrap_or(50).clamp(1, 100);
    let period = period(
        page.from.unwrap_or(DateTime::UNIX_EPOCH),
        page.to.unwrap_or_else(|| Utc::now() + chrono::TimeDelta::days(3_650)),
    )?;
    let after = match page.after {
        Some(id) => {
            let last = own(&app, &caller, id).await?.ok_or_else(bad_page)?;
            let (starts_at, appointment_id) = (last.starts_at, last.appointment_id);
            Some(AppointmentCursor { starts_at, appointment_id })
        }
        None => None,
    };
    let account = caller.actor.account_id;
    let found = appointments::appointments_of(&app.pool, account, period, after, limit).await?;
    let full = found.len() == limit as usize;
    let next = found.last().map(|last| last.appointment_id).filter(|_| full);
    Ok(Json(Appointments { appointments: views_of(&app, found).await?, next }))
}

async fn views_of(app: &App, found: Vec<Appointment>) -> Result<Vec<AppointmentView>, ApiError> {
    let sealed: Vec<_> = found
        .iter()
        .map(|one| Some((one.appointment_id.to_string(), one.reason.as_ref()?)))
        .collect();
    let reasons =
        views::open_all(&app.sealer, AppointmentAggregate::TYPE, "reason", &sealed).await?;
    drop(sealed);
    let views = found.into_iter().zip(reasons).map(|(one, reason)| AppointmentView {
        appointment_id: one.appointment_id,
        patient_id: one.patient_id,
        doctor_id: one.doctor_id,
        room_id: RoomId::of_pair(one.patient_id, one.doctor_id),
        starts_at: one.starts_at,
        ends_at: one.ends_at,
        zone: one.zone,
        reason,
        status: one.status,
        booked_at: one.booked_at,
    });
    Ok(views.collect())
}
