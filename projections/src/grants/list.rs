//! Finding grants.

use super::Grant;
use crate::number::bigint;
use anamnesis_domain::{AccountId, GrantId};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::PgExecutor;
use uuid::Uuid;

/// How far a grant has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GrantState {
    /// It can be used.
    Open,
    /// It was ended, or its time is over.
    Over,
    /// It is over, and nobody has signed it off yet.
    ToReview,
}

impl GrantState {
    /// The name used in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Over => "over",
            Self::ToReview => "to_review",
        }
    }
}

/// Which grants are wanted; the default is all.
#[derive(Clone, Copy, Debug, Default)]
pub struct GrantFilter {
    /// Those that have come so far.
    pub state: Option<GrantState>,
    /// Those of this officer.
    pub officer: Option<AccountId>,
    /// Those for this patient's record.
    pub patient: Option<AccountId>,
}

impl GrantFilter {
    /// Whether those that are open are wanted, and those that are not.
    fn open(self) -> Vec<bool> {
        match self.state {
            None => vec![false, true],
            Some(GrantState::Open) => vec![true],
            Some(GrantState::Over | GrantState::ToReview) => vec![false],
        }
    }

    /// Whether only those are wanted that nobody has signed off: an open one can't be.
    fn is_unreviewed(self) -> bool {
        matches!(self.state, Some(GrantState::Open | GrantState::ToReview))
    }
}

/// One grant.
pub async fn grant(
    executor: impl PgExecutor<'_>,
    id: GrantId,
) -> Result<Option<Grant>, sqlx::Error> {
    sqlx::query_as(
        "SELECT grant_id, officer_id, patient_id, granted_at, granted_position, expires_at,
             ended_at, reviewed_by, reviewed_at, verdict, reason, reason_event_id, note,
             note_event_id, version
         FROM grants WHERE grant_id = $1",
    )
    .bind(id.0)
    .fetch_optional(executor)
    .await
}

/// At most `limit` (of 100) grants as they are at `now`, the newest first. `before` is the
/// `granted_position` of the last one of the page before. Cost: one page of an index; with an
/// officer or a patient, all of theirs, because they are few.
pub async fn grants(
    executor: impl PgExecutor<'_>,
    filter: GrantFilter,
    now: DateTime<Utc>,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<Grant>, sqlx::Error> {
    let statement = match (filter.officer, filter.patient, filter.is_unreviewed()) {
        (_, Some(_), false) => {
            "SELECT grant_id, officer_id, patient_id, granted_at, granted_position, expires_at,
                 ended_at, reviewed_by, reviewed_at, verdict, reason, reason_event_id, note,
                 note_event_id, version
             FROM grants
             WHERE patient_id = $7 AND patient_id <= $8 AND officer_id BETWEEN $5 AND $6
                 AND granted_position < $1 AND (ended_at IS NULL AND expires_at > $2) = ANY($3)
             ORDER BY granted_position DESC LIMIT $4"
        }
        (Some(_), None, false) => {
            "SELECT grant_id, officer_id, patient_id, granted_at, granted_position, expires_at,
                 ended_at, reviewed_by, reviewed_at, verdict, reason, reason_event_id, note,
                 note_event_id, version
             FROM grants
             WHERE officer_id = $5 AND officer_id <= $6 AND patient_id BETWEEN $7 AND $8
                 AND granted_position < $1 AND (ended_at IS NULL AND expires_at > $2) = ANY($3)
             ORDER BY granted_position DESC LIMIT $4"
        }
        (None, None, false) => {
            "SELECT grant_id, officer_id, patient_id, granted_at, granted_position, expires_at,
                 ended_at, reviewed_by, reviewed_at, verdict, reason, reason_event_id, note,
                 note_event_id, version
             FROM grants
             WHERE granted_position < $1 AND (ended_at IS NULL AND expires_at > $2) = ANY($3)
                 AND officer_id BETWEEN $5 AND $6 AND patient_id BETWEEN $7 AND $8
             ORDER BY granted_position DESC LIMIT $4"
        }
        // Those are few, whoever's they are.
        (_, _, true) => {
            "SELECT grant_id, officer_id, patient_id, granted_at, granted_position, expires_at,
                 ended_at, reviewed_by, reviewed_at, verdict, reason, reason_event_id, note,
                 note_event_id, version
             FROM grants
             WHERE reviewed_at IS NULL
                 AND granted_position < $1 AND (ended_at IS NULL AND expires_at > $2) = ANY($3)
                 AND officer_id BETWEEN $5 AND $6 AND patient_id BETWEEN $7 AND $8
             ORDER BY granted_position DESC LIMIT $4"
        }
    };
    let range = |one: Option<AccountId>| one.map_or((Uuid::nil(), Uuid::max()), |id| (id.0, id.0));
    let (officers, patients) = (range(filter.officer), range(filter.patient));
    sqlx::query_as(statement)
        .bind(before.map_or(i64::MAX, bigint))
        .bind(now)
        .bind(filter.open())
        .bind(i64::from(limit.min(100)))
        .bind(officers.0)
        .bind(officers.1)
        .bind(patients.0)
        .bind(patients.1)
        .fetch_all(executor)
        .await
}

/// The grant by which an officer may look at a patient's record now, if there is one; of
/// several the one that lasts longest. This read model may lag: ask the log whether it still is.
pub async fn open_grant(
    executor: impl PgExecutor<'_>,
    officer: AccountId,
    patient: AccountId,
    now: DateTime<Utc>,
) -> Result<Option<GrantId>, sqlx::Error> {
    let found: Option<Uuid> = sqlx::query_scalar(
        "SELECT grant_id FROM grants
         WHERE officer_id = $1 AND patient_id = $2 AND ended_at IS NULL AND expires_at > $3
         ORDER BY expires_at DESC, grant_id LIMIT 1",
    )
    .bind(officer.0)
    .bind(patient.0)
    .bind(now)
    .fetch_optional(executor)
    .await?;
    Ok(found.map(GrantId))
}

/// At most `limit` grants for a patient's record that were given after a position.
pub async fn grants_of_patient_after(
    executor: impl PgExecutor<'_>,
    patient: AccountId,
    after: u64,
    limit: u32,
) -> Result<Vec<GrantId>, sqlx::Error> {
    let found: Vec<Uuid> = sqlx::query_scalar(
        "SELECT grant_id FROM grants WHERE patient_id = $1 AND granted_position > $2
         ORDER BY granted_position LIMIT $3",
    )
    .bind(patient.0)
    .bind(bigint(after))
    .bind(i64::from(limit))
    .fetch_all(executor)
    .await?;
    Ok(found.into_iter().map(GrantId).collect())
}
