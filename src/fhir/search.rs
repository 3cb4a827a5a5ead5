//! What a search asks for. A parameter that is not known is refused: whoever misspells one would
//! otherwise take everything for what they have asked for.

use super::dates::bounds;
use super::kinds::{Kind, TABLE};
use anamnesis_domain::AccountId;
use anamnesis_projections::trail::{Outcome, TrailFilter, action_code};
use chrono::{DateTime, SecondsFormat, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The most entries of a page.
const COUNT_MAX: u32 = 100;

/// What is searched for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    patient: Option<AccountId>,
    agent: Option<AccountId>,
    entity: Option<Uuid>,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    kinds: Option<Vec<&'static str>>,
    actions: Option<Vec<&'static str>>,
    outcomes: Option<Vec<&'static str>>,
    count: Option<u32>,
    page: Option<String>,
    /// Two patients are asked for at once, which no event has.
    is_impossible: bool,
}

/// A search that is refused, with what is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SearchError(String);

impl Search {
    /// Reads the parameters.
    pub fn read(parameters: &[(String, String)]) -> Result<Self, SearchError> {
        let mut search = Self::default();
        for (name, value) in parameters {
            let understood = search.take(name, value)?;
            understood
                .ok_or_else(|| SearchError(format!("the value of {name} is not understood")))?;
        }
        Ok(search)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<Option<()>, SearchError> {
        Ok(match name {
            "patient" => id(value, &["Patient"]).map(|id| self.set_patient(id)),
            "agent" => id(value, &["Patient", "Practitioner", "Person"])
                .and_then(|id| once(&mut self.agent, AccountId(id))),
            "entity" if value.starts_with("Patient/") => {
                id(value, &["Patient"]).map(|id| self.set_patient(id))
            }
            "entity" => id(value, &ENTITIES).and_then(|id| once(&mut self.entity, id)),
            "date" => bounds(value).map(|(from, to)| {
                self.from = self.from.max(from);
                self.to = earliest(self.to, to);
            }),
            "type" => codes(value, &known_types()).and_then(|all| once(&mut self.kinds, all)),
            "action" => codes(value, &["C", "R", "U", "D", "E"].map(|one| (ACTIONS, one)))
                .and_then(|all| once(&mut self.actions, all)),
            "outcome" => codes(value, &["0", "4", "8", "12"].map(|one| (OUTCOMES, one)))
                .and_then(|all| once(&mut self.outcomes, all)),
            "_count" => value
                .parse()
                .ok()
                .filter(|count| *count > 0)
                .and_then(|count: u32| once(&mut self.count, count.min(COUNT_MAX))),
            "_page" => once(&mut self.page, value.to_owned()),
            "_format" => ["json", "application/json", super::MEDIA_TYPE, "application/fhir json"]
                .contains(&value)
                .then_some(()),
            _ => return Err(SearchError(format!("there is no search parameter {}", shown(name)))),
        })
    }

    fn set_patient(&mut self, id: Uuid) {
        let other = self.patient.replace(AccountId(id));
        self.is_impossible |= other.is_some_and(|other| other.0 != id);
    }

    /// The most entries of the page.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count.unwrap_or(50)
    }

    /// What the page before said.
    #[must_use]
    pub fn page(&self) -> Option<&str> {
        self.page.as_deref()
    }

