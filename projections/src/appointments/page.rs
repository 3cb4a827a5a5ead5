//! Lists of appointments, page by page.

use super::{Appointment, Period};
use anamnesis_domain::appointment::Status;
use anamnesis_domain::{AccountId, AppointmentId};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::PgExecutor;
use uuid::Uuid;

/// Whose appointments a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Those to which this patient comes.
    Patient(AccountId),
    /// Those of this doctor.
    Doctor(AccountId),
}

/// Which comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AppointmentOrder")]
pub enum Order {
    /// The one that starts first.
    #[default]
    First,
    /// The one that starts last.
    Latest,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct AppointmentFilter {
    /// Those that start in it.
    pub period: Period,
    /// Those that have one of these.
    pub statuses: Vec<Status>,
    /// Those with this other person only.
    pub with: Option<AccountId>,
    /// In this order.
    pub order: Order,
}

/// The last appointment of a page: the next page comes after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AppointmentCursor {
    /// When it started, as the page said. It may have been moved since: the list goes on from
    /// where it stood.
    pub starts_at: DateTime<Utc>,
    /// Which it is, as times repeat.
    pub appointment_id: AppointmentId,
}

impl AppointmentFilter {
    /// Between which two the page lies. A cursor outside the period is taken to its edge.
    fn bounds(&self, after: Option<AppointmentCursor>) -> (AppointmentCursor, AppointmentCursor) {
        let nil = AppointmentId(Uuid::nil());
        let edge = |starts_at| AppointmentCursor { starts_at, appointment_id: nil };
        let (from, to) = (edge(self.period.from), edge(self.period.to));
        match (after, self.order) {
            (None, _) => (from, to),
            (Some(after), Order::First) => (after.clamp(from, to), to),
            (Some(after), Order::Latest) => (from, after.clamp(from, to)),
        }
    }
}

/// At most `limit` (of 200) appointments of one side, after the cursor. Deleted ones are not
/// among them. Cost: one page of an index; with another person, all appointments of the patient
/// in the period, because a patient has few and a doctor has many.
pub async fn appointments_of(
    executor: impl PgExecutor<'_>,
    side: Side,
    filter: &AppointmentFilter,
    after: Option<AppointmentCursor>,
    limit: u32,
) -> Result<Vec<Appointment>, sqlx::Error> {
    let (low, high) = filter.bounds(after);
    let (account, doctors) = match (side, filter.with) {
        (Side::Patient(patient), None) => (patient, Some((Uuid::nil(), Uuid::max()))),
        (Side::Patient(patient), Some(doctor)) | (Side::Doctor(doctor), Some(patient)) => {
            (patient, Some((doctor.0, doctor.0)))
        }
        (Side::Doctor(doctor), None) => (doctor, None),
    };
    let statement = match (doctors.is_some(), filter.order) {
        (true, Order::First) => {
            "SELECT appointment_id, patient_id, doctor_id, starts_at, ends_at, zone, reason,
                 reason_event_id, cancel_reason, cancel_reason_event_id, status, booked_at, version
             FROM appointments
             WHERE patient_id = $1 AND NOT deleted AND (starts_at, appointment_id) > ($2, $3)
                 AND (starts_at, appointment_id) < ($4, $5) AND status = ANY($6)
                 AND doctor_id BETWEEN $8 AND $9
             ORDER BY starts_at, appointment_id LIMIT $7"
        }
        (true, Order::Latest) => {
            "SELECT appointment_id, patient_id, doctor_id, starts_at, ends_at, zone, reason,
                 reason_event_id, cancel_reason, cancel_reason_event_id, status, booked_at, version
             FROM appointments
             WHERE patient_id = $1 AND NOT deleted AND (starts_at, appointment_id) > ($2, $3)
                 AND (starts_at, appointment_id) < ($4, $5) AND status = ANY($6)
                 AND doctor_id BETWEEN $8 AND $9
             ORDER BY starts_at DESC, appointment_id DESC LIMIT $7"
        }
        (false, Order::First) => {
            "SELECT appointment_id, patient_id, doctor_id, starts_at, ends_at, zone, reason,
                 reason_event_id, cancel_reason, cancel_reason_event_id, status, booked_at, version
             FROM appointments
             WHERE doctor_id = $1 AND NOT deleted AND (starts_at, appointment_id) > ($2, $3)
                 AND (starts_at, appointment_id) < ($4, $5) AND status = ANY($6)
             ORDER BY starts_at, appointment_id LIMIT $7"
        }
        (false, Order::Latest) => {
            "SELECT appointment_id, patient_id, doctor_id, starts_at, ends_at, zone, reason,
                 reason_event_id, cancel_reason, cancel_reason_event_id, status, booked_at, version
             FROM appointments
             WHERE doctor_id = $1 AND NOT deleted AND (starts_at, appointment_id) > ($2, $3)
                 AND (starts_at, appointment_id) < ($4, $5) AND status = ANY($6)
             ORDER BY starts_at DESC, appointment_id DESC LIMIT $7"
        }
    };
    let query = sqlx::query_as(statement)
        .bind(account.0)
        .bind(low.starts_at)
        .bind(low.appointment_id.0)
        .bind(high.starts_at)
        .bind(high.appointment_id.0)
        .bind(filter.statuses.iter().map(|status| status.as_str()).collect::<Vec<_>>())
        .bind(i64::from(limit.min(200)));
    let query = match doctors {
        Some((least, greatest)) => query.bind(least).bind(greatest),
        None => query,
    };
    query.fetch_all(executor).await
}

/// At most `limit` (of 200) appointments of the account on either side, deleted ones too, by
/// their ids, after that one.
pub async fn appointments_ever(
    executor: impl PgExecutor<'_>,
    account: AccountId,
    after: AppointmentId,
    limit: u32,
) -> Result<Vec<AppointmentId>, sqlx::Error> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "SELECT appointment_id FROM appointments
         WHERE (patient_id = $1 OR doctor_id = $1) AND appointment_id > $2
         ORDER BY appointment_id LIMIT $3",
    )
    .bind(account.0)
    .bind(after.0)
    .bind(i64::from(limit.min(200)))
    .fetch_all(executor)
    .await?;
    Ok(ids.into_iter().map(AppointmentId).collect())
}
