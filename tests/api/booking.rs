//! Booking a time with a doctor.

use crate::PROGRAM;
use anamnesis_testkit::{User, World, booking};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

fn time(body: &Value, field: &str) -> DateTime<Utc> {
    body[field].as_str().unwrap().parse().unwrap()
}

/// The same booking, earlier or later by some minutes at either end.
fn moved(body: &Value, start: i64, end: i64) -> Value {
    let mut moved = body.clone();
    let at = |field, by| (time(body, field) + TimeDelta::minutes(by)).to_rfc3339();
    moved["starts_at"] = at("starts_at", start).into();
    moved["ends_at"] = at("ends_at", end).into();
    moved
}

async fn people(world: &World) -> (User, User) {
    (world.server.sign_in("paula").await, world.server.sign_in("dr.adler").await)
}

#[tokio::test]
async fn a_booked_time_is_refused_to_everybody_and_to_every_overlap() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor) = people(&world).await;
    let mira = world.server.register("mira").await;
    let wish = booking(&doctor.id(), 2);
    let _ = paula.post("/api/appointments", &wish).await.expect(201);
    for (start, end) in [(0, 0), (-15, -15), (15, 15), (-15, 15), (5, -5), (29, 30), (-30, -29)] {
        for patient in [&paula, &mira] {
            let refused = patient.post("/api/appointments", &moved(&wish, start, end)).await;
            refused.refused(409, "time_taken");
        }
    }
    // Another doctor is free at that time.
    let okafor = world.server.sign_in("dr.okafor").await;
    let _ = mira.post("/api/appointments", &booking(&okafor.id(), 2)).await.expect(201);
}

#[tokio::test]
async fn appointments_may_follow_each_other_without_a_gap() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor) = people(&world).await;
    let wish = booking(&doctor.id(), 2);
    for minutes in [0, 30, -30] {
        let wish = moved(&wish, minutes, minutes);
        let _ = paula.post("/api/appointments", &wish).await.expect(201);
    }
}

#[tokio::test]
async fn an_appointment_across_midnight_takes_the_time_on_both_days() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor) = people(&world).await;
    doctor.works_always().await;
    // From 23:45 to 00:15 UTC.
    let night = moved(&booking(&doctor.id(), 2), 14 * 60 + 45, 14 * 60 + 45);
    assert_ne!(time(&night, "starts_at").date_naive(), time(&night, "ends_at").date_naive());
    let _ = paula.post("/api/appointments", &night).await.expect(201);
    for (start, end) in [(0, -15), (15, 0), (16, 16), (-16, -16), (0, 0)] {
        let refused = paula.post("/api/appointments", &moved(&night, start, end)).await;
        refused.refused(409, "time_taken");
    }
    for minutes in [30, -30] {
        let beside = moved(&night, minutes, minutes);
        let _ = paula.post("/api/appointments", &beside).await.expect(201);
    }
}

#[tokio::test]
async fn times_and_doctors_that_make_no_sense_are_refused() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor) = people(&world).await;
    let wish = booking(&doctor.id(), 2);
    let day = 24 * 60;
    for (start, end, code) in [
        (-3 * day, -3 * day, "appointment_in_the_past"),
        (400 * day, 400 * day, "appointment_too_far_away"),
        (0, 4 * 60, "appointment_bad_length"),
        (0, 30 * day, "appointment_bad_length"),
        (0, -26, "appointment_bad_length"),
        (0, -30, "appointment_bad_length"),
        (0, -60, "appointment_bad_length"),
    ] {
        paula.post("/api/appointments", &moved(&wish, start, end)).await.refused(422, code);
    }
    for zone in ["Middle-earth/Shire", "", "Europe/Berlin\0", "../../etc/passwd", "+02:00"] {
        let mut wish = wish.clone();
        wish["zone"] = zone.into();
        paula.post("/api/appointments", &wish).await.refused(422, "zone_unknown");
    }
    let mut wordy = wish.clone();
    wordy["reason"] = "ö".repeat(2_049).into();
    paula.post("/api/appointments", &wordy).await.refused(422, "reason_too_long");
    let admin = world.server.sign_in("admin").await;
    for nobody in [Uuid::new_v4().to_string(), paula.id(), admin.id()] {
        let refused = paula.post("/api/appointments", &booking(&nobody, 2)).await;
        refused.refused(404, "doctor_not_found");
    }
    for extreme in ["+262142-12-31T23:59:59Z", "-262143-01-01T00:00:00Z", "0000-01-01T00:00:00Z"] {
        let mut extremes = wish.clone();
        extremes["starts_at"] = extreme.into();
        extremes["ends_at"] = extreme.into();
        paula.post("/api/appointments", &extremes).await.refused(422, "appointment_bad_length");
    }
    let _ = paula.post("/api/appointments", &wish).await.expect(201);
}

