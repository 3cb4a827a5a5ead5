//! An appointment as it was.

use super::shown::{Showing, Shown};
use crate::http::appointment_views::ChangeView;
use crate::http::error::ApiError;
use anamnesis_domain::appointment::Appointment as AppointmentAggregate;
use anamnesis_domain::{AccountId, AppointmentId, RoomId};
use anamnesis_projections::appointments::{Appointment, Change};
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use schemars::JsonSchema;
use serde::Serialize;

/// An appointment.
#[derive(Serialize, JsonSchema)]
pub(super) struct AppointmentThen {
    appointment_id: AppointmentId,
    patient_id: AccountId,
    doctor_id: AccountId,
    room_id: RoomId,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    zone: String,
    /// Null when there was none.
    reason: Option<Shown<String>>,
    /// `scheduled`, `cancelled`, `completed` or `no_show`.
    status: String,
    /// Null when there was none.
    cancel_reason: Option<Shown<String>>,
    booked_at: DateTime<Utc>,
    version: u64,
    /// The latest first; at most the last 100.
    history: Vec<ChangeView>,
}

pub(super) async fn appointment(
    showing: Showing<'_>,
    one: Appointment,
    history: Vec<Change>,
) -> Result<AppointmentThen, ApiError> {
    let stream = one.appointment_id.to_string();
    let placed =
        [&one.reason, &one.cancel_reason].map(|text| Some(("reason".to_owned(), text.as_ref()?)));
    let mut texts =
        showing.texts((AppointmentAggregate::TYPE, &stream), &placed).await?.into_iter();
    let (reason, cancel_reason) = (texts.next().flatten(), texts.next().flatten());
    Ok(AppointmentThen {
        appointment_id: one.appointment_id,
        patient_id: one.patient_id,
        doctor_id: one.doctor_id,
        room_id: RoomId::of_pair(one.patient_id, one.doctor_id),
        starts_at: one.starts_at,
        ends_at: one.ends_at,
        zone: one.zone,
        reason,
        status: one.status,
        cancel_reason,
        booked_at: one.booked_at,
        version: one.version,
        history: history.into_iter().map(ChangeView::from).collect(),
    })
}
