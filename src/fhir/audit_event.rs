//! A line of the trail as an `AuditEvent`.

use super::kinds::{Interaction, Kind, kind};
use super::types::{
    Agent, AuditEvent, Coding, Concept, Entity, Extension, Identifier, Meta, Narrative, Network,
    Reference, Source,
};
use anamnesis_domain::session::SessionEvent;
use anamnesis_domain::sign_in::SignInEvent;
use anamnesis_domain::{AccountId, Event, Role};
use anamnesis_projections::trail::{Outcome, TrailKind, TrailLine};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::SecondsFormat;
use uuid::Uuid;

/// Who keeps the trail.
#[derive(Clone, Debug)]
pub struct Recorder {
    /// What the hospital is called, if that is configured.
    pub site: Option<String>,
    /// Names the log.
    pub epoch: Uuid,
}

const DCM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const SOURCE_ROLE: Coding = Coding { system: DCM, code: "110153", display: "Source Role ID" };
const DESTINATION_ROLE: Coding =
    Coding { system: DCM, code: "110152", display: "Destination Role ID" };
const APPLICATION: Coding = Coding { system: DCM, code: "110150", display: "Application" };
const CUSTODIAN: Coding = Coding {
    system: "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
    code: "custodian",
    display: "Custodian",
};
const HUMAN: Coding = Coding {
    system: "http://terminology.hl7.org/CodeSystem/extra-security-role-type",
    code: "humanuser",
    display: "human user",
};
const BREAK_GLASS: Coding = Coding {
    system: "http://terminology.hl7.org/CodeSystem/v3-ActReason",
    code: "BTG",
    display: "break the glass",
};

/// The line, with its event and its words.
#[must_use]
pub fn audit_event(
    line: &TrailLine,
    event: &Event,
    (actor_name, words): (&str, &str),
    recorder: &Recorder,
) -> AuditEvent {
    let kind = kind(event);
    let purpose = purpose(event);
    AuditEvent {
        id: line.position.to_string(),
        meta: profile(&kind, line).map(|profile| Meta { profile: [profile] }),
        text: narrative(words),
        kind: kind.kind,
        subtype: [kind.subtype],
        action: kind.action,
        recorded: line.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        outcome: if line.outcome == Outcome::Success { "0" } else { "4" },
        outcome_desc: failure(event),
        purpose_of_event: purpose.clone(),
        agent: agents(line, kind.interaction, actor_name, purpose, recorder),
        source: Source {
            site: recorder.site.clone(),
            observer: server(recorder),
            kind: [Coding {
                system: "http://terminology.hl7.org/CodeSystem/security-source-type",
                code: "4",
                display: "Application Server",
            }],
        },
        entity: entities(line, event),
    }
}

/// The BALP profile whose demands it meets: those are for what succeeded, in somebody's session.
fn profile(kind: &Kind, line: &TrailLine) -> Option<&'static str> {
    if line.outcome != Outcome::Success || line.session_id.is_none() {
        return None;
    }
    macro_rules! balp {
        ($name:literal) => {
            Some(concat!("https://profiles.ihe.net/ITI/BALP/StructureDefinition/", $name))
        };
    }
    match (kind.interaction, line.patient_id.is_some()) {
        (Interaction::Create, true) => balp!("IHE.BasicAudit.PatientCreate"),
        (Interaction::Create, false) => balp!("IHE.BasicAudit.Create"),
        (Interaction::Read, true) => balp!("IHE.BasicAudit.PatientRead"),
        (Interaction::Read, false) => balp!("IHE.BasicAudit.Read"),
        (Interaction::Update, true) => balp!("IHE.BasicAudit.PatientUpdate"),
        (Interaction::Update, false) => balp!("IHE.BasicAudit.Update"),
        (Interaction::Delete, true) => balp!("IHE.BasicAudit.PatientDelete"),
        (Interaction::Delete, false) => balp!("IHE.BasicAudit.Delete"),
        (Interaction::Query, true) => balp!("IHE.BasicAudit.PatientQuery"),
        (Interaction::Query, false) => balp!("IHE.BasicAudit.Query"),
        (Interaction::Other, _) => None,
    }
}

fn narrative(words: &str) -> Narrative {
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let div = format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{words}</div>");
    Narrative { status: "generated", div }
}

/// Break-glass is the only purpose that anybody has to state.
fn purpose(event: &Event) -> Vec<Concept> {
    match event {
        Event::Session(SessionEvent::ContentRead { read }) if read.grant_id.is_some() => {
            vec![BREAK_GLASS.into()]
        }
        _ => Vec::new(),
    }
}

/// The code of why it failed.
fn failure(event: &Event) -> Option<String> {
    match event {
        Event::SignIn(SignInEvent::SignInFailed { reason, .. }) => code(reason),
        Event::Session(SessionEvent::SessionEnded { reason }) => code(reason),
        Event::Session(SessionEvent::AccessDenied { attempt }) => Some(attempt.action.clone()),
        _ => None,
    }
}

fn code(reason: &impl serde::Serialize) -> Option<String> {
    Some(serde_json::to_value(reason).ok()?.as_str()?.to_owned())
}

