//! The consultations of a doctor, and those of a patient.

use super::Consultation;
use crate::number::bigint;
use anamnesis_domain::{AccountId, ConsultationId};
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::PgExecutor;
use uuid::Uuid;

/// How far a consultation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsultationState {
    /// Its doctor still writes it.
    Draft,
    /// Signed, and perhaps amended since.
    Signed,
}

/// Which consultations are wanted; the default is all.
#[derive(Clone, Copy, Debug, Default)]
pub struct ConsultationFilter {
    /// Those with this other person.
    pub with: Option<AccountId>,
    /// Those that have come so far.
    pub state: Option<ConsultationState>,
}

impl ConsultationFilter {
    fn wants(self, state: ConsultationState) -> bool {
        self.state.is_none_or(|wanted| wanted == state)
    }
}

/// At most `limit` (of 200) consultations that the doctor opened, the newest first.
/// `before` is the `opened_position` of the last one of the page before. Cost: one page of an
/// index; with a patient, all consultations about them, because they are few.
pub async fn consultations_of_doctor(
    executor: impl PgExecutor<'_>,
    doctor: AccountId,
    filter: ConsultationFilter,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<Consultation>, sqlx::Error> {
    let drafts = filter.wants(ConsultationState::Draft);
    let signed = filter.wants(ConsultationState::Signed);
    let statement = match (filter.with, drafts, signed) {
        (Some(patient), ..) => {
            let wanted = About { patient, by: Some(doctor), drafts, signed };
            return about(executor, wanted, before, limit).await;
        }
        (None, true, true) => {
            "SELECT consultation_id, appointment_id, patient_id, doctor_id, opened_at,
                 opened_position, content, reminded, signed_at, deleted, version, last_position
             FROM consultations
             WHERE doctor_id = $1 AND NOT deleted AND opened_position < $2
             ORDER BY opened_position DESC LIMIT $3"
        }
        (None, true, false) => {
            "SELECT consultation_id, appointment_id, patient_id, doctor_id, opened_at,
                 opened_position, content, reminded, signed_at, deleted, version, last_position
             FROM consultations
             WHERE doctor_id = $1 AND NOT deleted AND signed_at IS NULL AND opened_position < $2
             ORDER BY opened_position DESC LIMIT $3"
        }
        (None, false, _) => {
            "SELECT consultation_id, appointment_id, patient_id, doctor_id, opened_at,
                 opened_position, content, reminded, signed_at, deleted, version, last_position
             FROM consultations
             WHERE doctor_id = $1 AND NOT deleted AND signed_at IS NOT NULL
                 AND opened_position < $2
             ORDER BY opened_position DESC LIMIT $3"
        }
    };
    sqlx::query_as(statement)
        .bind(doctor.0)
        .bind(before.map_or(i64::MAX, bigint))
        .bind(i64::from(limit.min(200)))
        .fetch_all(executor)
        .await
}

/// At most `limit` (of 200) consultations about the patient, the newest first: signed ones, for
/// a patient has no drafts. `before` as above.
pub async fn consultations_of_patient(
    executor: impl PgExecutor<'_>,
    patient: AccountId,
    filter: ConsultationFilter,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<Consultation>, sqlx::Error> {
    let signed = filter.wants(ConsultationState::Signed);
    let wanted = About { patient, by: filter.with, drafts: false, signed };
    about(executor, wanted, before, limit).await
}

/// Consultations about one patient.
struct About {
    patient: AccountId,
    /// That this doctor opened.
    by: Option<AccountId>,
    drafts: bool,
    signed: bool,
}

async fn about(
    executor: impl PgExecutor<'_>,
    wanted: About,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<Consultation>, sqlx::Error> {
    let (least, greatest) = wanted.by.map_or((Uuid::nil(), Uuid::max()), |one| (one.0, one.0));
    let signed = [(false, wanted.drafts), (true, wanted.signed)];
    let signed = signed.into_iter().filter_map(|(signed, wanted)| wanted.then_some(signed));
    sqlx::query_as(
        "SELECT consultation_id, appointment_id, patient_id, doctor_id, opened_at,
             opened_position, content, reminded, signed_at, deleted, version, last_position
         FROM consultations
         WHERE patient_id = $1 AND NOT deleted AND opened_position < $2
             AND doctor_id BETWEEN $4 AND $5 AND (signed_at IS NOT NULL) = ANY($6)
         ORDER BY opened_position DESC LIMIT $3",
    )
    .bind(wanted.patient.0)
    .bind(before.map_or(i64::MAX, bigint))
    .bind(i64::from(limit.min(200)))
    .bind(least)
    .bind(greatest)
    .bind(signed.collect::<Vec<_>>())
    .fetch_all(executor)
    .await
}

/// At most `limit` (of 200) consultations of the account on either side, drafts and deleted ones
/// too, by their ids, after that one.
pub async fn consultations_ever(
    executor: impl PgExecutor<'_>,
    account: AccountId,
    after: ConsultationId,
    limit: u32,
) -> Result<Vec<ConsultationId>, sqlx::Error> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "SELECT consultation_id FROM consultations
         WHERE (patient_id = $1 OR doctor_id = $1) AND consultation_id > $2
         ORDER BY consultation_id LIMIT $3",
    )
    .bind(account.0)
    .bind(after.0)
    .bind(i64::from(limit.min(200)))
    .fetch_all(executor)
    .await?;
    Ok(ids.into_iter().map(ConsultationId).collect())
}
