//! Finding a doctor.

use crate::PROGRAM;
use crate::people::change_own;
use anamnesis_testkit::{User, World};
use reqwest::Method;
use serde_json::json;

async fn found(user: &User, query: &str) -> Vec<String> {
    let page = user.get(&format!("/api/doctors?{query}")).await.expect(200);
    let doctors = page["doctors"].as_array().unwrap();
    doctors.iter().map(|doctor| doctor["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_doctor_is_found_by_name_specialty_and_availability() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let (adler, okafor) = ("Dr. Ines Adler", "Dr. Chidi Okafor");
    for (query, expected) in [
        ("", vec![okafor, adler]),
        ("name=adl", vec![adler]),
        ("name=ADLER%20in", vec![adler]),
        ("name=dr", vec![okafor, adler]),
        ("name=nobody", vec![]),
        ("name=dler", vec![]),
        ("name=%27%3A*%20%26%20%00", vec![okafor, adler]),
        ("specialty=cardiology", vec![adler]),
        ("specialty=neurology", vec![]),
        ("specialty=general_practice&name=oka", vec![okafor]),
        ("availability=available", vec![okafor, adler]),
        ("availability=off_duty", vec![]),
    ] {
        assert_eq!(found(&paula, query).await, expected, "{query}");
    }
    paula.get("/api/doctors?specialty=magic").await.refused(400, "query_invalid");
    paula.get("/api/doctors?availability=gone").await.refused(400, "query_invalid");
}

#[tokio::test]
async fn pages_of_a_search_follow_each_other() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let first = paula.get("/api/doctors?name=dr&limit=1").await.expect(200);
    let next = first["next"].as_str().unwrap();
    assert_eq!(found(&paula, &format!("name=dr&limit=1&after={next}")).await, ["Dr. Ines Adler"]);
    let patient = paula.id();
    paula.get(&format!("/api/doctors?after={patient}")).await.refused(400, "page_invalid");
}

#[tokio::test]
async fn a_doctor_says_what_they_do_and_whether_they_can_be_reached() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor) =
        (world.server.sign_in("paula").await, world.server.sign_in("dr.adler").await);
    let changes = json!({ "bio": "Hearts.", "specialty": "surgery" });
    let own = change_own(&doctor, &changes).await.expect(200);
    assert_eq!((&own["specialty"], &own["availability"]), (&json!("surgery"), &json!("available")));
    let path = "/api/users/me/availability";
    let request = doctor.request(Method::PUT, path).json(&json!({ "availability": "off_duty" }));
    let _ = doctor.send(request).await.expect(200);
    let shown = paula.get(&format!("/api/doctors/{}", doctor.id())).await.expect(200);
    assert_eq!(
        shown,
        json!({
            "account_id": doctor.id(), "name": "Dr. Ines Adler", "availability": "off_duty",
            "specialty": "surgery", "picture": null, "bio": "Hearts.",
        })
    );
    assert_eq!(found(&paula, "availability=off_duty&specialty=surgery").await, ["Dr. Ines Adler"]);
    let request = doctor.request(Method::PUT, path).json(&json!({ "availability": "asleep" }));
    doctor.send(request).await.refused(422, "body_invalid");
}

#[tokio::test]
async fn nobody_but_a_doctor_is_in_the_directory() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let admin = world.server.sign_in("admin").await;
    for id in [paula.id(), admin.id(), uuid::Uuid::new_v4().to_string()] {
        paula.get(&format!("/api/doctors/{id}")).await.refused(404, "doctor_not_found");
    }
    paula.get("/api/doctors/nonsense").await.refused(404, "not_found");
    let all = paula.get("/api/doctors").await.expect(200);
    assert!(all["doctors"].as_array().unwrap().iter().all(|doctor| doctor.get("bio").is_none()));
}
