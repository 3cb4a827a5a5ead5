//! Notices: each follows from the frame of the event that it is made of.

use super::{number, text};
use crate::transport::position;
use anamnesis_testkit::User;
use reqwest::Method;
use serde_json::Value;
use std::collections::BTreeMap;

/// The server counts no further.
const UNREAD_MAX: usize = 100;

/// What somebody was told, by position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notices {
    list: BTreeMap<u64, Notice>,
    /// Worked out from the list, and fetched to compare.
    unread: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Notice {
    kind: String,
    about: String,
    seen: bool,
}

/// What a frame means for the notices of whoever gets it.
enum Meaning<'a> {
    Told(&'static str),
    Hidden,
    /// Hidden ones may be there again, which frames do not repeat.
    Fetch,
    Seen(&'a Value),
    Nothing,
}

/// Every notice of the user's, as of this cursor or later.
pub(super) async fn fetch(user: &User, cursor: &str) -> Notices {
    let mut notices = Notices::default();
    let mut before = String::new();
    loop {
        let page = user.request(Method::GET, &format!("/api/notifications?limit=100{before}"));
        let page = user.send(page.header("anamnesis-cursor", cursor)).await.expect(200);
        for one in page["notices"].as_array().unwrap() {
            let (kind, about) = (text(&one["kind"]), text(&one["about"]));
            let notice = Notice { kind, about, seen: one["seen"] == true };
            notices.list.insert(position(one["cursor"].as_str().unwrap()), notice);
        }
        notices.unread = usize::try_from(number(&page["unread"])).unwrap();
        let Some(next) = page["next"].as_str() else { return notices };
        before = format!("&before={next}");
    }
}

/// Applies any frame that carries state.
pub(super) async fn apply(notices: &mut Notices, user: &User, frame: &Value) {
    let about = ["appointment_id", "consultation_id", "account_id", "room_id", "grant_id"];
    let about = about.iter().find_map(|name| frame[name].as_str());
    let cursor = frame["cursor"].as_str().unwrap();
    match meaning(&user.id(), user.session["role"] == "patient", frame) {
        Meaning::Told(kind) => {
            let about = about.expect("a notice is about something").to_owned();
            let notice = Notice { kind: kind.to_owned(), about, seen: false };
            notices.list.entry(position(cursor)).or_insert(notice);
        }
        Meaning::Hidden => notices.list.retain(|_, one| Some(one.about.as_str()) != about),
        Meaning::Fetch => *notices = fetch(user, cursor).await,
        Meaning::Seen(through) => {
            let through = position(through.as_str().unwrap());
            notices.list.range_mut(..=through).for_each(|(_, notice)| notice.seen = true);
        }
        Meaning::Nothing => {}
    }
    let unread = notices.list.values().filter(|notice| !notice.seen).count();
    notices.unread = unread.min(UNREAD_MAX);
}

fn meaning<'a>(own_id: &str, is_patient: bool, frame: &'a Value) -> Meaning<'a> {
    // Nobody is told what they did themselves.
    let told = |kind, whether| if whether { Meaning::Told(kind) } else { Meaning::Nothing };
    let by_other = frame["by"] != own_id;
    match frame["type"].as_str().unwrap() {
        "notices_seen" => Meaning::Seen(&frame["through"]),
        "appointment_booked" => told("appointment_booked", !is_patient),
        "appointment_rescheduled" => told("appointment_rescheduled", by_other),
        "appointment_cancelled" => told("appointment_cancelled", by_other),
        "appointment_no_show" => told("appointment_no_show", by_other),
        "consultation_signed" => told("consultation_signed", is_patient),
        "consultation_amended" => told("consultation_amended", is_patient),
        "correction_requested" => told("correction_requested", !is_patient),
        "correction_accepted" => told("correction_accepted", is_patient),
        "correction_declined" => told("correction_declined", is_patient),
        "record_opened" => Meaning::Told("record_opened"),
        "review_due" => Meaning::Told("review_due"),
        "message_hidden" => told("message_hidden", frame["author_id"] == own_id),
        "hidden_message_decided" => match frame["decision"].as_str() {
            Some("shown_again") => told("message_shown_again", frame["author_id"] == own_id),
            _ => told("message_stays_hidden", frame["author_id"] == own_id),
        },
        "account_requested" => Meaning::Told("account_requested"),
        "appointment_deleted" | "consultation_deleted" | "account_approved" | "account_refused" => {
            Meaning::Hidden
        }
        "appointment_restored"
        | "consultation_restored"
        | "appointment_unreadable"
        | "account_unreadable"
        | "unreadable" => Meaning::Fetch,
        _ => Meaning::Nothing,
    }
}
