//! What a decision about an account does to those who are signed in.

use crate::PROGRAM;
use crate::people::decide;
use anamnesis_testkit::{Answer, DEMO_PASSWORD, Socket, User, World, booking};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;

/// What is promised.
const SOON: Duration = Duration::from_secs(1);
/// For a process that has just started, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// Tokens are refused as soon as the news has gone round.
async fn until_refused(user: &User, patience: Duration) {
    let asking = async {
        while user.get("/api/users/me").await.status != 401 {
            tokio::task::yield_now().await;
        }
    };
    timeout(patience, asking).await.unwrap();
    user.get("/api/users/me").await.refused(401, "session_revoked");
}

async fn open_socket(user: &User) -> Socket {
    let mut socket = user.connect(None).await;
    let _ = socket.expect("reset").await;
    socket
}

async fn closes_within_a_second(socket: &mut Socket) {
    let rest = timeout(SOON, socket.rest()).await.unwrap();
    assert_eq!(rest.last().map(|frame| &frame["code"]), Some(&json!("session_revoked")));
}

async fn refresh(user: &User) -> Answer {
    let body = json!({
        "refresh_token": user.session["refresh_token"], "device": user.session["device"],
    });
    user.post("/api/auth/refresh", &body).await
}

#[tokio::test]
async fn a_deactivated_account_is_out_within_a_second_and_back_when_it_is_restored() {
    let world = World::start(PROGRAM).await;
    let (admin, doctor) =
        (world.server.sign_in("admin").await, world.server.sign_in("dr.adler").await);
    // At another process than the one that is told.
    let second = world.setup.start().await;
    let mut socket = open_socket(&doctor.at(second.address())).await;
    let deactivated =
        decide(&admin, &doctor.id(), "deactivate", &json!({ "reason": "left" })).await;
    assert_eq!(deactivated.expect(200)["status"], "deactivated");
    closes_within_a_second(&mut socket).await;
    until_refused(&doctor, SOON).await;
    refresh(&doctor).await.refused(401, "session_revoked");
    let login = json!({ "login": "dr.adler", "password": DEMO_PASSWORD });
    let stranger = User::stranger(world.server.address());
    stranger.post("/api/auth/login", &login).await.refused(403, "account_deactivated");

    let restored = decide(&admin, &doctor.id(), "restore", &json!({ "reason": "returned" })).await;
    assert_eq!(restored.expect(200)["status"], "active");
    let doctor = world.server.sign_in("dr.adler").await;
    assert_eq!(doctor.session["role"], "doctor");
    let _ = doctor.get("/api/rooms").await.expect(200);
}

#[tokio::test]
async fn a_changed_role_ends_the_sessions_of_the_old_one() {
    let world = World::start(PROGRAM).await;
    let (admin, doctor) =
        (world.server.sign_in("admin").await, world.server.sign_in("dr.okafor").await);
    let mut socket = open_socket(&doctor).await;
    // The same role is no change.
    let same = decide(&admin, &doctor.id(), "role", &json!({ "role": "doctor" })).await;
    assert_eq!(same.expect(200)["role"], "doctor");
    let _ = doctor.get("/api/users/me").await.expect(200);
    let changed = decide(&admin, &doctor.id(), "role", &json!({ "role": "compliance" })).await;
    assert_eq!(changed.expect(200)["role"], "compliance");
    closes_within_a_second(&mut socket).await;
    until_refused(&doctor, SOON).await;
    refresh(&doctor).await.refused(401, "session_revoked");
    let officer = world.server.sign_in("dr.okafor").await;
    assert_eq!(officer.session["role"], "compliance");
    officer.get("/api/rooms").await.refused(403, "forbidden");
}

/// The process may die after the decision is durable and before the sessions are ended. Here
/// the end is undone, which is the same, and the reactor sees the decision anew.
#[tokio::test]
async fn sessions_end_also_when_the_process_died_after_the_decision() {
    let world = World::start(PROGRAM).await;
    let (admin, doctor) =
        (world.server.sign_in("admin").await, world.server.sign_in("dr.adler").await);
    let _ = decide(&admin, &doctor.id(), "deactivate", &json!({ "reason": "misuse" })).await;
    until_refused(&doctor, SOON).await;
    world.server.kill().await;
    for undo in [
        "UPDATE auth.sessions SET revoked_at = NULL, revoke_reason = NULL",
        "DELETE FROM read.checkpoints WHERE projection = 'session_ender'",
    ] {
        sqlx::query(undo).execute(world.database.pool()).await.unwrap();
    }
    let server = world.setup.start().await;
    until_refused(&doctor.at(server.address()), PATIENCE).await;
    // Nobody else's.
    let _ = admin.at(server.address()).get("/api/users/me").await.expect(200);
}

#[tokio::test]
async fn a_doctor_who_is_out_can_not_be_booked_or_found() {
    let world = World::start(PROGRAM).await;
    let (admin, paula) = (world.server.sign_in("admin").await, world.server.sign_in("paula").await);
    let doctor = world.server.sign_in("dr.adler").await.id();
    let _ = decide(&admin, &doctor, "deactivate", &json!({ "reason": "left" })).await.expect(200);
    paula.get(&format!("/api/doctors/{doctor}")).await.refused(404, "doctor_not_found");
    paula.post("/api/appointments", &booking(&doctor, 3)).await.refused(404, "doctor_not_found");
    let found = paula.get("/api/doctors?name=adler").await.expect(200);
    assert_eq!(found["doctors"], Value::Array(vec![]));
}
