//! When doctors work, and which times are still free.

use crate::PROGRAM;
use anamnesis_testkit::{World, booking};
use serde_json::{Value, json};

#[tokio::test]
async fn a_doctor_sets_hours_and_everybody_who_may_book_reads_them() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    let path = format!("/api/doctors/{}/hours", doctor.id());
    let hours = json!({
        "zone": "Europe/Berlin", "slot_minutes": 20,
        "week": [{ "weekday": "monday", "from": "09:00", "to": "24:00" }],
    });
    let set = doctor.put_json(&path, &hours).await.expect(200);
    let read = paula.get(&path).await;
    assert_eq!(read.headers["etag"], "\"2\"");
    assert_eq!(read.expect(200), set);
    for field in ["zone", "slot_minutes", "week"] {
        assert_eq!(set[field], hours[field]);
    }
    assert_eq!((&set["hours_set"], &set["exceptions"]), (&json!(true), &json!([])));
    for (field, value, status, code) in [
        ("zone", json!("Mars/Olympus"), 422, "schedule_zone_unknown"),
        ("slot_minutes", json!(4), 422, "schedule_bad_slot_length"),
        (
            "week",
            json!([{ "weekday": "monday", "from": "10:00", "to": "10:00" }]),
            422,
            "schedule_bad_span",
        ),
        ("week", json!([{ "weekday": "monday", "from": "9", "to": "10:00" }]), 422, "body_invalid"),
    ] {
        let mut wrong = hours.clone();
        wrong[field] = value;
        doctor.put_json(&path, &wrong).await.refused(status, code);
    }
    let past = format!("/api/doctors/{}/exceptions/2020-01-01", doctor.id());
    let off = json!({ "spans": [] });
    doctor.put_json(&past, &off).await.refused(422, "schedule_exception_in_the_past");
    let no_day = format!("/api/doctors/{}/exceptions/someday", doctor.id());
    doctor.put_json(&no_day, &off).await.refused(404, "not_found");
}

#[tokio::test]
async fn free_slots_are_those_of_the_hours_that_nobody_has_taken() {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    doctor.works_always().await;
    let wish = booking(&doctor.id(), 2);
    let day = wish["starts_at"].as_str().unwrap()[..10].to_owned();
    let slots = async |from: &str, to: &str| -> Value {
        let path = format!("/api/doctors/{}/slots?from={from}&to={to}", doctor.id());
        paula.get(&path).await.expect(200)
    };
    let (from, to) = (format!("{day}T08:30:00Z"), format!("{day}T10:00:00Z"));
    let starts = |page: &Value| -> Vec<String> {
        let slots = page["slots"].as_array().unwrap().iter();
        slots.map(|slot| slot["starts_at"].as_str().unwrap()[11..16].to_owned()).collect()
    };
    assert_eq!(starts(&slots(&from, &to).await), ["08:30", "09:00", "09:30"]);
    let _ = paula.post("/api/appointments", &wish).await.expect(201);
    let page = slots(&from, &to).await;
    assert_eq!(starts(&page), ["08:30", "09:30"]);
    assert_eq!((&page["hours_set"], &page["zone"]), (&json!(true), &json!("UTC")));
    let past = slots("2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z").await;
    assert_eq!(past["slots"], json!([]));
    let path = format!(
        "/api/doctors/{}/slots?from=2030-01-01T00:00:00Z&to=2030-03-05T00:00:00Z",
        doctor.id()
    );
    paula.get(&path).await.refused(422, "period_too_long");
}
