//! Every event as an `AuditEvent`: of the form that FHIR R4 demands, and of that which BALP
//! demands where it is claimed.

use anamnesis::fhir::{Interaction, Recorder, TABLE, audit_event, kind};
use anamnesis_domain::session::{Read, ReadPart, RecordKind, SessionEvent};
use anamnesis_domain::{AccountId, Event, GrantId, Role};
use anamnesis_projections::trail::{Outcome, TrailKind, TrailLine, action_code};
use chrono::DateTime;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use uuid::Uuid;

const PATIENT: u128 = 3;
const SESSION: u128 = 7;

/// Each golden event, by its type.
fn golden() -> BTreeMap<String, Event> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("domain/tests/golden");
    let mut events = BTreeMap::new();
    for folder in fs::read_dir(golden).unwrap() {
        let folder = folder.unwrap();
        let aggregate = folder.file_name().into_string().unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().into_string().unwrap();
            let (event_type, version) = name.trim_end_matches(".json").split_once(".v").unwrap();
            let payload = fs::read_to_string(file.path()).unwrap();
            let event = Event::decode(&aggregate, event_type, version, &payload).unwrap();
            events.insert(event_type.to_owned(), event);
        }
    }
    events
}

/// A line as a doctor's doing about a patient.
fn line(action: &str) -> TrailLine {
    TrailLine {
        position: 70,
        at: DateTime::UNIX_EPOCH,
        actor_id: Some(AccountId(Uuid::from_u128(5))),
        actor_role: Some(Role::Doctor),
        session_id: Some(Uuid::from_u128(SESSION)),
        request_id: Some(Uuid::from_u128(8)),
        patient_id: Some(AccountId(Uuid::from_u128(PATIENT))),
        record_kind: TrailKind::Room,
        record_id: Some(Uuid::from_u128(9)),
        action: action.to_owned(),
        outcome: Outcome::Success,
    }
}

/// The same as the server's own doing, about nobody.
fn bare(action: &str) -> TrailLine {
    TrailLine {
        actor_id: None,
        actor_role: None,
        session_id: None,
        request_id: None,
        patient_id: None,
        record_kind: TrailKind::Name,
        record_id: None,
        outcome: Outcome::Failed,
        ..line(action)
    }
}

fn told(line: &TrailLine, event: &Event) -> Value {
    let recorder = Recorder { site: Some("St. Anna".to_owned()), epoch: Uuid::from_u128(1) };
    let words = ("Dr. Ines Adler", "Dr. Ines Adler & co. said <nothing>");
    serde_json::to_value(audit_event(line, event, words, &recorder)).unwrap()
}

