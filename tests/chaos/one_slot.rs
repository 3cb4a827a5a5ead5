//! Many who want one time, on two servers, of which one dies in the middle.

use crate::{PROGRAM, evidence};
use anamnesis_testkit::{User, World, booking};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// Half of them at each server.
const WISHES: usize = 200;

#[tokio::test]
async fn of_200_bookings_of_one_slot_one_is_made_though_a_server_is_killed() {
    let World { server: first, setup, database } = World::start(PROGRAM).await;
    let second = setup.start().await;
    let paula = first.sign_in("paula").await;
    let doctor = first.sign_in("dr.adler").await;
    let wish = booking(&doctor.id(), 2);
    let (at_first, at_second) = (paula.at(first.address()), paula.at(second.address()));
    let booked = join_all((0..WISHES).map(|number| {
        let mut wish = wish.clone();
        wish["client_id"] = json!(Uuid::new_v4());
        let at = if number % 2 == 0 { &at_first } else { &at_second };
        async move { attempt(at, &wish).await }
    }));
    let killed = async {
        // Once some of them have surely arrived: the slot is taken, or about to be.
        let _ = at_second.try_send(at_second.request(Method::GET, "/livez")).await;
        first.kill().await;
    };
    let (answers, ()) = tokio::join!(booked, killed);
    let won = answers.iter().filter(|status| **status == Some(201)).count();
    assert!(won <= 1, "{answers:?}");
    for status in answers.iter().flatten() {
        assert!(matches!(*status, 201 | 409 | 503), "{status}");
    }

    // If whoever was first never heard of it, it stands nevertheless; if nobody was, somebody is.
    let again = attempt(&at_second, &wish).await.unwrap();
    assert!(again == 201 || again == 409, "{again}");
    let all = doctor.at(second.address()).get("/api/appointments").await.expect(200);
    assert_eq!(all["appointments"].as_array().unwrap().len(), 1, "{all}");
    let kept: Vec<String> = sqlx::query_scalar(
        "SELECT payload::jsonb #>> '{TimeTaken,appointment_id}' FROM log.events
         WHERE aggregate_type = 'doctor_day'",
    )
    .fetch_all(database.owner_pool())
    .await
    .unwrap();
    let id = all["appointments"][0]["appointment_id"].as_str().unwrap();
    assert_eq!(kept, [id], "the day agrees");
    evidence::examine(database.url()).await;
}

/// The status; `None` when the server died before it answered.
async fn attempt(patient: &User, wish: &Value) -> Option<u16> {
    let request = patient.request(Method::POST, "/api/appointments").json(wish);
    Some(patient.try_send(request).await?.status)
}
