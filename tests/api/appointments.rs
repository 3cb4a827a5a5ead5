//! Looking at appointments, doctors and their free time.

use crate::PROGRAM;
use anamnesis_testkit::{World, booking};
use serde_json::Value;
use uuid::Uuid;

fn ids(page: &Value) -> Vec<String> {
    let list = page["appointments"].as_array().unwrap();
    list.iter().map(|one| one["appointment_id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn both_see_the_appointment_and_nobody_else_does() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    let wish = booking(&doctor.id(), 2);
    let booked = paula.post("/api/appointments", &wish).await.expect(201);
    assert_eq!(booked["reason"], "It hurts.");
    assert_eq!(booked["zone"], "Europe/Berlin");
    assert_eq!(booked["status"], "scheduled");
    assert_eq!(booked["history"][0]["what"], "booked");
    let path = format!("/api/appointments/{}", booked["appointment_id"].as_str().unwrap());
    for user in [&paula, &doctor] {
        assert_eq!(user.get(&path).await.expect(200), booked);
        let all = user.get("/api/appointments").await.expect(200);
        let mut in_list = booked.clone();
        for of_one_alone in ["history", "history_complete"] {
            in_list.as_object_mut().unwrap().remove(of_one_alone);
        }
        assert_eq!(all["appointments"][0], in_list);
    }
    let (mira, okafor) =
        (world.server.register("mira").await, world.server.sign_in("dr.okafor").await);
    for user in [&mira, &okafor] {
        user.get(&path).await.refused(404, "not_found");
        assert!(ids(&user.get("/api/appointments").await.expect(200)).is_empty());
    }
    for path in [format!("/api/appointments/{}", Uuid::new_v4()), "/api/appointments/1".into()] {
        paula.get(&path).await.refused(404, "not_found");
    }
}

#[tokio::test]
async fn appointments_come_in_pages_by_their_start() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    let mut expected = Vec::new();
    for day in [6, 3, 5, 2, 4] {
        let booked = paula.post("/api/appointments", &booking(&doctor.id(), day)).await;
        let id = booked.expect(201)["appointment_id"].as_str().unwrap().to_owned();
        expected.push((day, id));
    }
    expected.sort();
    let expected: Vec<String> = expected.into_iter().map(|(_, id)| id).collect();
    let mut seen = Vec::new();
    let mut after = String::new();
    for _page in 0..4 {
        let page = paula.get(&format!("/api/appointments?limit=2{after}")).await.expect(200);
        seen.extend(ids(&page));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(seen, expected);
    let third = booking(&doctor.id(), 4)["starts_at"].as_str().unwrap().replace('+', "%2B");
    let later = paula.get(&format!("/api/appointments?from={third}")).await.expect(200);
    assert_eq!(ids(&later), expected[2..]);
    let earlier = paula.get(&format!("/api/appointments?to={third}")).await.expect(200);
    assert_eq!(ids(&earlier), expected[..2]);
}

#[tokio::test]
async fn a_page_never_begins_after_what_the_caller_may_not_know() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let mira = world.server.register("mira").await;
    let doctor = world.server.sign_in("dr.adler").await;
    let booked = paula.post("/api/appointments", &booking(&doctor.id(), 2)).await.expect(201);
    let of_paula = booked["appointment_id"].as_str().unwrap();
    for after in ["", "1", of_paula, "x.y", &format!("1.{of_paula}x"), &format!("{}.", u64::MAX)] {
        let path = format!("/api/appointments?after={after}");
        mira.get(&path).await.refused(400, "page_invalid");
    }
    // What stands in it is a place in any list, and the list is her own.
    for after in [0, i64::MIN / 2, i64::MAX / 2] {
        let path = format!("/api/appointments?after={after}.{of_paula}");
        assert!(ids(&mira.get(&path).await.expect(200)).is_empty());
    }
    for after in [paula.id(), Uuid::new_v4().to_string()] {
        mira.get(&format!("/api/doctors?after={after}")).await.refused(400, "page_invalid");
    }
}

#[tokio::test]
async fn doctors_come_in_pages_by_their_name() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let first = paula.get("/api/doctors?limit=1").await.expect(200);
    assert_eq!(first["doctors"][0]["name"], "Dr. Chidi Okafor");
    let next = first["next"].as_str().unwrap();
    let second = paula.get(&format!("/api/doctors?limit=1&after={next}")).await.expect(200);
    assert_eq!(second["doctors"][0]["name"], "Dr. Ines Adler");
    let all = paula.get("/api/doctors").await.expect(200);
    assert_eq!(all["doctors"].as_array().unwrap().len(), 2);
    assert!(all["next"].is_null());
}

#[tokio::test]
async fn taken_times_say_when_and_not_whose() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    let mira = world.server.register("mira").await;
    let wish = booking(&doctor.id(), 2);
    let booked = paula.post("/api/appointments", &wish).await.expect(201);
    let (from, to) = (&booked["starts_at"], &booked["ends_at"]);
    let (from, to) = (from.as_str().unwrap(), to.as_str().unwrap());
    let taken = |from: &str, to: &str| {
        let path = format!("/api/doctors/{}/taken?from={from}&to={to}", doctor.id());
        let mira = &mira;
        async move { mira.get(&path).await }
    };
    let found = taken(from, to).await.expect(200);
    assert_eq!(found, serde_json::json!({ "taken": [{ "starts_at": from, "ends_at": to }] }));
    let before = taken("2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z").await.expect(200);
    assert_eq!(before["taken"].as_array().unwrap().len(), 0);

    taken(to, from).await.refused(422, "period_invalid");
    taken(from, from).await.refused(422, "period_invalid");
    taken("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z").await.refused(422, "period_too_long");
    taken("-9999-01-01T00:00:00Z", "-9999-01-02T00:00:00Z").await.refused(422, "period_invalid");
    taken("%2B200000-01-01T00:00:00Z", "%2B200000-01-02T00:00:00Z")
        .await
        .refused(422, "period_invalid");
    taken("yesterday", to).await.refused(400, "query_invalid");
    let far = "/api/appointments?from=-262143-01-01T00:00:00Z&to=%2B262142-01-01T00:00:00Z";
    mira.get(far).await.refused(422, "period_invalid");
    for nobody in [paula.id(), Uuid::new_v4().to_string()] {
        let path = format!("/api/doctors/{nobody}/taken?from={from}&to={to}");
        mira.get(&path).await.refused(404, "doctor_not_found");
    }
}
