//! `docs/PROTOCOL.md` does not drift: every example on it is what clients may send, or what the
//! server sent in a real conversation.

use crate::PROGRAM;
use crate::recorded::record_a_conversation;
use anamnesis::live::{
    AccountHappening, AppointmentHappening, Ending, Happening, Noted, Opened, Seen, Signal,
};
use anamnesis::ws::{ClientFrame, FirstFrame, ServerFrame};
use anamnesis_testkit::World;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const PAGE: &str = include_str!("../../docs/PROTOCOL.md");

/// The types of all frames that the server sends. One that is missing here does not compile.
macro_rules! server_kinds {
    ($($of:ident $(<$life:lifetime>)? { $($variant:ident => $kind:literal,)+ })+) => {
        pub(crate) const SERVER_KINDS: &[&str] = &[$($($kind,)+)+];
        $(const _: fn(&$of $(<$life>)?) -> &'static str = |frame| match frame {
            $($of::$variant { .. } => $kind,)+
        };)+
    };
}

server_kinds! {
    ServerFrame<'_> {
        Welcome => "welcome",
        Reset => "reset",
        Ack => "ack",
        Error => "error",
        Bye => "bye",
    }
    Happening<'_> {
        RoomOpened => "room_opened",
        MessagePosted => "message_posted",
        MessageEdited => "message_edited",
        MessageRetracted => "message_retracted",
        MessageRestored => "message_restored",
        MessageHidden => "message_hidden",
        HiddenMessageDecided => "hidden_message_decided",
        ReactionAdded => "reaction_added",
        ReactionRemoved => "reaction_removed",
        MessagesDelivered => "messages_delivered",
        MessagesRead => "messages_read",
        RoomClosed => "room_closed",
        RoomReopened => "room_reopened",
        Unreadable => "unreadable",
    }
    Noted {
        ConsultationOpened => "consultation_opened",
        ConsultationSaved => "consultation_saved",
        ConsultationSigned => "consultation_signed",
        ConsultationAmended => "consultation_amended",
        CorrectionRequested => "correction_requested",
        CorrectionAccepted => "correction_accepted",
        CorrectionDeclined => "correction_declined",
        ConsultationDeleted => "consultation_deleted",
        ConsultationRestored => "consultation_restored",
        ReviewDue => "review_due",
        Unreadable => "unreadable",
    }
    AppointmentHappening<'_> {
        AppointmentBooked => "appointment_booked",
        AppointmentRescheduled => "appointment_rescheduled",
        AppointmentCancelled => "appointment_cancelled",
        AppointmentCompleted => "appointment_completed",
        AppointmentNoShow => "appointment_no_show",
        AppointmentDeleted => "appointment_deleted",
        AppointmentRestored => "appointment_restored",
        AppointmentUnreadable => "appointment_unreadable",
    }
    AccountHappening {
        AccountRegistered => "account_registered",
        AccountRequested => "account_requested",
        AccountApproved => "account_approved",
        AccountRefused => "account_refused",
        AccountRoleChanged => "account_role_changed",
        AccountProfileChanged => "account_profile_changed",
        AccountSpecialtyChanged => "account_specialty_changed",
        AccountAvailabilityChanged => "account_availability_changed",
        AccountDeactivated => "account_deactivated",
        AccountRestored => "account_restored",
        AccountUnreadable => "account_unreadable",
    }
    Seen {
        NoticesSeen => "notices_seen",
    }
    Opened {
        RecordOpened => "record_opened",
    }
    Signal {
        Typing => "typing",
        Presence => "presence",
    }
}

/// The examples of one side on the page: the kind that the marker names, and the JSON.
pub(crate) fn examples(side: &str) -> Vec<(&'static str, Value)> {
    let mut found = Vec::new();
    let mut marker = None;
    let mut lines = PAGE.lines();
    while let Some(line) = lines.next() {
        if let Some(inside) = line.strip_prefix("<!-- ") {
            let inside = inside.strip_suffix(" -->").expect("a marker on one line");
            marker = Some(inside.split_once(": ").expect("side: kind"));
        } else if line == "```json" {
            let (of, kind) = marker.take().expect("every example has a marker before it");
            let text: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
            let example = serde_json::from_str(&text.join("\n")).expect("examples are JSON");
            if of == side {
                found.push((kind, example));
            }
        }
    }
    found
}

