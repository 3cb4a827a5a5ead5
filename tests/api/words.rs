//! Every event has words, and they say nothing that is sealed.

use anamnesis::audit::words::{Told, words};
use anamnesis_domain::{AccountId, Event};
use anamnesis_projections::log::{Metadata, RecordedEvent, StreamId};
use chrono::DateTime;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use uuid::Uuid;

fn recorded(aggregate: &str, event_type: &str, version: &str, payload: String) -> RecordedEvent {
    RecordedEvent {
        position: 70,
        event_id: Uuid::nil(),
        stream: StreamId {
            aggregate_type: aggregate.to_owned().into(),
            aggregate_id: Uuid::from_u128(9).to_string(),
        },
        sequence: 7,
        event_type: event_type.to_owned(),
        event_version: version.to_owned(),
        payload,
        metadata: "{}".to_owned(),
        recorded_at: DateTime::UNIX_EPOCH,
        leaf_hash: [0; 32],
        decoded: OnceLock::new(),
    }
}

/// The sentence of each golden event, by its type.
fn sentences(metadata: &Metadata) -> BTreeMap<String, String> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("domain/tests/golden");
    let mut told = BTreeMap::new();
    for folder in fs::read_dir(golden).unwrap() {
        let folder = folder.unwrap();
        let aggregate = folder.file_name().into_string().unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().into_string().unwrap();
            let (event_type, version) = name.trim_end_matches(".json").split_once(".v").unwrap();
            let payload = fs::read_to_string(file.path()).unwrap();
            let event = recorded(&aggregate, event_type, version, payload);
            let sentence =
                words(&Told { recorded: &event, metadata, time_before: None, session_owner: None })
                    .unwrap();
            let names = sentence.people().map(|id| (id, "Somebody Known".to_owned())).collect();
            told.insert(event_type.to_owned(), sentence.tell(&names));
        }
    }
    told
}

#[test]
fn every_event_type_has_a_sentence_of_its_own_without_a_sealed_word() {
    let actor_id = Some(AccountId(Uuid::from_u128(5)));
    let told = sentences(&Metadata { actor_id, ..Metadata::default() });
    let types: BTreeSet<&str> =
        Event::TYPES.iter().copied().flatten().map(|(one, _)| *one).collect();
    assert_eq!(told.keys().map(String::as_str).collect::<BTreeSet<_>>(), types);
    let different: BTreeSet<&String> = told.values().collect();
    assert_eq!(different.len(), told.len(), "{told:#?}");
    for (event_type, sentence) in &told {
        assert!(!sentence.contains("s1."), "{event_type}: {sentence}");
        assert!(sentence.contains(' ') && !sentence.contains("  "), "{event_type}: {sentence}");
    }
    assert_eq!(told["MessagePosted"], "Somebody Known wrote message 7");
    assert_eq!(
        told["AppointmentCancelled"],
        "Somebody Known called the appointment off, reason: ‹sealed›"
    );
}

#[test]
fn a_coded_reason_is_told_and_who_has_no_name_is_told_by_the_id() {
    let metadata = Metadata { reason: Some("author_asked".to_owned()), ..Metadata::default() };
    let told = sentences(&metadata);
    assert!(told["MessageRestored"].ends_with(", reason: author_asked"), "{told:#?}");
    assert!(told["RoomOpened"].starts_with("The server opened"), "{told:#?}");
    let payload = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("domain/tests/golden/chat_room/RoomClosed.v1.json"),
    );
    let event = recorded("chat_room", "RoomClosed", "1", payload.unwrap());
    let sentence = words(&Told {
        recorded: &event,
        metadata: &metadata,
        time_before: None,
        session_owner: None,
    });
    let sentence = sentence.unwrap();
    let by = sentence.people().next().unwrap();
    let erased = HashMap::from([(by, String::new())]);
    assert!(sentence.tell(&erased).starts_with(&format!("account {by} closed")));
}
