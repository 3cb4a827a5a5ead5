//! What people are told, and what they have seen of it.

use crate::{PROGRAM, people};
use anamnesis_testkit::{User, World, booking};
use serde_json::{Value, json};

async fn notices(user: &User) -> Value {
    user.get("/api/notifications").await.expect(200)
}

fn kinds(page: &Value) -> Vec<&str> {
    page["notices"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn who_did_nothing_has_no_notices() {
    let world = World::start(PROGRAM).await;
    let nobody = world.server.register("mira").await;
    let empty = json!({ "notices": [], "next": null, "unread": 0, "messages": [] });
    assert_eq!(notices(&nobody).await, empty);
}

#[tokio::test]
async fn a_booking_is_told_to_the_doctor_and_to_nobody_else() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    let booked = paula.post("/api/appointments", &booking(&doctor.id(), 2)).await.expect(201);
    let told = notices(&doctor).await;
    assert_eq!((kinds(&told), &told["unread"]), (vec!["appointment_booked"], &json!(1)));
    let notice = &told["notices"][0];
    assert_eq!(notice["about"], booked["appointment_id"]);
    assert_eq!(notice["from"]["account_id"], paula.id());
    assert_eq!(notice["seen"], false);
    let okafor = world.server.sign_in("dr.okafor").await;
    for other in [&paula, &okafor] {
        assert!(kinds(&notices(other).await).is_empty());
    }
}

#[tokio::test]
async fn what_was_seen_stays_seen_and_what_comes_later_does_not() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    for day in [2, 3] {
        paula.book(&doctor, day).await;
    }
    let told = notices(&doctor).await;
    let (last, first) = (&told["notices"][0]["cursor"], &told["notices"][1]["cursor"]);
    for (through, unread) in [(first, 1), (last, 0), (first, 0)] {
        let _ = doctor
            .post("/api/notifications/seen", &json!({ "through": through }))
            .await
            .expect(200);
        assert_eq!(notices(&doctor).await["unread"], unread);
    }
    paula.book(&doctor, 4).await;
    let told = notices(&doctor).await;
    let list = told["notices"].as_array().unwrap();
    let seen: Vec<_> = list.iter().map(|one| one["seen"].as_bool().unwrap()).collect();
    assert_eq!((seen, &told["unread"]), (vec![false, true, true], &json!(1)));
}

#[tokio::test]
async fn notices_come_in_pages_the_latest_first() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    for day in 2..7 {
        paula.book(&doctor, day).await;
    }
    let all = notices(&doctor).await;
    let mut paged = Vec::new();
    let mut before = String::new();
    for _page in 0..4 {
        let path = format!("/api/notifications?limit=2{before}");
        let page = doctor.get(&path).await.expect(200);
        paged.extend(page["notices"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { break };
        before = format!("&before={next}");
    }
    assert_eq!(&paged, all["notices"].as_array().unwrap());
}

#[tokio::test]
async fn messages_that_wait_are_there_until_they_are_read() {
    let world = World::start(PROGRAM).await;
    let (patient, doctor, room) = world.pair().await;
    patient.say(&room, "My head hurts.").await;
    let number = patient.say(&room, "Still.").await;
    let waiting = notices(&doctor).await["messages"].clone();
    assert_eq!((&waiting[0]["room_id"], &waiting[0]["unread"]), (&json!(room), &json!(2)));
    assert_eq!(waiting[0]["from"]["account_id"], patient.id());
    assert_eq!(notices(&patient).await["messages"], json!([]));
    let path = format!("/api/rooms/{room}/read");
    let _ = doctor.post(&path, &json!({ "through": number })).await.expect(200);
    assert_eq!(notices(&doctor).await["messages"], json!([]));
}

#[tokio::test]
async fn who_was_let_in_is_told_so() {
    let world = World::start(PROGRAM).await;
    let admin = world.server.sign_in("admin").await;
    let asked = people::request(&world.server, "dr.first", "doctor").await;
    assert_eq!(kinds(&notices(&admin).await), ["account_requested"]);
    let role = json!({ "role": "doctor" });
    let _ = people::decide(&admin, &asked, "approve", &role).await.expect(200);
    assert!(kinds(&notices(&admin).await).is_empty());
    let told = notices(&world.server.sign_in("dr.first").await).await;
    assert_eq!((kinds(&told), &told["unread"]), (vec!["account_approved"], &json!(1)));
    assert_eq!(told["notices"][0]["from"]["account_id"], admin.id());
}

#[tokio::test]
async fn a_cursor_that_means_nothing_here_is_refused() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let other = format!("{}.1", uuid::Uuid::new_v4().simple());
    let seen = paula.post("/api/notifications/seen", &json!({ "through": other })).await;
    seen.refused(400, "cursor_invalid");
    let page = paula.get(&format!("/api/notifications?before={other}")).await;
    page.refused(400, "page_invalid");
    let nonsense = paula.post("/api/notifications/seen", &json!({ "through": 7 })).await;
    nonsense.refused(422, "body_invalid");
}