#[test]
fn every_event_is_an_audit_event_of_the_form_that_fhir_demands() {
    let schema: Value = serde_json::from_str(include_str!("fhir_schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let mut seen = BTreeSet::new();
    for (event_type, event) in golden() {
        let action = action_code(&event_type);
        for line in [line(&action), bare(&action)] {
            let told = told(&line, &event);
            let wrong: Vec<_> = schema.iter_errors(&told).map(|error| error.to_string()).collect();
            assert!(wrong.is_empty(), "{event_type}: {wrong:?}\n{told:#}");
            let requestors = told["agent"].as_array().unwrap().iter();
            let requestors = requestors.filter(|agent| agent["requestor"] == true).count();
            assert_eq!(requestors, 1, "{event_type}: one has asked for it");
            assert!(!told.to_string().contains("s1."), "{event_type} shows what is sealed");
        }
        let row = TABLE.iter().find(|(name, _)| *name == event_type);
        assert_eq!(row.map(|(_, kind)| *kind), Some(kind(&event)), "{event_type}");
        seen.insert(event_type);
    }
    let all: BTreeSet<_> = TABLE.iter().map(|(name, _)| (*name).to_owned()).collect();
    let types = Event::TYPES.iter().copied().flatten().map(|(name, _)| (*name).to_owned());
    assert_eq!((all.len(), &all), (TABLE.len(), &types.collect()));
    assert_eq!(seen, all);
}

#[test]
fn a_form_that_fhir_does_not_allow_is_found() {
    let schema: Value = serde_json::from_str(include_str!("fhir_schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let (_, event) = golden().pop_first().unwrap();
    let right = told(&line("x"), &event);
    assert!(schema.is_valid(&right));
    for (pointer, wrong) in [
        ("/action", json!("X")),
        ("/outcome", json!(0)),
        ("/recorded", json!("1970-01-01")),
        ("/agent", json!([])),
        ("/agent/0/requestor", json!("true")),
        ("/source/observer", json!({})),
        ("/entity/0/what", json!({ "type": "Patient" })),
        ("/type", json!({ "coding": [] })),
        ("/subtype", json!([])),
        ("/id", json!("7 0")),
    ] {
        let mut changed = right.clone();
        *changed.pointer_mut(pointer).unwrap() = wrong;
        assert!(!schema.is_valid(&changed), "{pointer}");
    }
    for name in ["type", "recorded", "agent", "source"] {
        let mut changed = right.clone();
        changed.as_object_mut().unwrap().remove(name);
        assert!(!schema.is_valid(&changed), "without {name}");
    }
}

/// The agents and entities of a type.
fn of_type<'v>(told: &'v Value, what: &str, code: &str) -> Vec<&'v Value> {
    let all = told[what].as_array().unwrap().iter();
    let is_it =
        |one: &&Value| one["type"]["code"] == code || one["type"]["coding"][0]["code"] == code;
    all.filter(is_it).collect()
}

/// What BALP 1.1 says of its profiles: type, subtype, action, outcome, and which agents and
/// entities there are how often.
#[test]
fn what_claims_a_balp_profile_has_what_the_profile_demands() {
    for (event_type, event) in golden() {
        let kind = kind(&event);
        let (name, subtype, action, client, server, users): (_, _, _, _, _, &[&str]) =
            match kind.interaction {
                Interaction::Create => {
                    ("Create", "create", "C", "110153", "110152", &["AUT", "INF", "CST"])
                }
                Interaction::Read => ("Read", "read", "R", "110152", "110153", &["IRCP"]),
                Interaction::Update => {
                    ("Update", "update", "U", "110153", "110152", &["AUT", "INF", "CST"])
                }
                Interaction::Delete => {
                    ("Delete", "delete", "D", "110150", "custodian", &["AUT", "INF", "CST"])
                }
                Interaction::Query => ("Query", "search", "E", "110153", "110152", &["IRCP"]),
                Interaction::Other => {
                    assert_eq!(told(&line("x"), &event)["meta"], Value::Null, "{event_type}");
                    continue;
                }
            };
        let general = TrailLine { patient_id: None, ..line("x") };
        for (line, of_patient) in [(line("x"), "Patient"), (general, "")] {
            let told = told(&line, &event);
            let profile = format!(
                "https://profiles.ihe.net/ITI/BALP/StructureDefinition/\
                 IHE.BasicAudit.{of_patient}{name}"
            );
            assert_eq!(told["meta"]["profile"], json!([profile]), "{event_type}");
            assert_eq!(told["type"]["code"], "rest");
            assert_eq!(told["subtype"][0]["code"], subtype);
            assert_eq!((&told["action"], &told["outcome"]), (&json!(action), &json!("0")));
            for code in [client, server] {
                let [agent] = of_type(&told, "agent", code)[..] else { panic!("{told:#}") };
                assert!(agent["who"].is_object() && agent["network"].is_object(), "{agent:#}");
            }
            let users: Vec<_> =
                users.iter().flat_map(|code| of_type(&told, "agent", code)).collect();
            let [user] = users[..] else { panic!("{told:#}") };
            assert_eq!((&user["requestor"], &user["network"]), (&json!(true), &Value::Null));
            let [object] = of_type(&told, "entity", "2")[..] else { panic!("{told:#}") };
            let asks = name == "Query";
            assert_eq!(object["query"].is_string(), asks, "{object:#}");
            assert_eq!(object["what"].is_object(), !asks, "{object:#}");
            assert_eq!(object["role"]["code"], if asks { "24" } else { "4" });
            let [request] = of_type(&told, "entity", "XrequestId")[..] else { panic!("one") };
            assert_eq!(request["what"]["identifier"]["value"], Uuid::from_u128(8).to_string());
            let patients = of_type(&told, "entity", "1");
            assert_eq!(patients.len(), usize::from(of_patient == "Patient"));
            if let [patient] = patients[..] {
                let reference = format!("Patient/{}", Uuid::from_u128(PATIENT));
                assert_eq!(patient["what"]["reference"], reference);
                assert_eq!(patient["role"]["code"], "1");
            }
        }
        let failed = told(&TrailLine { outcome: Outcome::Failed, ..line("x") }, &event);
        assert_eq!((&failed["meta"], &failed["outcome"]), (&Value::Null, &json!("4")));
    }
}

#[test]
fn a_look_by_break_glass_says_so() {
    let part = ReadPart { id: Uuid::from_u128(9), from: 1, through: 2 };
    let patient_id = AccountId(Uuid::from_u128(PATIENT));
    let look = |grant_id| {
        let (kind, parts) = (RecordKind::Messages, vec![part]);
        let read = Read { patient_id, kind, parts, grant_id };
        told(&line("content_read"), &Event::Session(SessionEvent::ContentRead { read }))
    };
    let granted = look(Some(GrantId(Uuid::from_u128(11))));
    assert_eq!(granted["purposeOfEvent"][0]["coding"][0]["code"], "BTG");
    let [user] = of_type(&granted, "agent", "IRCP")[..] else { panic!("{granted:#}") };
    assert_eq!(user["purposeOfUse"][0]["coding"][0]["code"], "BTG");
    assert_eq!(look(None)["purposeOfEvent"], Value::Null);
}
