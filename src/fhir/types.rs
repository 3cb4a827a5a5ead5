//! The parts of FHIR R4 that are given out: an `AuditEvent` and a searchset `Bundle`.

use serde::Serialize;

/// A code of a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Coding {
    pub system: &'static str,
    pub code: &'static str,
    pub display: &'static str,
}

/// A concept: a code, or words alone.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Concept {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coding: Option<[Coding; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'static str>,
}

impl From<Coding> for Concept {
    fn from(coding: Coding) -> Self {
        Self { coding: Some([coding]), text: None }
    }
}

/// What something is known by.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Identifier {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<&'static str>,
    pub value: String,
}

/// Something that is meant.
#[derive(Clone, Debug, Default, Serialize)]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Reference {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<Identifier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
}

/// Says of a value that it is missing, and why.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Extension {
    pub url: &'static str,
    pub value_code: &'static str,
}

/// Where an agent was on the network: nothing that is recorded.
#[derive(Clone, Copy, Debug, Serialize)]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Network {
    pub extension: [Extension; 1],
}

/// Who took part.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Agent {
    #[serde(rename = "type")]
    pub kind: Concept,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub role: Vec<Concept>,
    pub who: Reference,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub requestor: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<Network>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub purpose_of_use: Vec<Concept>,
}

/// What was concerned.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Entity {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<Reference>,
    #[serde(rename = "type")]
    pub kind: Coding,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Coding>,
    /// In base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
}

/// Who recorded it.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Source {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    pub observer: Reference,
    #[serde(rename = "type")]
    pub kind: [Coding; 1],
}

/// What it says for people.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Narrative {
    pub status: &'static str,
    pub div: String,
}

/// Which profiles it follows.
#[derive(Clone, Copy, Debug, Serialize)]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Meta {
    pub profile: [&'static str; 1],
}

/// Something that happened.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct AuditEvent {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    pub text: Narrative,
    #[serde(rename = "type")]
    pub kind: Coding,
    pub subtype: [Coding; 1],
    pub action: &'static str,
    pub recorded: String,
    pub outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome_desc: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub purpose_of_event: Vec<Concept>,
    pub agent: Vec<Agent>,
    pub source: Source,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entity: Vec<Entity>,
}

/// A page of what was found.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "resourceType")]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Bundle {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub link: Vec<Link>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entry: Vec<Entry>,
}

/// Where to go on.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Link {
    pub relation: &'static str,
    pub url: String,
}

/// One that was found.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Entry {
    pub full_url: String,
    pub resource: AuditEvent,
    pub search: Mode,
}

/// Why an entry is there.
#[derive(Clone, Copy, Debug, Serialize)]
#[expect(missing_docs, reason = "FHIR R4 specifies the fields")]
pub struct Mode {
    pub mode: &'static str,
}

/// The page with these events.
#[must_use]
pub fn searchset(base: &str, link: Vec<Link>, events: Vec<AuditEvent>) -> Bundle {
    let entry = |resource: AuditEvent| Entry {
        full_url: format!("{base}/AuditEvent/{}", resource.id),
        resource,
        search: Mode { mode: "match" },
    };
    Bundle { kind: "searchset", link, entry: events.into_iter().map(entry).collect() }
}