#[tokio::test]
async fn of_fifty_who_want_one_time_on_two_servers_exactly_one_gets_it() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let (paula, doctor) = people(&world).await;
    let mira = world.server.register("mira").await;
    let wish = booking(&doctor.id(), 2);
    let answers = join_all((0..50).map(|index| {
        let patient = if index % 2 == 0 { &paula } else { &mira };
        let server = if index % 4 < 2 { &world.server } else { &second };
        let (patient, wish) = (patient.at(server.address()), &wish);
        async move { patient.post("/api/appointments", wish).await }
    }))
    .await;
    let won: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(won.len(), 1, "{answers:?}");
    let won = won[0].body.clone();
    for answer in answers {
        if answer.status != 201 {
            answer.refused(409, "time_taken");
        }
    }
    // Nothing is half done: one appointment, one taken time, one room.
    let day = &wish["starts_at"].as_str().unwrap()[..10];
    let path =
        format!("/api/doctors/{}/taken?from={day}T00:00:00Z&to={day}T23:59:59Z", doctor.id());
    let taken = mira.get(&path).await.expect(200);
    assert_eq!(taken["taken"].as_array().unwrap().len(), 1, "{taken}");
    let all = doctor.at(second.address()).get("/api/appointments").await.expect(200);
    assert_eq!(all["appointments"].as_array().unwrap().len(), 1, "{all}");
    assert_eq!(all["appointments"][0]["appointment_id"], won["appointment_id"]);
    let rooms = doctor.get("/api/rooms").await.expect(200);
    assert_eq!(rooms["rooms"].as_array().unwrap().len(), 1, "{rooms}");
    assert_eq!(rooms["rooms"][0]["room_id"], won["room_id"]);
}

#[tokio::test]
async fn the_room_is_there_when_the_booking_is_answered_on_whichever_server() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let (paula, doctor) = people(&world).await;
    let (there, wish) = (paula.at(second.address()), booking(&doctor.id(), 2));
    let booked = there.post("/api/appointments", &wish).await;
    let room = booked.expect(201)["room_id"].as_str().unwrap().to_owned();
    let room_of = format!("/api/rooms/{room}");
    for server in [&second, &world.server] {
        let _ = paula.at(server.address()).get(&room_of).await.expect(200);
        let _ = doctor.at(server.address()).say(&room, "Good morning.").await;
    }
}

#[tokio::test]
async fn a_retried_booking_is_the_first_one_also_after_a_restart() {
    let world = World::start(PROGRAM).await;
    let (paula, doctor) = people(&world).await;
    let mut wish = booking(&doctor.id(), 2);
    wish["client_id"] = json!(Uuid::new_v4());
    let answers = join_all((0..5).map(|_| paula.post("/api/appointments", &wish))).await;
    let first = answers[0].clone().expect(201);
    for answer in answers {
        assert_eq!(answer.expect(201), first);
    }
    let mut other = moved(&wish, 60, 60);
    paula.post("/api/appointments", &other).await.refused(409, "client_id_reused");
    other = wish.clone();
    other["reason"] = "Something else.".into();
    paula.post("/api/appointments", &other).await.refused(409, "client_id_reused");

    let World { server, setup, database } = world;
    server.kill().await;
    let server = setup.start().await;
    let paula = paula.at(server.address());
    assert_eq!(paula.post("/api/appointments", &wish).await.expect(201), first);
    paula.post("/api/appointments", &other).await.refused(409, "client_id_reused");
    let all = paula.get("/api/appointments").await.expect(200);
    assert_eq!(all["appointments"].as_array().unwrap().len(), 1);
    drop((server, database));
}
