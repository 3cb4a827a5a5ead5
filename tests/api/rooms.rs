//! The chat list.

use crate::PROGRAM;
use anamnesis_testkit::{User, World};
use serde_json::Value;

fn rooms(page: &Value) -> Vec<String> {
    let list = page["rooms"].as_array().unwrap();
    list.iter().map(|one| one["room_id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_chat_list_is_ordered_by_activity_and_paged() {
    let world = World::start(PROGRAM).await;
    let doctor = world.server.sign_in("dr.adler").await;
    let mut talks: Vec<(User, String)> = Vec::new();
    for (day, name) in (2..).zip(["anna", "bela", "cora", "dora", "emma"]) {
        let patient = world.server.register(name).await;
        let room = patient.book(&doctor, day).await;
        talks.push((patient, room));
    }
    // The last to be heard of is first.
    for index in [3, 0, 4, 2, 1] {
        let (patient, room) = &talks[index];
        patient.say(room, &format!("Said {index}")).await;
    }
    let expected: Vec<String> = [1, 2, 4, 0, 3].map(|index| talks[index].1.clone()).into();
    let whole = doctor.get("/api/rooms").await.expect(200);
    assert_eq!(rooms(&whole), expected);
    assert!(whole["next"].is_null());
    let first = &whole["rooms"][0];
    assert_eq!(first["other"]["name"], "Name of bela");
    assert_eq!(first["last_message"]["body"], "Said 1");
    assert_eq!(first["unread"], 1);

    let mut paged = Vec::new();
    let mut before = String::new();
    loop {
        let page = doctor.get(&format!("/api/rooms?limit=2{before}")).await.expect(200);
        paged.extend(rooms(&page));
        let Some(next) = page["next"].as_u64() else { break };
        before = format!("&before={next}");
    }
    assert_eq!(paged, expected);

    doctor.say(&talks[3].1, "I answer.").await;
    let now = doctor.get("/api/rooms?limit=1").await.expect(200);
    assert_eq!(rooms(&now), std::slice::from_ref(&talks[3].1));
    // Each patient has one room, the own one.
    for (patient, room) in &talks {
        assert_eq!(rooms(&patient.get("/api/rooms").await.expect(200)), std::slice::from_ref(room));
    }
    for huge in ["18446744073709551615", "0"] {
        let _ = doctor.get(&format!("/api/rooms?before={huge}")).await.expect(200);
    }
}
