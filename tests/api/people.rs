//! Administrators and accounts: who is let in, as what, and who is not any more.

use crate::PROGRAM;
use anamnesis_testkit::{Answer, DEMO_PASSWORD, Server, User, World};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

fn application(username: &str, role: &str) -> Value {
    json!({
        "kind": "staff", "role": role, "username": username,
        "email": format!("{username}@example.org"), "name": format!("Name of {username}"),
        "password": DEMO_PASSWORD,
    })
}

/// Somebody asks for a staff account; its id.
pub(crate) async fn request(server: &Server, username: &str, role: &str) -> String {
    let stranger = User::stranger(server.address());
    let made = stranger.post("/api/users", &application(username, role)).await.expect(201);
    made["account_id"].as_str().unwrap().to_owned()
}

/// An administrator does something to an account.
pub(crate) async fn decide(admin: &User, account: &str, what: &str, body: &Value) -> Answer {
    let method = if what == "role" { Method::PUT } else { Method::POST };
    let path = format!("/api/users/{account}/{what}");
    admin.send(admin.request(method, &path).json(body)).await
}

pub(crate) async fn change_own(user: &User, changes: &Value) -> Answer {
    user.patch("/api/users/me", changes).await
}

fn ids(answer: &Value) -> Vec<String> {
    let users = answer["users"].as_array().unwrap();
    users.iter().map(|user| user["account_id"].as_str().unwrap().to_owned()).collect()
}

async fn log_in(world: &World, username: &str) -> Answer {
    let body = json!({ "login": username, "password": DEMO_PASSWORD });
    User::stranger(world.server.address()).post("/api/auth/login", &body).await
}

#[tokio::test]
async fn who_asks_for_a_staff_account_waits_until_an_administrator_approves() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    let first = request(&world.server, "dr.first", "doctor").await;
    let second = request(&world.server, "second", "compliance").await;
    log_in(&world, "dr.first").await.refused(403, "account_pending");
    let page = admin.get("/api/approvals?limit=1").await.expect(200);
    assert_eq!(ids(&page), [first.as_str()]);
    assert_eq!(page["users"][0]["requested_role"], "doctor");
    let rest = admin.get(&format!("/api/approvals?after={first}")).await.expect(200);
    assert_eq!(ids(&rest), [second.as_str()]);

    let approved = decide(&admin, &first, "approve", &json!({ "role": "doctor" })).await;
    let approved = approved.expect(200);
    assert_eq!((&approved["status"], &approved["role"]), (&json!("active"), &json!("doctor")));
    let doctor = world.server.sign_in("dr.first").await;
    assert_eq!(doctor.session["role"], "doctor");
    // Another role than was asked for.
    let _ = decide(&admin, &second, "approve", &json!({ "role": "admin" })).await.expect(200);
    let shown = admin.get(&format!("/api/users/{second}")).await.expect(200);
    assert_eq!((&shown["role"], &shown["requested_role"]), (&json!("admin"), &json!("compliance")));
    assert!(ids(&admin.get("/api/approvals").await.expect(200)).is_empty());
}

#[tokio::test]
async fn a_refused_request_stays_refused() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    let id = request(&world.server, "dr.no", "doctor").await;
    let refused = decide(&admin, &id, "refuse", &json!({ "reason": "not_staff" })).await;
    assert_eq!(refused.expect(200)["status"], "refused");
    log_in(&world, "dr.no").await.refused(403, "account_refused");
    for (what, body) in [
        ("approve", json!({ "role": "doctor" })),
        ("role", json!({ "role": "admin" })),
        ("deactivate", json!({ "reason": "left" })),
        ("restore", json!({ "reason": "returned" })),
    ] {
        decide(&admin, &id, what, &body).await.refused(409, "account_refused");
    }
    let again = decide(&admin, &id, "refuse", &json!({ "reason": "not_staff" })).await;
    assert_eq!(again.expect(200)["status"], "refused");
}

#[tokio::test]
async fn every_refusal_of_a_decision_has_its_code() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    let paula = world.server.sign_in("paula").await.id();
    let doctor = world.server.sign_in("dr.adler").await.id();
    let waiting = request(&world.server, "waiting", "admin").await;
    let nobody = Uuid::new_v4().to_string();
    let own = admin.id();
    let role = |role: &str| json!({ "role": role });
    let because = |reason: &str| json!({ "reason": reason });
    for (account, what, body, status, code) in [
        (&own, "role", role("doctor"), 403, "account_own_account"),
        (&own, "deactivate", because("left"), 403, "account_own_account"),
        (&own, "refuse", because("not_staff"), 403, "account_own_account"),
        (&doctor, "approve", role("admin"), 409, "account_already_approved"),
        (&doctor, "refuse", because("not_staff"), 409, "account_already_approved"),
        (&doctor, "role", role("patient"), 409, "account_not_a_staff_role"),
        (&paula, "role", role("doctor"), 409, "account_patient_stays_patient"),
        (&waiting, "approve", role("patient"), 409, "account_not_a_staff_role"),
        (&waiting, "role", role("doctor"), 409, "account_pending"),
        (&waiting, "deactivate", because("left"), 409, "account_pending"),
        (&waiting, "restore", because("returned"), 409, "account_pending"),
        (&nobody, "approve", role("doctor"), 404, "account_not_found"),
        (&nobody, "restore", because("returned"), 404, "account_not_found"),
        (&doctor, "role", role("root"), 422, "body_invalid"),
        (&doctor, "deactivate", because("I do not like him"), 422, "body_invalid"),
        (&doctor, "restore", json!({}), 422, "body_invalid"),
    ] {
        decide(&admin, account, what, &body).await.refused(status, code);
    }
    admin.get(&format!("/api/users/{nobody}")).await.refused(404, "not_found");
    admin.get("/api/users/me2").await.refused(404, "not_found");
    admin.get(&format!("/api/users?after={nobody}")).await.refused(400, "page_invalid");
    admin.get(&format!("/api/approvals?after={nobody}")).await.refused(400, "page_invalid");
    admin.get("/api/users?status=gone").await.refused(400, "query_invalid");
}

