//! What administrators hear: of accounts, over every transport, and of no patient's care.

use crate::transport::{
    Begun, LongPoll, PlainGet, ServerSentEvents, Transport, WebSocket, position,
};
use crate::{PROGRAM, eventually};
use anamnesis_testkit::{DEMO_PASSWORD, Server, User, World, booking};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

/// Somebody asks for a staff account; its id.
async fn request(server: &Server, username: &str) -> String {
    let wish = json!({
        "kind": "staff", "role": "doctor", "username": username, "name": "A secret name",
        "email": format!("{username}@example.org"), "password": DEMO_PASSWORD,
    });
    let made = User::stranger(server.address()).post("/api/users", &wish).await.expect(201);
    made["account_id"].as_str().unwrap().to_owned()
}

async fn decide(admin: &User, method: Method, account: &str, what: &str, body: &Value) {
    let request = admin.request(method, &format!("/api/users/{account}/{what}"));
    let _ = admin.send(request.json(body)).await.expect(200);
}

async fn approve(admin: &User, account: &str) {
    decide(admin, Method::POST, account, "approve", &json!({ "role": "doctor" })).await;
}

/// A message, an appointment and a consultation.
async fn care(patient: &User, doctor: &User, room: &str, day: i64) {
    patient.say(room, "It hurts.").await;
    let booked = patient.post("/api/appointments", &booking(&doctor.id(), day)).await.expect(201);
    let open = json!({ "appointment_id": booked["appointment_id"] });
    let opened = doctor.post("/api/consultations", &open).await.expect(201);
    let path = format!("/api/consultations/{}", opened["consultation_id"].as_str().unwrap());
    let _ = doctor.patch(&path, &json!({ "treatment_plan": "Rest." })).await.expect(200);
    let _ = doctor.post(&format!("{path}/sign"), &Value::Null).await.expect(200);
}

fn kind_and_account(frame: &Value) -> (String, String) {
    let text = |name: &str| frame[name].as_str().unwrap_or_default().to_owned();
    (text("type"), text("account_id"))
}

async fn a_request_and_its_decision_come_alone_and_again_after_any_cursor<T: Transport>() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    let admin = world.server.sign_in("admin").await;
    let (begun, mut client) = T::connect(&admin, None).await.unwrap();
    assert_eq!(begun, Begun::Reset);
    let start = client.cursor().to_owned();
    care(&patient, &doctor, &room, 3).await;
    let (first, second) =
        (request(&world.server, "dr.first").await, request(&world.server, "dr.second").await);
    care(&patient, &doctor, &room, 4).await;
    approve(&admin, &first).await;
    let reason = json!({ "reason": "not_staff" });
    decide(&admin, Method::POST, &second, "refuse", &reason).await;
    let expected = [
        ("account_requested", &first),
        ("account_requested", &second),
        ("account_approved", &first),
        ("account_refused", &second),
    ]
    .map(|(kind, id)| (kind.to_owned(), id.clone()));
    let mut cursors = vec![start];
    for expected in &expected {
        let frame = client.next().await;
        assert_eq!(kind_and_account(&frame), *expected);
        assert!(!frame.to_string().contains("secret"));
        client.cursor().clone_into(cursors.last_mut().unwrap());
        cursors.push(frame["cursor"].as_str().unwrap().to_owned());
    }
    drop(client);
    cursors.pop();
    for (index, cursor) in cursors.iter().enumerate().skip(1) {
        let (begun, mut client) = T::connect(&admin, Some(cursor)).await.unwrap();
        assert_eq!(begun, Begun::Resumed);
        for expected in &expected[index + 1..] {
            assert_eq!(kind_and_account(&client.next().await), *expected);
        }
    }
}

macro_rules! over_every_transport {
    ($($module:ident $transport:ident)+) => {
        $(#[tokio::test]
        async fn $module() {
            a_request_and_its_decision_come_alone_and_again_after_any_cursor::<$transport>().await;
        })+
    };
}

over_every_transport! {
    accounts_over_web_socket WebSocket
    accounts_over_server_sent_events ServerSentEvents
    accounts_over_long_poll LongPoll
    accounts_over_plain_get PlainGet
}

