//! Rooms with their messages.

use super::{number, optional, text};
use anamnesis_testkit::User;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The server counts no further.
const UNREAD_MAX: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    patient_id: String,
    doctor_id: String,
    closed: bool,
    /// Of the patient and of the doctor.
    receipts: BTreeMap<&'static str, Receipt>,
    pub(crate) messages: BTreeMap<u64, Message>,
    /// Worked out from the messages, and fetched to compare.
    unread: usize,
    last_message: Option<(u64, Option<String>, bool, bool)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Receipt {
    delivered: u64,
    read: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    author_id: String,
    body: Option<String>,
    posted_at: String,
    version: u64,
    edits: u64,
    edited_at: Option<String>,
    pub(crate) retracted: bool,
    hidden: bool,
    reactions: BTreeSet<(String, String)>,
}

/// Every room of the user's.
pub(super) async fn fetch(user: &User) -> BTreeMap<String, Room> {
    let mut rooms = BTreeMap::new();
    let list = user.get("/api/rooms").await.expect(200);
    for room in list["rooms"].as_array().unwrap() {
        keep(&mut rooms, user, room).await;
    }
    rooms
}

async fn keep(rooms: &mut BTreeMap<String, Room>, user: &User, room: &Value) {
    let room_id = text(&room["room_id"]);
    let messages = fetch_messages(user, &room_id).await;
    let receipt = |who: &str| Receipt {
        delivered: number(&room["receipts"][who]["delivered"]),
        read: number(&room["receipts"][who]["read"]),
    };
    let last = &room["last_message"];
    let last = (!last.is_null()).then(|| {
        let (retracted, hidden) = (last["retracted"] == true, last["hidden"] == true);
        (number(&last["number"]), optional(&last["body"]), retracted, hidden)
    });
    let kept = Room {
        patient_id: text(&room["patient_id"]),
        doctor_id: text(&room["doctor_id"]),
        closed: room["closed"] == true,
        receipts: [("patient", receipt("patient")), ("doctor", receipt("doctor"))].into(),
        messages,
        unread: usize::try_from(number(&room["unread"])).unwrap(),
        last_message: last,
    };
    rooms.insert(room_id, kept);
}

/// Applies a frame of a room.
pub(super) async fn apply(rooms: &mut BTreeMap<String, Room>, user: &User, frame: &Value) {
    let room_id = text(&frame["room_id"]);
    let kind = frame["type"].as_str().unwrap();
    match kind {
        "room_opened" | "unreadable" => {
            let room = user.get(&format!("/api/rooms/{room_id}")).await.expect(200);
            keep(rooms, user, &room).await;
        }
        "hidden_message_decided" if frame["decision"] == "stays_hidden" => {}
        "message_restored" | "hidden_message_decided" => {
            let number = number(&frame["number"]);
            let path = format!("/api/rooms/{room_id}/messages/{number}");
            let message = Message::of(&user.get(&path).await.expect(200));
            known(rooms, &room_id).messages.insert(number, message);
        }
        _ => known(rooms, &room_id).apply(kind, frame),
    }
    known(rooms, &room_id).work_out(&user.id());
}

fn known<'a>(rooms: &'a mut BTreeMap<String, Room>, room_id: &str) -> &'a mut Room {
    rooms.get_mut(room_id).expect("frames come of known rooms, or open one")
}

impl Room {
    fn apply(&mut self, kind: &str, frame: &Value) {
        match kind {
            "message_posted" => {
                let posted = Message::posted(frame);
                self.messages.entry(number(&frame["number"])).or_insert(posted);
            }
            "message_edited" => self.message(frame).edit(frame),
            "message_retracted" => {
                let message = self.message(frame);
                message.retracted = true;
                message.body = None;
            }
            "message_hidden" => self.message(frame).hide(frame),
            "reaction_added" => {
                self.message(frame).reactions.insert(reaction(frame));
            }
            "reaction_removed" => {
                self.message(frame).reactions.remove(&reaction(frame));
            }
            "messages_delivered" | "messages_read" => self.receive(kind, frame),
            "room_closed" => self.closed = true,
            "room_reopened" => self.closed = false,
            unknown => panic!("the store knows no {unknown}"),
        }
    }

    fn message(&mut self, frame: &Value) -> &mut Message {
        self.messages.get_mut(&number(&frame["number"])).expect("the message came before")
    }

    fn receive(&mut self, kind: &str, frame: &Value) {
        let by_patient = frame["by"] == self.patient_id.as_str();
        let who = if by_patient { "patient" } else { "doctor" };
        let through = number(&frame["through"]);
        let receipt = self.receipts.get_mut(who).unwrap();
        receipt.delivered = receipt.delivered.max(through);
        if kind == "messages_read" {
            receipt.read = receipt.read.max(through);
        }
    }

    /// Unread and the last message follow from the rest.
    fn work_out(&mut self, own_id: &str) {
        let own = if self.patient_id == own_id { "patient" } else { "doctor" };
        let read = self.receipts[own].read;
        let waiting = self
            .messages
            .range(read + 1..)
            .filter(|(_, message)| !message.retracted && !message.hidden)
            .filter(|(_, message)| message.author_id != own_id);
        self.unread = waiting.count().min(UNREAD_MAX);
        let last = self.messages.last_key_value();
        self.last_message =
            last.map(|(number, last)| (*number, last.body.clone(), last.retracted, last.hidden));
    }
}

impl Message {
    fn of(view: &Value) -> Self {
        let reactions = view["reactions"].as_array().unwrap();
        Self {
            author_id: text(&view["author_id"]),
            body: optional(&view["body"]),
            posted_at: text(&view["posted_at"]),
            version: number(&view["version"]),
            edits: number(&view["edits"]),
            edited_at: optional(&view["edited_at"]),
            retracted: view["retracted"] == true,
            hidden: view["hidden"] == true,
            reactions: reactions.iter().map(reaction).collect(),
        }
    }

    fn posted(frame: &Value) -> Self {
        Self {
            author_id: text(&frame["author_id"]),
            body: optional(&frame["body"]),
            posted_at: text(&frame["posted_at"]),
            version: number(&frame["number"]),
            edits: 0,
            edited_at: None,
            retracted: false,
            hidden: false,
            reactions: BTreeSet::new(),
        }
    }

    /// Nothing is left but that it is there.
    fn hide(&mut self, frame: &Value) {
        self.hidden = true;
        self.retracted = false;
        self.body = None;
        self.version = number(&frame["number"]);
        self.edits = 0;
        self.edited_at = None;
        self.reactions.clear();
    }

    /// An edit that the message includes already is older than what is shown.
    fn edit(&mut self, frame: &Value) {
        let version = number(&frame["version"]);
        if version > self.version {
            self.version = version;
            self.body = optional(&frame["body"]);
            self.edited_at = optional(&frame["edited_at"]);
            self.edits += 1;
        }
    }
}

async fn fetch_messages(user: &User, room_id: &str) -> BTreeMap<u64, Message> {
    let mut messages = BTreeMap::new();
    loop {
        let after = messages.last_key_value().map_or(0, |(number, _)| *number);
        let path = format!("/api/rooms/{room_id}/messages?after={after}&limit=200");
        let page = user.get(&path).await.expect(200);
        let views = page["messages"].as_array().unwrap();
        messages.extend(views.iter().map(|view| (number(&view["number"]), Message::of(view))));
        if page["more_after"] == false {
            return messages;
        }
    }
}

fn reaction(value: &Value) -> (String, String) {
    (text(&value["by"]), text(&value["reaction"]))
}