#[tokio::test]
async fn a_request_for_no_staff_role_is_refused() {
    let world = World::start(PROGRAM).await;
    let stranger = User::stranger(world.server.address());
    let mut without = application("somebody", "doctor");
    without.as_object_mut().unwrap().remove("role");
    stranger.post("/api/users", &without).await.refused(422, "role_invalid");
    let mut patient = application("somebody", "doctor");
    patient["kind"] = "patient".into();
    stranger.post("/api/users", &patient).await.refused(422, "role_invalid");
    let as_patient = application("somebody", "patient");
    stranger.post("/api/users", &as_patient).await.refused(409, "account_not_a_staff_role");
    let taken = application("paula", "doctor");
    stranger.post("/api/users", &taken).await.refused(409, "login_name_taken");
}

#[tokio::test]
async fn administrators_list_accounts_by_status_and_role_without_what_these_wrote() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    let adler = world.server.sign_in("dr.adler").await;
    let first = admin.get("/api/users?role=doctor&limit=1").await.expect(200);
    let next = first["next"].as_str().unwrap();
    let path = format!("/api/users?role=doctor&limit=1&after={next}");
    let second = admin.get(&path).await.expect(200);
    let names = [&first["users"][0]["name"], &second["users"][0]["name"]];
    assert_eq!(names, ["Dr. Chidi Okafor", "Dr. Ines Adler"]);
    assert!(first["users"][0].get("bio").is_none());
    let _ = decide(&admin, &adler.id(), "deactivate", &json!({ "reason": "left" })).await;
    let gone = admin.get("/api/users?status=deactivated").await.expect(200);
    assert_eq!(ids(&gone), [adler.id()]);
    assert_eq!(ids(&admin.get("/api/users").await.expect(200)).len(), 4);
}

#[tokio::test]
async fn people_change_what_is_said_of_them_and_nothing_else() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let before = paula.get("/api/users/me").await;
    let tag = before.headers["etag"].to_str().unwrap().to_owned();
    let changes = json!({ "bio": "Likes the sea.\nAnd tea.", "phone": "+49 (30) 123-45" });
    let changed = change_own(&paula, &changes).await.expect(200);
    assert_eq!((&changed["bio"], &changed["phone"]), (&changes["bio"], &changes["phone"]));
    assert_eq!((&changed["name"], &changed["specialty"]), (&json!("Paula Moreno"), &Value::Null));
    assert_eq!(paula.get("/api/users/me").await.expect(200), changed);
    let cleared = change_own(&paula, &json!({ "bio": "", "name": "Paula M." })).await.expect(200);
    assert_eq!((&cleared["bio"], &cleared["name"]), (&Value::Null, &json!("Paula M.")));
    assert_eq!(cleared["phone"], changes["phone"]);

    let request = paula.request(Method::PATCH, "/api/users/me").header("if-match", tag);
    let late = paula.send(request.json(&json!({ "name": "Too late" }))).await;
    late.refused(412, "version_outdated");
    let now = paula.get("/api/users/me").await.headers["etag"].to_str().unwrap().to_owned();
    let request = paula.request(Method::PATCH, "/api/users/me").header("if-match", now);
    let _ = paula.send(request.json(&json!({ "name": "In time" }))).await.expect(200);
}

#[tokio::test]
async fn a_change_of_profile_that_is_none_is_refused() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    for (changes, status, code) in [
        (json!({}), 409, "account_nothing_to_change"),
        (json!({ "name": " " }), 422, "name_invalid"),
        (json!({ "bio": "x".repeat(4_097) }), 422, "bio_invalid"),
        (json!({ "bio": "a\u{0}b" }), 422, "bio_invalid"),
        (json!({ "phone": "call me" }), 422, "phone_invalid"),
        (json!({ "phone": "1".repeat(41) }), 422, "phone_invalid"),
        (json!({ "phone": "()" }), 422, "phone_invalid"),
        (json!({ "specialty": "cardiology", "name": "Dr. Paula" }), 409, "account_not_a_doctor"),
        (json!({ "specialty": "magic" }), 422, "body_invalid"),
        (json!({ "role": "admin" }), 422, "body_invalid"),
        (json!({ "picture": "x" }), 422, "body_invalid"),
    ] {
        change_own(&paula, &changes).await.refused(status, code);
    }
    // Neither half of a change that only a doctor can make.
    assert_eq!(paula.get("/api/users/me").await.expect(200)["name"], "Paula Moreno");
}
