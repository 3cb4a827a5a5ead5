//! A line of the trail.

use super::action::Outcome;
use crate::number::unsigned;
use anamnesis_domain::{AccountId, Role};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, Row, postgres::PgRow};
use uuid::Uuid;

/// What something was done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TrailRecordKind")]
pub enum TrailKind {
    /// An account, with its names, hours and notices.
    Account,
    /// A conversation.
    Room,
    /// An appointment, with the time that it takes of its doctor's day.
    Appointment,
    /// A consultation.
    Consultation,
    /// A session.
    Session,
    /// A break-glass grant.
    Grant,
    /// A name that nobody has, with which somebody tried to sign in.
    Name,
}

impl TrailKind {
    const ALL: [Self; 7] = [
        Self::Account,
        Self::Room,
        Self::Appointment,
        Self::Consultation,
        Self::Session,
        Self::Grant,
        Self::Name,
    ];

    /// The name used in the table and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Room => "room",
            Self::Appointment => "appointment",
            Self::Consultation => "consultation",
            Self::Session => "session",
            Self::Grant => "grant",
            Self::Name => "name",
        }
    }

    pub(crate) fn from_code(code: &str) -> Result<Self, sqlx::Error> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == code);
        found.ok_or_else(|| sqlx::Error::Decode("an unknown kind of record".into()))
    }
}

/// What is known of an event without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailLine {
    /// The event's position.
    pub position: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; `None` when the server did it.
    pub actor_id: Option<AccountId>,
    /// In which role.
    pub actor_role: Option<Role>,
    /// In which session.
    pub session_id: Option<Uuid>,
    /// In which request.
    pub request_id: Option<Uuid>,
    /// The patient whom it concerns.
    pub patient_id: Option<AccountId>,
    /// What it was done to.
    pub record_kind: TrailKind,
    /// Which one.
    pub record_id: Option<Uuid>,
    /// The code of what happened.
    pub action: String,
    /// How it ended.
    pub outcome: Outcome,
}

impl FromRow<'_, PgRow> for TrailLine {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let unknown = || sqlx::Error::Decode("an unknown word".into());
        let (kind, outcome): (&str, &str) = (row.try_get("record_kind")?, row.try_get("outcome")?);
        let role: Option<&str> = row.try_get("actor_role")?;
        let account = |column| row.try_get::<Option<Uuid>, _>(column);
        Ok(Self {
            position: unsigned(row.try_get("position")?),
            at: row.try_get("at")?,
            actor_id: account("actor_id")?.map(AccountId),
            actor_role: role.map(|role| role.parse().map_err(|_| unknown())).transpose()?,
            session_id: row.try_get("session_id")?,
            request_id: row.try_get("request_id")?,
            patient_id: account("patient_id")?.map(AccountId),
            record_kind: TrailKind::from_code(kind)?,
            record_id: row.try_get("record_id")?,
            action: row.try_get("action")?,
            outcome: Outcome::ALL
                .into_iter()
                .find(|one| one.as_str() == outcome)
                .ok_or_else(unknown)?,
        })
    }
}