/// The program that asked (known by its session), this server, and who used the program. What
/// the server does by itself has neither of the others.
fn agents(
    line: &TrailLine,
    interaction: Interaction,
    name: &str,
    purpose_of_use: Vec<Concept>,
    recorder: &Recorder,
) -> Vec<Agent> {
    let (client, custodian, user) = match interaction {
        Interaction::Read => (DESTINATION_ROLE, SOURCE_ROLE, participation("IRCP")),
        Interaction::Query => (SOURCE_ROLE, DESTINATION_ROLE, participation("IRCP")),
        Interaction::Delete => (APPLICATION, CUSTODIAN, participation("CST")),
        Interaction::Create | Interaction::Update => {
            (SOURCE_ROLE, DESTINATION_ROLE, participation("AUT"))
        }
        Interaction::Other => (SOURCE_ROLE, DESTINATION_ROLE, HUMAN),
    };
    let mut agents = Vec::with_capacity(3);
    if let Some(session) = line.session_id {
        let who = Reference { identifier: Some(by_uuid(session)), ..Reference::default() };
        agents.push(program(client, who, false));
    }
    agents.push(program(custodian, server(recorder), line.actor_id.is_none()));
    if let Some(actor) = line.actor_id {
        let name = Some(name.to_owned()).filter(|name| !name.is_empty());
        let role = line.actor_role.map(|role| Concept { coding: None, text: Some(role.as_str()) });
        agents.push(Agent {
            kind: user.into(),
            role: role.into_iter().collect(),
            who: Reference { display: name.clone(), ..person(actor, line.actor_role) },
            name,
            requestor: true,
            network: None,
            purpose_of_use,
        });
    }
    agents
}

fn participation(code: &'static str) -> Coding {
    let display = match code {
        "IRCP" => "information recipient",
        "CST" => "custodian",
        _ => "author (originator)",
    };
    let system = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    Coding { system, code, display }
}

/// BALP wants to know where on the network it was, which the log does not keep.
fn program(kind: Coding, who: Reference, requestor: bool) -> Agent {
    let url = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    let network = Some(Network { extension: [Extension { url, value_code: "unknown" }] });
    let (role, purpose_of_use) = (Vec::new(), Vec::new());
    Agent { kind: kind.into(), role, who, name: None, requestor, network, purpose_of_use }
}

fn server(recorder: &Recorder) -> Reference {
    let (identifier, display) = (Some(by_uuid(recorder.epoch)), Some("Anamnesis".to_owned()));
    Reference { kind: Some("Device"), identifier, display, ..Reference::default() }
}

fn person(account: AccountId, role: Option<Role>) -> Reference {
    reference(
        match role {
            Some(Role::Patient) => "Patient",
            Some(Role::Doctor) => "Practitioner",
            Some(Role::Admin | Role::Compliance) | None => "Person",
        },
        account.0,
    )
}

fn reference(kind: &'static str, id: Uuid) -> Reference {
    let (reference, identifier) = (Some(format!("{kind}/{id}")), Some(by_uuid(id)));
    Reference { reference, kind: Some(kind), identifier, display: None }
}

fn by_uuid(id: Uuid) -> Identifier {
    Identifier { system: Some("urn:ietf:rfc:3986"), value: format!("urn:uuid:{id}") }
}

fn entities(line: &TrailLine, event: &Event) -> Vec<Entity> {
    let patient = line.patient_id.map(|patient| Entity {
        what: Some(reference("Patient", patient.0)),
        kind: entity_type("1", "Person"),
        role: Some(object_role("1", "Patient")),
        query: None,
    });
    let transaction = line.request_id.map(|request| Entity {
        what: Some(Reference {
            identifier: Some(Identifier { system: None, value: request.to_string() }),
            ..Reference::default()
        }),
        kind: Coding {
            system: "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType",
            code: "XrequestId",
            display: "XrequestId",
        },
        role: None,
        query: None,
    });
    patient.into_iter().chain([asked_or_touched(line, event)]).chain(transaction).collect()
}

/// What was looked for, or what it was done to.
fn asked_or_touched(line: &TrailLine, event: &Event) -> Entity {
    let kind = entity_type("2", "System Object");
    if let Event::Session(SessionEvent::TrailRead { look_up }) = event {
        let filters = look_up.filters.iter().map(|(name, value)| format!("{name}={value}"));
        let query = format!("{}?{}", look_up.view, filters.collect::<Vec<_>>().join("&"));
        let role = Some(object_role("24", "Query"));
        return Entity { what: None, kind, role, query: Some(STANDARD.encode(query)) };
    }
    let role = Some(object_role("4", "Domain Resource"));
    Entity { what: Some(record(line)), kind, role, query: None }
}

fn record(line: &TrailLine) -> Reference {
    let Some(id) = line.record_id else {
        let display = match line.record_kind {
            TrailKind::Key => "a key that signs access tokens",
            _ => "a name that nobody has",
        };
        return Reference { display: Some(display.to_owned()), ..Reference::default() };
    };
    match line.record_kind {
        TrailKind::Account if line.patient_id == Some(AccountId(id)) => reference("Patient", id),
        TrailKind::Account => reference("Person", id),
        TrailKind::Room => reference("Communication", id),
        TrailKind::Appointment => reference("Appointment", id),
        TrailKind::Consultation => reference("Composition", id),
        TrailKind::Grant => reference("Consent", id),
        TrailKind::Session | TrailKind::Name | TrailKind::Key => {
            Reference { identifier: Some(by_uuid(id)), ..Reference::default() }
        }
    }
}

fn entity_type(code: &'static str, display: &'static str) -> Coding {
    Coding { system: "http://terminology.hl7.org/CodeSystem/audit-entity-type", code, display }
}

fn object_role(code: &'static str, display: &'static str) -> Coding {
    Coding { system: "http://terminology.hl7.org/CodeSystem/object-role", code, display }
}
