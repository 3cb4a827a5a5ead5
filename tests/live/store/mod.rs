//! What a client keeps, by the rules of `docs/PROTOCOL.md`: fetched once, then kept by frames.

mod accounts;
mod appointments;
mod consultations;
mod notices;
mod rooms;

use anamnesis_testkit::User;
use notices::Notices;
use rooms::Room;
use serde_json::Value;
use std::collections::BTreeMap;

/// A client's own copy of everything it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Store {
    pub(crate) rooms: BTreeMap<String, Room>,
    appointments: BTreeMap<String, Value>,
    consultations: BTreeMap<String, Value>,
    /// An administrator's.
    accounts: BTreeMap<String, Value>,
    notices: Notices,
}

impl Store {
    /// Fetches everything that the user's role has, as of this cursor or later.
    pub(crate) async fn fetch(user: &User, cursor: &str) -> Self {
        let accounts = accounts::fetch(user).await;
        let notices = notices::fetch(user, cursor).await;
        if user.session["role"] == "admin" {
            let (rooms, appointments, consultations) = <_>::default();
            return Self { rooms, appointments, consultations, accounts, notices };
        }
        Self {
            rooms: rooms::fetch(user).await,
            appointments: appointments::fetch(user).await,
            consultations: consultations::fetch(user).await,
            accounts,
            notices,
        }
    }

    /// Applies a frame that carries state. Whatever the store has already changes nothing; a
    /// frame that it does not know is a failure.
    pub(crate) async fn apply(&mut self, user: &User, frame: &Value) {
        notices::apply(&mut self.notices, user, frame).await;
        // A consultation says which appointment it is of, when it is opened.
        if frame["consultation_id"].is_string() {
            consultations::apply(&mut self.consultations, user, frame).await;
        } else if frame["appointment_id"].is_string() {
            appointments::apply(&mut self.appointments, user, frame).await;
        } else if frame["account_id"].is_string() {
            accounts::apply(&mut self.accounts, user, frame).await;
        } else if frame["room_id"].is_string() {
            rooms::apply(&mut self.rooms, user, frame).await;
        } else {
            let notices_alone = ["notices_seen", "record_opened"];
            let kind = frame["type"].as_str().unwrap_or_default();
            assert!(notices_alone.contains(&kind), "the store knows no {frame}");
        }
    }
}

fn number(value: &Value) -> u64 {
    value.as_u64().expect("a number")
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn optional(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
