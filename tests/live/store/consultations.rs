//! Consultations. Their frames say that something is otherwise; what it says is fetched.

use super::{number, text};
use anamnesis_testkit::User;
use serde_json::Value;
use std::collections::BTreeMap;

/// Every consultation that the user sees.
pub(super) async fn fetch(user: &User) -> BTreeMap<String, Value> {
    let mut consultations = BTreeMap::new();
    let mut before = String::new();
    loop {
        let page = user.get(&format!("/api/consultations?limit=100{before}")).await.expect(200);
        for one in page["consultations"].as_array().unwrap() {
            let id = text(&one["consultation_id"]);
            fetch_one(&mut consultations, user, id).await;
        }
        let Some(next) = page["next"].as_u64() else { return consultations };
        before = format!("&before={next}");
    }
}

async fn fetch_one(consultations: &mut BTreeMap<String, Value>, user: &User, id: String) {
    let answer = user.get(&format!("/api/consultations/{id}")).await;
    if answer.status == 404 {
        consultations.remove(&id);
    } else {
        consultations.insert(id, answer.expect(200));
    }
}

/// Applies a frame of a consultation.
pub(super) async fn apply(consultations: &mut BTreeMap<String, Value>, user: &User, frame: &Value) {
    let id = text(&frame["consultation_id"]);
    let known = consultations.get_mut(&id);
    if known.as_ref().map_or(0, |known| number(&known["version"])) >= number(&frame["version"]) {
        return;
    }
    match frame["type"].as_str().unwrap() {
        "consultation_opened"
        | "consultation_saved"
        | "consultation_signed"
        | "consultation_amended"
        | "consultation_restored"
        | "unreadable" => fetch_one(consultations, user, id).await,
        "consultation_deleted" => drop(consultations.remove(&id)),
        // Requests for corrections are no part of the consultation itself.
        "review_due" | "correction_requested" | "correction_accepted" | "correction_declined" => {
            if let Some(known) = known {
                known["version"] = frame["version"].clone();
            }
        }
        unknown => panic!("the store knows no {unknown}"),
    }
}
