//! Every command that a socket takes, sent as everyone, against the real server. For a
//! compliance officer to read. A command that is missing here does not compile.

use crate::PROGRAM;
use anamnesis::ws::ClientFrame;
use anamnesis_testkit::{Socket, World};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What each gets: the patient and the doctor whose room it is; another patient; another doctor;
/// an administrator, who listens only. Compliance officers have no socket.
#[rustfmt::skip]
const TABLE: [(&str, [&str; 5]); 10] = [
    //                    patient      doctor                another patient  another doctor  admin
    ("post_message",     ["ack",       "ack",                "not_found",     "not_found",     "forbidden"]),
    // Of the participants only the author, here the patient, edits and retracts.
    ("edit_message",     ["ack",       "message_not_author", "not_found",     "not_found",     "forbidden"]),
    ("add_reaction",     ["ack",       "ack",                "not_found",     "not_found",     "forbidden"]),
    ("remove_reaction",  ["ack",       "ack",                "not_found",     "not_found",     "forbidden"]),
    ("mark_delivered",   ["ack",       "ack",                "not_found",     "not_found",     "forbidden"]),
    ("mark_read",        ["ack",       "ack",                "not_found",     "not_found",     "forbidden"]),
    ("close_room",       ["forbidden", "ack",                "forbidden",     "not_found",     "forbidden"]),
    ("reopen_room",      ["forbidden", "ack",                "forbidden",     "not_found",     "forbidden"]),
    ("retract_message",  ["ack",       "message_not_author", "not_found",     "not_found",     "forbidden"]),
    // Passing: what is allowed is not answered.
    ("typing",           ["",          "",                   "not_found",     "not_found",     "forbidden"]),
];

/// The row's name of a frame. A new one does not compile until it has a name, and the table
/// does not pass until it has a row.
fn name(frame: &ClientFrame) -> &'static str {
    match frame {
        ClientFrame::PostMessage { .. } => "post_message",
        ClientFrame::EditMessage { .. } => "edit_message",
        ClientFrame::RetractMessage { .. } => "retract_message",
        ClientFrame::AddReaction { .. } => "add_reaction",
        ClientFrame::RemoveReaction { .. } => "remove_reaction",
        ClientFrame::MarkDelivered { .. } => "mark_delivered",
        ClientFrame::MarkRead { .. } => "mark_read",
        ClientFrame::CloseRoom { .. } => "close_room",
        ClientFrame::ReopenRoom { .. } => "reopen_room",
        ClientFrame::Typing { .. } => "typing",
    }
}

fn frame(kind: &str, room: &str, number: u64) -> Value {
    let mut frame = json!({ "type": kind, "room_id": room });
    if kind != "typing" {
        frame["client_id"] = json!(uuid::Uuid::new_v4());
    }
    let (field, value) = match kind {
        "post_message" => ("body", json!("It still hurts.")),
        "edit_message" => ("body", json!("It hurts more.")),
        "add_reaction" | "remove_reaction" => ("reaction", json!("heart")),
        "mark_delivered" | "mark_read" => ("through", json!(number)),
        _ => return with_number(kind, frame, number),
    };
    frame[field] = value;
    with_number(kind, frame, number)
}

fn with_number(kind: &str, mut frame: Value, number: u64) -> Value {
    if ["edit_message", "retract_message", "add_reaction", "remove_reaction"].contains(&kind) {
        frame["number"] = json!(number);
    }
    frame
}

/// What became of a frame: `ack`, or the error's code, or nothing.
async fn outcome(socket: &mut Socket, frame: &Value) -> String {
    socket.send(frame).await;
    if frame["type"] == "typing" {
        // Frames are carried out in order, so the answer to this one comes after any to the
        // other; it is to nobody's room.
        let after = self::frame("mark_read", &uuid::Uuid::new_v4().to_string(), 1);
        socket.send(&after).await;
        let answer = socket.expect("error").await;
        if answer["client_id"] == after["client_id"] {
            return String::new();
        }
        socket.expect("error").await;
        return answer["code"].as_str().unwrap().to_owned();
    }
    loop {
        let answer = socket.next().await.unwrap();
        if answer["client_id"] == frame["client_id"] && answer["type"] == "ack" {
            return "ack".to_owned();
        }
        if answer["type"] == "error" {
            assert_eq!(answer["client_id"], frame["client_id"]);
            return answer["code"].as_str().unwrap().to_owned();
        }
    }
}

#[test]
fn the_table_has_every_command_once() {
    let parsed = TABLE.iter().map(|(kind, _)| {
        let frame = frame(kind, "00000000-0000-0000-0000-000000000000", 2);
        let frame: ClientFrame = serde_json::from_value(frame).unwrap();
        assert_eq!(name(&frame), *kind);
        *kind
    });
    let kinds: BTreeSet<_> = parsed.collect();
    assert_eq!(kinds.len(), TABLE.len());
    // What the protocol knows, as its own refusal of an unknown command lists it.
    let unknown = serde_json::from_str::<ClientFrame>(r#"{"type":"unknown"}"#).unwrap_err();
    let listed = unknown.to_string();
    assert_eq!(listed.matches('`').count() / 2 - 1, TABLE.len(), "{listed}");
    for kind in kinds {
        assert!(listed.contains(&format!("`{kind}`")), "{listed}");
    }
}

#[tokio::test]
async fn every_socket_command_is_answered_as_the_table_says() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let number = patient.say(&room, "My head hurts.").await;
    let others = [
        world.server.register("mira").await,
        world.server.sign_in("dr.okafor").await,
        world.server.sign_in("admin").await,
    ];
    let mut sockets = Vec::new();
    for user in [&patient, &doctor].into_iter().chain(&others) {
        let mut socket = user.connect(None).await;
        socket.expect("reset").await;
        sockets.push(socket);
    }
    let mut wrong = Vec::new();
    for (kind, expected) in TABLE {
        for (socket, expected) in sockets.iter_mut().zip(expected) {
            let outcome = outcome(socket, &frame(kind, &room, number)).await;
            if outcome != expected {
                wrong.push(format!("{kind}: {outcome:?}, not {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