/// The names of an enum's variants, as its own parser lists them.
fn variants<T: serde::de::DeserializeOwned>() -> BTreeSet<String> {
    let Err(error) = serde_json::from_value::<T>(json!({ "type": "?" })) else {
        panic!("there is no such type of frame")
    };
    error.to_string().split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_frame_that_clients_send_has_an_example_that_the_server_understands() {
    let mut shown = BTreeSet::new();
    for (kind, example) in examples("client") {
        assert_eq!(example["type"], kind);
        let text = example.to_string();
        let understood = if kind == "hello" {
            serde_json::from_str::<FirstFrame>(&text).map(drop)
        } else {
            serde_json::from_str::<ClientFrame>(&text).map(drop)
        };
        understood.unwrap_or_else(|error| panic!("{kind}: {error}"));
        shown.insert(kind.to_owned());
    }
    let mut all = variants::<ClientFrame>();
    all.extend(variants::<FirstFrame>());
    // `FirstFrame` has one variant, which its parser names too.
    assert!(all.contains("hello") && all.contains("typing") && all.len() > 10, "{all:?}");
    assert_eq!(shown, all);
}

/// Keys and JSON types, all the way down.
fn shape(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) => "boolean".into(),
        Value::Number(_) => "number".into(),
        Value::String(_) => "string".into(),
        Value::Array(items) => {
            let shapes: BTreeSet<_> = items.iter().map(shape).collect();
            format!("{shapes:?}")
        }
        Value::Object(fields) => {
            let fields: BTreeMap<_, _> =
                fields.iter().map(|(key, one)| (key, shape(one))).collect();
            format!("{fields:?}")
        }
    }
}

#[tokio::test]
async fn every_frame_that_the_server_sends_has_an_example_of_exactly_its_form() {
    let recorded = record_a_conversation().await;
    let mut of_server: BTreeMap<(String, String), Value> = BTreeMap::new();
    for frame in recorded {
        let kind = frame["type"].as_str().expect("frames have a type").to_owned();
        of_server.insert((kind, shape(&frame)), frame);
    }
    let mut on_page = BTreeSet::new();
    for (kind, example) in examples("server") {
        assert_eq!(example["type"], kind);
        let key = (kind.to_owned(), shape(&example));
        assert!(of_server.contains_key(&key), "the server sent nothing like {example}");
        on_page.insert(key);
    }
    for (key, frame) in &of_server {
        assert!(on_page.contains(key), "the page has nothing like {frame}");
        if let Some(code) = frame["code"].as_str() {
            assert!(PAGE.contains(&format!("| `{code}` |")), "the page does not tell of {code}");
        }
    }
    let kinds: BTreeSet<_> = on_page.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, SERVER_KINDS.iter().copied().collect());
}

#[tokio::test]
async fn the_answer_to_a_poll_is_as_shown() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let start = doctor.get("/api/events").await.expect(200)["cursor"].clone();
    let number = doctor.say(&room, "How are you?").await;
    let from = doctor.get("/api/events").await.expect(200)["cursor"].clone();
    let read = json!({ "through": number });
    let _ = patient.post(&format!("/api/rooms/{room}/read"), &read).await.expect(200);
    let path = format!("/api/events?after={}", from.as_str().unwrap());
    let polled = doctor.get(&path).await.expect(200);
    let [(kind, example)] = &examples("http")[..] else { panic!("one example") };
    assert_eq!((*kind, shape(example)), ("polled", shape(&polled)));
    assert!(start != from && polled["cursor"] != from);
}

#[test]
fn every_code_on_the_page_is_one_that_the_server_knows() {
    let mut source = String::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "domain/src"] {
        read_all(&root.join(folder), &mut source);
    }
    let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let codes: Vec<_> = rows.map(|(code, _)| code).filter(|code| !code.contains(' ')).collect();
    assert!(codes.len() > 25, "the tables are found");
    for code in codes {
        assert!(source.contains(&format!("\"{code}\"")), "no part of the server says {code}");
    }
    for ending in [Ending::SessionRevoked, Ending::TooSlow, Ending::Silent, Ending::Stopping] {
        assert!(PAGE.contains(&format!("| `{}` | 1", ending.code())), "{ending:?}");
    }
}

fn read_all(folder: &std::path::Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, into);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            into.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
