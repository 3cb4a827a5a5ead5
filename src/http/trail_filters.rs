//! What can be asked of the trail.

use super::error::ApiError;
use super::extract::period;
use crate::commands::Invalid;
use anamnesis_domain::{AccountId, audit_desk};
use anamnesis_projections::trail::{Outcome, TrailFilter, is_action};
use chrono::{DateTime, SecondsFormat, TimeZone, Utc};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

/// What is looked for. All that is given must hold.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TrailFilters")]
pub(super) struct Filters {
    /// Who did it.
    pub(super) person: Option<AccountId>,
    /// The patient whom it concerns.
    pub(super) patient: Option<AccountId>,
    /// The id of what it concerns: an account, a room, an appointment, a consultation, a session,
    /// a grant.
    pub(super) record: Option<Uuid>,
    /// The code of what happened.
    #[schemars(example = &"access_granted")]
    pub(super) action: Option<String>,
    /// How it ended.
    pub(super) outcome: Option<Outcome>,
    /// Since then.
    pub(super) from: Option<DateTime<Utc>>,
    /// Before then.
    pub(super) to: Option<DateTime<Utc>>,
    /// The request that caused it.
    pub(super) request_id: Option<Uuid>,
}

impl Filters {
    /// Whether anything could be found by it.
    pub(super) fn check(&self) -> Result<(), ApiError> {
        let (first, last) = (year(1), year(9_999));
        period(self.from.unwrap_or(first), self.to.unwrap_or(last))?;
        if self.action.as_deref().is_some_and(|action| !is_action(action)) {
            return Err(Invalid {
                code: "action_unknown",
                message: "action is the name of an event in lower case, such as message_posted",
            }
            .into());
        }
        Ok(())
    }

    /// As the read model wants it, without the period.
    pub(super) fn wanted(&self) -> TrailFilter {
        TrailFilter {
            person: self.person,
            patient: self.patient,
            record: self.record,
            action: self.action.clone(),
            outcome: self.outcome,
            request_id: self.request_id,
        }
    }

    /// As it is written down: codes, ids and instants, by name.
    pub(super) fn codes(&self) -> audit_desk::Filters {
        let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let filters = [
            ("person", self.person.map(|id| id.to_string())),
            ("patient", self.patient.map(|id| id.to_string())),
            ("record", self.record.map(|id| id.to_string())),
            ("action", self.action.clone()),
            ("outcome", self.outcome.map(|outcome| outcome.as_str().to_owned())),
            ("from", self.from.map(time)),
            ("to", self.to.map(time)),
            ("request_id", self.request_id.map(|id| id.to_string())),
        ];
        filters.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}

/// The beginning of a year.
fn year(year: i32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).single().unwrap_or_default()
}
