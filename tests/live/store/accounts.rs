//! Accounts, as administrators list them.

use super::{number, text};
use anamnesis_testkit::User;
use serde_json::Value;
use std::collections::BTreeMap;

/// Every account there is; none for who may not list them.
pub(super) async fn fetch(user: &User) -> BTreeMap<String, Value> {
    let mut accounts = BTreeMap::new();
    if user.session["role"] != "admin" {
        return accounts;
    }
    for status in ["pending", "active", "refused", "deactivated"] {
        let mut after = String::new();
        loop {
            let path = format!("/api/users?status={status}&limit=100{after}");
            let page = user.get(&path).await.expect(200);
            for one in page["users"].as_array().unwrap() {
                accounts.insert(text(&one["account_id"]), one.clone());
            }
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
    }
    accounts
}

/// Applies a frame of an account.
pub(super) async fn apply(accounts: &mut BTreeMap<String, Value>, user: &User, frame: &Value) {
    let id = text(&frame["account_id"]);
    let known = accounts.get(&id).map_or(0, |known| number(&known["version"]));
    if known >= number(&frame["version"]) {
        return;
    }
    let kind = frame["type"].as_str().unwrap();
    if let "account_registered"
    | "account_requested"
    | "account_profile_changed"
    | "account_unreadable" = kind
    {
        let fetched = user.get(&format!("/api/users/{id}")).await.expect(200);
        accounts.insert(id, fetched);
        return;
    }
    let Some(known) = accounts.get_mut(&id) else { return };
    known["version"] = frame["version"].clone();
    match kind {
        "account_approved" => {
            known["status"] = "active".into();
            known["role"] = frame["role"].clone();
        }
        "account_refused" => known["status"] = "refused".into(),
        "account_role_changed" => known["role"] = frame["role"].clone(),
        "account_specialty_changed" => known["specialty"] = frame["specialty"].clone(),
        // It is in no list of administrators.
        "account_availability_changed" => {}
        "account_deactivated" => known["status"] = "deactivated".into(),
        "account_restored" => known["status"] = "active".into(),
        unknown => panic!("the store knows no {unknown}"),
    }
}