#[tokio::test]
async fn a_waiting_request_is_told_at_every_process_counted_and_seen_on_every_device() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let admin = world.server.sign_in("admin").await;
    let elsewhere = admin.at(second.address());
    let (mut one, mut other) = (admin.connect(None).await, elsewhere.connect(None).await);
    for socket in [&mut one, &mut other] {
        socket.expect("reset").await;
    }
    let account = request(&world.server, "dr.first").await;
    for (socket, user) in [(&mut one, &admin), (&mut other, &elsewhere)] {
        let frame = socket.expect("account_requested").await;
        assert_eq!(frame["account_id"], account);
        // What has been told can be asked for, at any process.
        let page = user.request(Method::GET, "/api/notifications");
        let page = page.header("anamnesis-cursor", frame["cursor"].as_str().unwrap());
        let page = user.send(page).await.expect(200);
        assert_eq!((&page["unread"], &page["notices"][0]["about"]), (&json!(1), &json!(account)));
        assert_eq!(page["notices"][0]["cursor"], frame["cursor"]);
    }
    let seen = json!({ "through": one.cursor });
    let _ = admin.post("/api/notifications/seen", &seen).await.expect(200);
    assert_eq!(other.expect("notices_seen").await["through"], seen["through"]);
    assert_eq!(admin.get("/api/notifications").await.expect(200)["unread"], 0);
    approve(&admin, &account).await;
    let frame = other.expect("account_approved").await;
    assert_eq!((&frame["role"], &frame["version"]), (&json!("doctor"), &json!(2)));
    assert_eq!(admin.get("/api/notifications").await.expect(200)["notices"], json!([]));
}

#[tokio::test]
async fn a_doctor_who_becomes_an_administrator_hears_of_no_patient_any_more() {
    let world = World::start(PROGRAM).await;
    let patient = world.server.sign_in("paula").await;
    let okafor = world.server.sign_in("dr.okafor").await;
    let admin = world.server.sign_in("admin").await;
    let room = patient.book(&okafor, 2).await;
    let online = async || {
        patient.get(&format!("/api/rooms/{room}")).await.expect(200)["other"]["online"].clone()
    };
    let mut before = okafor.connect(None).await;
    let cursor = before.expect("reset").await["cursor"].clone();
    patient.say(&room, "It hurts.").await;
    before.expect("message_posted").await;
    assert_eq!(online().await, true);
    decide(&admin, Method::PUT, &okafor.id(), "role", &json!({ "role": "admin" })).await;
    let rest = before.rest().await;
    assert_eq!(rest.last().map(|frame| &frame["code"]), Some(&json!("session_revoked")));

    let okafor = world.server.sign_in("dr.okafor").await;
    let mut after = okafor.connect(cursor.as_str()).await;
    after.expect("welcome").await;
    // The doctor that the patient talks to is not there any more.
    eventually("the doctor went", Duration::from_secs(30), async || {
        (online().await == false).then_some(())
    })
    .await;
    patient.say(&room, "Still.").await;
    let _ = patient.post(&format!("/api/rooms/{room}/typing"), &Value::Null).await.expect(202);
    patient.book(&world.server.sign_in("dr.adler").await, 3).await;
    let account = request(&world.server, "dr.first").await;
    let mut told = Vec::new();
    while told.last().is_none_or(|(_, about)| *about != account) {
        told.push(kind_and_account(&after.next().await.unwrap()));
    }
    let role = ("account_role_changed".to_owned(), okafor.id());
    assert_eq!(told, [role, ("account_requested".to_owned(), account)]);
}

#[tokio::test]
async fn an_administrator_who_missed_too_much_starts_anew() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    let doctor = world.server.sign_in("dr.adler").await;
    let cursor = admin.get("/api/events").await.expect(200)["cursor"].clone();
    let after = cursor.as_str().unwrap();
    change_often(&world, &doctor.id(), 2_000).await;
    let known = format!("/api/events?after={after}");
    let missed = eventually("all is read", Duration::from_secs(30), async || {
        let answer = admin.get(&known).await.expect(200);
        (answer["frames"].as_array().unwrap().len() == 2_000).then_some(answer)
    })
    .await;
    assert_eq!(missed["reset"], false);
    change_often(&world, &doctor.id(), 1).await;
    let missed = eventually("one more is read", Duration::from_secs(30), async || {
        let answer = admin.get(&known).await.expect(200);
        (answer["reset"] == true).then_some(answer)
    })
    .await;
    assert!(position(missed["cursor"].as_str().unwrap()) > position(after) + 2_000);
}

/// As many events of a doctor who is busy, in one append.
async fn change_often(world: &World, doctor: &str, count: i64) {
    let mut tx = world.database.owner_pool().begin().await.unwrap();
    let last: i64 = sqlx::query_scalar(
        "UPDATE log.head SET position = position + $1, recorded_at = now() RETURNING position",
    )
    .bind(count)
    .fetch_one(&mut *tx)
    .await
    .unwrap();
    sqlx::query(
        r#"INSERT INTO log.events (global_position, event_id, aggregate_type, aggregate_id,
             sequence, event_type, event_version, payload, metadata, recorded_at, leaf_hash)
         SELECT $1 - $3 + number, gen_random_uuid(), 'account', $2,
             number + (SELECT max(sequence) FROM log.events
                       WHERE aggregate_type = 'account' AND aggregate_id = $2),
             'AccountAvailabilityChanged', '1',
             '{"AccountAvailabilityChanged":{"availability":"busy"}}', '{}', now(), sha256('busy')
         FROM generate_series(1, $3) AS number"#,
    )
    .bind(last)
    .bind(doctor)
    .bind(count)
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query("SELECT pg_notify('log_appended', $1)")
        .bind(last.to_string())
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}
