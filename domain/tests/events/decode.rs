//! Stored events that can not be read: each gets the error that says why, and no error quotes
//! the payload.

use crate::chapters::chapters;
use anamnesis_domain::{DecodeError, Event};

const CANARY: &str = "canary-7f3a";

#[track_caller]
fn refusal(aggregate_type: &str, event_type: &str, version: &str, payload: &str) -> DecodeError {
    Event::decode(aggregate_type, event_type, version, payload).expect_err("it can not be read")
}

#[test]
fn an_aggregate_type_of_somebody_else_is_unknown() {
    let error = refusal("invoice", "InvoiceSent", "1", "{}");
    assert!(matches!(&error, DecodeError::UnknownAggregate(name) if name == "invoice"), "{error}");
    assert_eq!(error.to_string(), "unknown aggregate type `invoice`");
}

#[test]
fn an_event_type_of_another_aggregate_is_unknown() {
    let payload = r#"{"RoomClosed":{"by":"0197c0de-0000-7000-8000-000000000001"}}"#;
    let error = refusal("account", "RoomClosed", "1", payload);
    assert!(matches!(error, DecodeError::UnknownType { .. }), "{error}");
    assert_eq!(error.to_string(), "unknown event type `RoomClosed` of account");
}

#[test]
fn a_later_version_is_unknown_whatever_its_shape() {
    let same_shape = r#"{"RoomClosed":{"by":"0197c0de-0000-7000-8000-000000000001"}}"#;
    let other_shape = r#"{"RoomClosed":{"by":{"account":7}}}"#;
    for payload in [same_shape, other_shape] {
        let error = refusal("chat_room", "RoomClosed", "2", payload);
        assert!(matches!(error, DecodeError::UnknownVersion { .. }), "{error}");
        assert_eq!(error.to_string(), "RoomClosed has version 2, which this server does not know");
    }
}

#[test]
fn a_payload_under_the_wrong_type_is_mislabelled() {
    let payload = r#"{"RoomReopened":{"by":"0197c0de-0000-7000-8000-000000000001"}}"#;
    let error = refusal("chat_room", "RoomClosed", "1", payload);
    assert!(matches!(error, DecodeError::Mislabelled { .. }), "{error}");
    assert_eq!(error.to_string(), "stored as RoomClosed, but the payload is of RoomReopened");
}

#[test]
fn a_broken_payload_is_malformed_and_says_where() {
    let error = refusal("chat_room", "RoomClosed", "1", r#"{"RoomClosed":{"by":7}}"#);
    assert!(matches!(error, DecodeError::Malformed { line: 1, column: 21, .. }), "{error:?}");
}

#[test]
fn no_error_quotes_the_payload() {
    let payloads = [
        CANARY.to_owned(),
        format!(r#""{CANARY}""#),
        format!(r#"{{"{CANARY}":{{}}}}"#),
        format!(r#"{{"RoomClosed":"{CANARY}"}}"#),
        format!(r#"{{"RoomClosed":{{"by":"{CANARY}"}}}}"#),
        format!(r#"{{"RoomClosed":{{"{CANARY}":1}}}}"#),
        format!(r#"{{"RoomClosed":{{"by":"0197c0de-0000-7000-8000-000000000001"}}}} {CANARY}"#),
        format!(r#"{{"ReactionAdded":{{"message":2,"reaction":"{CANARY}"}}}}"#),
    ];
    for payload in payloads {
        let error = refusal("chat_room", "RoomClosed", "1", &payload);
        assert!(matches!(error, DecodeError::Malformed { .. }), "{error}");
        assert!(!format!("{error} {error:?}").contains(CANARY), "{error:?}");
    }
}

#[test]
fn a_payload_that_was_cut_off_anywhere_is_malformed() {
    for chapter in chapters() {
        for sample in &chapter.samples {
            for length in 0..sample.payload.len() {
                let error = refusal(
                    chapter.aggregate_type,
                    &sample.event_type,
                    &sample.version,
                    &sample.payload[..length],
                );
                assert!(matches!(error, DecodeError::Malformed { .. }), "{error}");
            }
        }
    }
}

#[test]
fn no_payload_can_be_read_as_another_type_of_its_aggregate() {
    for chapter in chapters() {
        for sample in &chapter.samples {
            for (other, version) in chapter.types {
                let read = Event::decode(chapter.aggregate_type, other, version, &sample.payload);
                assert_eq!(read.is_ok(), sample.event_type == *other, "{other}");
            }
        }
    }
}
