//! Appointments as the API shows them, opened for those who were let in.

use super::caller::Caller;
use super::error::ApiError;
use super::views;
use crate::app::App;
use crate::disclosure::Look;
use anamnesis_domain::appointment::Appointment as AppointmentAggregate;
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::{AccountId, AppointmentId, RoomId};
use anamnesis_projections::appointments::{self, Appointment, Change, Interval};
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use schemars::JsonSchema;
use serde::Serialize;

/// An appointment as its two people see it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Appointment")]
pub(super) struct AppointmentView {
    pub appointment_id: AppointmentId,
    pub patient_id: AccountId,
    pub doctor_id: AccountId,
    pub room_id: RoomId,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub zone: String,
    /// Null when there is none, or it was erased.
    pub reason: Option<String>,
    /// `scheduled`, `cancelled`, `completed` or `no_show`.
    pub status: String,
    /// Likewise.
    pub cancel_reason: Option<String>,
    pub booked_at: DateTime<Utc>,
    /// What `ETag` says of it alone.
    pub version: u64,
}

/// An appointment with what happened to it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AppointmentWithHistory")]
pub(super) struct WithHistory {
    #[serde(flatten)]
    pub appointment: AppointmentView,
    /// The latest first; at most the last 100.
    history: Vec<ChangeView>,
    /// Whether that is everything that ever happened to it.
    history_complete: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AppointmentHistoryLine")]
pub(super) struct ChangeView {
    version: u64,
    what: String,
    by: AccountId,
    at: DateTime<Utc>,
    /// The time that holds from then on, of a booking or a move.
    time: Option<IntervalView>,
    /// The time before, of a move.
    old_time: Option<IntervalView>,
}

/// From an instant up to but without another.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Interval")]
pub(super) struct IntervalView {
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

impl From<Interval> for IntervalView {
    fn from(interval: Interval) -> Self {
        Self { starts_at: interval.starts_at, ends_at: interval.ends_at }
    }
}

impl From<Change> for ChangeView {
    fn from(change: Change) -> Self {
        Self {
            version: change.version,
            what: change.what,
            by: change.by,
            at: change.at,
            time: change.time.map(IntervalView::from),
            old_time: change.old_time.map(IntervalView::from),
        }
    }
}

/// One appointment, opened, with its history.
pub(super) async fn with_history(
    app: &App,
    caller: &Caller,
    found: Appointment,
) -> Result<WithHistory, ApiError> {
    let history = appointments::appointment_history(&app.pool, found.appointment_id).await?;
    let history: Vec<_> = history.into_iter().map(ChangeView::from).collect();
    // Every event is a line, and the first one is the booking.
    let history_complete = history.last().is_some_and(|first| first.version == 1);
    let appointment = of(app, caller, vec![found]).await?.pop().ok_or_else(ApiError::not_found)?;
    Ok(WithHistory { appointment, history, history_complete })
}

/// A page of appointments, opened.
pub(super) async fn of(
    app: &App,
    caller: &Caller,
    found: Vec<Appointment>,
) -> Result<Vec<AppointmentView>, ApiError> {
    let disclosure = app.gateway.disclose(&caller.request(None), looks(app, caller, &found).await?).await?;
    let booked: Vec<_> = found
        .iter()
        .map(|one| Some((one.appointment_id.to_string(), one.reason.as_ref()?)))
        .collect();
    let cancelled: Vec<_> = found
        .iter()
        .map(|one| Some((one.appointment_id.to_string(), one.cancel_reason.as_ref()?)))
        .collect();
    let kind = AppointmentAggregate::TYPE;
    let reasons = views::open_all(&app.gateway, &disclosure, kind, "reason", &booked).await?;
    let cancel_reasons =
        views::open_all(&app.gateway, &disclosure, kind, "reason", &cancelled).await?;
    drop((booked, cancelled));
    let words = reasons.into_iter().zip(cancel_reasons);
    Ok(found.into_iter().zip(words).map(|(one, words)| view(one, words)).collect())
}

/// Those that have words.
async fn looks(app: &App, caller: &Caller, found: &[Appointment]) -> Result<Vec<Look>, ApiError> {
    let mut looks = Vec::new();
    for one in found.iter().filter(|one| one.reason.is_some() || one.cancel_reason.is_some()) {
        let pair = Participants { patient_id: one.patient_id, doctor_id: one.doctor_id };
        let record = caller.appointment(app, one.appointment_id, pair).await?;
        looks.push(Look::version(&record, one.version));
    }
    Ok(looks)
}

fn view(
    one: Appointment,
    (reason, cancel_reason): (Option<String>, Option<String>),
) -> AppointmentView {
    AppointmentView {
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
    }
}