    /// Since when, and before when.
    #[must_use]
    pub fn period(&self) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        (self.from, self.to)
    }

    /// What is to be found, as searches of the trail of which each finds other lines.
    #[must_use]
    pub fn filters(&self) -> Vec<TrailFilter> {
        let empty_period = self.from.zip(self.to).is_some_and(|(from, to)| from >= to);
        if self.is_impossible || empty_period {
            return Vec::new();
        }
        let (person, patient, record) = (self.agent, self.patient, self.entity);
        let one = TrailFilter { person, patient, record, ..TrailFilter::default() };
        let of_outcome = self.outcomes().into_iter().flat_map(|outcome| {
            let one = TrailFilter { outcome, ..one.clone() };
            self.events().into_iter().map(move |action| TrailFilter { action, ..one.clone() })
        });
        of_outcome.collect()
    }

    fn outcomes(&self) -> Vec<Option<Outcome>> {
        let Some(asked) = &self.outcomes else { return vec![None] };
        let (good, bad) = (asked.contains(&"0"), asked.contains(&"4"));
        match (good, bad) {
            (true, true) => vec![None],
            (true, false) => vec![Some(Outcome::Success)],
            (false, true) => vec![Some(Outcome::Denied), Some(Outcome::Failed)],
            (false, false) => Vec::new(),
        }
    }

    /// The types of events that are asked for; one `None` for all.
    fn events(&self) -> Vec<Option<String>> {
        if self.kinds.is_none() && self.actions.is_none() {
            return vec![None];
        }
        let asked = |kind: &Kind| {
            self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind.kind.code))
                && self.actions.as_ref().is_none_or(|actions| actions.contains(&kind.action))
        };
        let rows = TABLE.iter().filter(|(_, kind)| asked(kind));
        rows.map(|(event_type, _)| Some(action_code(event_type))).collect()
    }

    /// What is asked for, as it is recorded: codes, ids and instants.
    #[must_use]
    pub fn asked(&self) -> BTreeMap<String, String> {
        let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let list = |all: &Vec<&str>| all.join(",");
        let all = [
            ("patient", self.patient.map(|id| id.to_string())),
            ("person", self.agent.map(|id| id.to_string())),
            ("record", self.entity.map(|id| id.to_string())),
            ("from", self.from.map(time)),
            ("to", self.to.map(time)),
            ("type", self.kinds.as_ref().map(list)),
            ("action", self.actions.as_ref().map(list)),
            ("outcome", self.outcomes.as_ref().map(list)),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}

/// What the events refer to, beside patients.
const ENTITIES: [&str; 5] = ["Person", "Communication", "Appointment", "Composition", "Consent"];

const ACTIONS: &str = "http://hl7.org/fhir/audit-event-action";
const OUTCOMES: &str = "http://terminology.hl7.org/CodeSystem/audit-event-outcome";

fn known_types() -> Vec<(&'static str, &'static str)> {
    TABLE.iter().map(|(_, kind)| (kind.kind.system, kind.kind.code)).collect()
}

/// A list of codes, each as `code` or `system|code`.
fn codes(value: &str, known: &[(&'static str, &'static str)]) -> Option<Vec<&'static str>> {
    let one = |token: &str| {
        let (system, code) = match token.split_once('|') {
            Some((system, code)) => (Some(system), code),
            None => (None, token),
        };
        let fits = |(of, one): &(&str, &str)| *one == code && system.is_none_or(|it| it == *of);
        known.iter().copied().find(fits).map(|(_, code)| code)
    };
    let mut all = value.split(',').map(one).collect::<Option<Vec<_>>>()?;
    all.sort_unstable();
    all.dedup();
    Some(all)
}

/// An id, alone, in a reference to one of these, or as a URN.
fn id(value: &str, kinds: &[&str]) -> Option<Uuid> {
    let id = match value.split_once('/') {
        Some((kind, id)) if kinds.contains(&kind) => id,
        Some(_) => return None,
        None => value.strip_prefix("urn:uuid:").unwrap_or(value),
    };
    id.parse().ok()
}

fn once<T>(field: &mut Option<T>, value: T) -> Option<()> {
    field.replace(value).is_none().then_some(())
}

fn earliest(one: Option<DateTime<Utc>>, other: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    one.into_iter().chain(other).min()
}

/// A name of the client's making, as far as it is harmless to repeat.
fn shown(name: &str) -> &str {
    let plain =
        name.len() <= 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-:.".contains(&b));
    if plain { name } else { "of that name" }
}
