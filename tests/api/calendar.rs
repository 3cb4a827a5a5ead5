//! Appointments after they were booked: moved, called off, deleted, restored.

use crate::PROGRAM;
use anamnesis_testkit::{User, World, booking};
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;
use uuid::Uuid;

/// For a time to come that is near.
const PATIENCE: Duration = Duration::from_secs(30);

struct Booked {
    world: World,
    paula: User,
    doctor: User,
    wish: Value,
    first: Value,
    path: String,
}

/// An appointment of Paula's with Dr. Adler.
async fn booked() -> Booked {
    let world = World::start(PROGRAM).await;
    let paula = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await;
    let wish = booking(&doctor.id(), 2);
    let first = paula.post("/api/appointments", &wish).await.expect(201);
    let path = format!("/api/appointments/{}", first["appointment_id"].as_str().unwrap());
    Booked { world, paula, doctor, wish, first, path }
}

/// The time of a booking on another day, as a change asks for it.
fn time_of(wish: &Value) -> Value {
    json!({ "starts_at": wish["starts_at"], "ends_at": wish["ends_at"], "zone": wish["zone"] })
}

#[tokio::test]
async fn moving_frees_the_old_time_and_takes_the_new_one() {
    let Booked { world, paula, doctor, wish, first, path } = booked().await;
    let other = booking(&doctor.id(), 3);
    let moved = paula.patch(&path, &time_of(&other)).await;
    assert_eq!(moved.headers["etag"], "\"2\"");
    let moved = moved.expect(200);
    assert_ne!(moved["starts_at"], first["starts_at"]);
    let [change, _] = &moved["history"].as_array().unwrap()[..] else { panic!("{moved}") };
    assert_eq!((&change["what"], &change["by"]), (&json!("rescheduled"), &json!(paula.id())));
    assert_eq!(change["old_time"]["starts_at"], first["starts_at"]);
    assert_eq!(change["time"]["starts_at"], moved["starts_at"]);
    let mira = world.server.register("mira").await;
    mira.post("/api/appointments", &other).await.refused(409, "time_taken");
    let _ = mira.post("/api/appointments", &wish).await.expect(201);
    // Back to where Mira is now, it can not.
    doctor.patch(&path, &time_of(&wish)).await.refused(409, "time_taken");
}

#[tokio::test]
async fn no_time_outside_of_working_hours_is_booked_or_moved_to() {
    let Booked { world: _world, paula, doctor, mut wish, path, .. } = booked().await;
    let day = booking(&doctor.id(), 3)["starts_at"].as_str().unwrap()[..10].to_owned();
    wish["starts_at"] = json!(format!("{day}T23:00:00Z"));
    wish["ends_at"] = json!(format!("{day}T23:30:00Z"));
    paula.post("/api/appointments", &wish).await.refused(409, "outside_working_hours");
    paula.patch(&path, &time_of(&wish)).await.refused(409, "outside_working_hours");
    // A day off is no working hours either; the doctor says so for one day, and takes it back.
    let exception = format!("/api/doctors/{}/exceptions/{day}", doctor.id());
    let off = doctor.put_json(&exception, &json!({ "spans": [] })).await.expect(200);
    assert_eq!(off["exceptions"][0]["date"], day);
    let on_that_day = booking(&doctor.id(), 3);
    let refused = paula.post("/api/appointments", &on_that_day).await;
    refused.refused(409, "outside_working_hours");
    let _ = doctor.delete(&exception).await.expect(204);
    let _ = paula.post("/api/appointments", &on_that_day).await.expect(201);
}

#[tokio::test]
async fn local_times_that_the_clocks_skip_or_show_twice_are_refused() {
    let Booked { world: _world, paula, doctor, mut wish, .. } = booked().await;
    doctor.works_always().await;
    for (local, zone, code) in [
        ("2027-03-28T02:30:00", "Europe/Berlin", "time_in_gap"),
        ("2027-10-31T02:30:00", "Europe/Berlin", "time_ambiguous"),
        ("2027-03-28T02:30:00", "Europe/Atlantis", "zone_unknown"),
    ] {
        wish["starts_at"] = json!(local);
        wish["ends_at"] = json!(local);
        wish["zone"] = json!(zone);
        paula.post("/api/appointments", &wish).await.refused(422, code);
    }
    let day = booking(&doctor.id(), 4)["starts_at"].as_str().unwrap()[..10].to_owned();
    wish["starts_at"] = json!(format!("{day}T09:00:00"));
    wish["ends_at"] = json!(format!("{day}T09:30:00"));
    wish["zone"] = json!("Asia/Tokyo");
    let booked = paula.post("/api/appointments", &wish).await.expect(201);
    assert_eq!(booked["starts_at"], format!("{day}T00:00:00Z"));
    assert_eq!(booked["zone"], "Asia/Tokyo");
}

#[tokio::test]
async fn a_change_of_what_was_seen_is_refused_once_something_else_has_happened() {
    let Booked { world: _world, paula, doctor, path, .. } = booked().await;
    let seen = paula.get(&path).await.headers["etag"].to_str().unwrap().to_owned();
    let moved = time_of(&booking(&doctor.id(), 3));
    let _ = doctor.patch_at(&path, &moved, &seen).await.expect(200);
    let cancel = json!({ "status": "cancelled" });
    paula.patch_at(&path, &cancel, &seen).await.refused(412, "version_outdated");
    let _ = paula.patch(&path, &cancel).await.expect(200);
    for odd in ["3", "W/\"3\"", "\"x\""] {
        paula.patch_at(&path, &cancel, odd).await.refused(400, "if_match_invalid");
    }
}

#[tokio::test]
async fn cancelling_frees_the_time_and_keeps_the_reason_for_the_two() {
    let Booked { world, paula, doctor, wish, path, .. } = booked().await;
    let client_id = Uuid::new_v4();
    let cancel = json!({ "status": "cancelled", "reason": "A wedding.", "client_id": client_id });
    let cancelled = doctor.patch(&path, &cancel).await.expect(200);
    assert_eq!(cancelled["status"], "cancelled");
    assert_eq!(cancelled["cancel_reason"], "A wedding.");
    assert_eq!(doctor.patch(&path, &cancel).await.expect(200), cancelled);
    let other = json!({ "status": "cancelled", "reason": "Ill.", "client_id": client_id });
    doctor.patch(&path, &other).await.refused(409, "client_id_reused");
    assert_eq!(paula.get(&path).await.expect(200), cancelled);
    let list = |status: &str| format!("/api/appointments?status={status}");
    for (status, count) in [("cancelled", 1), ("scheduled", 0)] {
        let page = paula.get(&list(status)).await.expect(200);
        assert_eq!(page["appointments"].as_array().unwrap().len(), count, "{status}");
    }
    paula.get(&list("dreamt")).await.refused(400, "query_invalid");
    let mira = world.server.register("mira").await;
    let _ = mira.post("/api/appointments", &wish).await.expect(201);
    paula.patch(&path, &time_of(&wish)).await.refused(409, "appointment_not_scheduled");
}

#[tokio::test]
async fn nobody_says_what_became_of_it_before_it_begins_and_only_the_doctor_does() {
    let Booked { world: _world, paula, doctor, path, .. } = booked().await;
    for status in ["completed", "no_show"] {
        let body = json!({ "status": status });
        doctor.patch(&path, &body).await.refused(409, "appointment_not_begun");
        paula.patch(&path, &body).await.refused(403, "appointment_not_its_doctor");
    }
    for odd in [
        json!({}),
        json!({ "status": "scheduled" }),
        json!({ "status": "completed", "reason": "Well." }),
        json!({ "status": "cancelled", "zone": "UTC" }),
        json!({ "zone": "UTC" }),
    ] {
        doctor.patch(&path, &odd).await.refused(422, "body_invalid");
    }
}

#[tokio::test]
async fn a_restored_appointment_whose_time_is_taken_comes_back_as_cancelled() {
    let Booked { world, paula, doctor, wish, path, .. } = booked().await;
    let _ = paula.delete(&path).await.expect(204);
    for user in [&paula, &doctor] {
        user.get(&path).await.refused(404, "not_found");
        user.delete(&path).await.refused(404, "not_found");
        let page = user.get("/api/appointments").await.expect(200);
        assert_eq!(page["appointments"], json!([]));
    }
    let mira = world.server.register("mira").await;
    let _ = mira.post("/api/appointments", &wish).await.expect(201);
    let admin = world.server.sign_in("admin").await;
    let restore = format!("{path}/restore");
    let mut body = json!({ "reason": "deleted_by_mistake" });
    let refused = admin.post(&restore, &body).await;
    assert!(refused.body["message"].as_str().unwrap().contains("\"as\": \"cancelled\""));
    refused.refused(409, "time_taken");
    paula.get(&path).await.refused(404, "not_found");
    body["as"] = json!("cancelled");
    let restored = admin.post(&restore, &body).await.expect(200);
    assert!(restored.get("reason").is_none() && restored.get("patient_id").is_none());
    let back = paula.get(&path).await.expect(200);
    assert_eq!((&back["status"], &back["reason"]), (&json!("cancelled"), &wish["reason"]));
    admin.post(&restore, &body).await.refused(409, "appointment_not_deleted");
}

#[tokio::test]
async fn an_appointment_with_somebody_who_has_gone_does_not_come_back_as_if_it_took_place() {
    let Booked { world, paula, doctor, path, .. } = booked().await;
    let _ = paula.delete(&path).await.expect(204);
    let admin = world.server.sign_in("admin").await;
    let account = format!("/api/users/{}", doctor.id());
    let left = json!({ "reason": "left" });
    let _ = admin.post(&format!("{account}/deactivate"), &left).await.expect(200);
    let restore = format!("{path}/restore");
    let mut body = json!({ "reason": "deleted_by_mistake" });
    let refused = admin.post(&restore, &body).await;
    assert!(refused.body["message"].as_str().unwrap().contains("bring the account back first"));
    refused.refused(409, "account_deactivated");
    paula.get(&path).await.refused(404, "not_found");

    body["as"] = json!("cancelled");
    let _ = admin.post(&restore, &body).await.expect(200);
    assert_eq!(paula.get(&path).await.expect(200)["status"], "cancelled");
    let _ = paula.delete(&path).await.expect(204);
    let returned = json!({ "reason": "returned" });
    let _ = admin.post(&format!("{account}/restore"), &returned).await.expect(200);
    let _ = admin.post(&restore, &json!({ "reason": "deleted_by_mistake" })).await.expect(200);
}

#[tokio::test]
async fn a_record_of_what_was_missed_comes_back_although_its_time_is_taken() {
    let Booked { world, paula, doctor, mut wish, .. } = booked().await;
    doctor.works_always().await;
    // Near enough to be waited for, and long enough for another to book a part of it.
    let soon = Utc::now() + TimeDelta::seconds(3);
    wish["starts_at"] = json!(soon);
    wish["ends_at"] = json!(soon + TimeDelta::hours(1));
    let made = paula.post("/api/appointments", &wish).await.expect(201);
    let path = format!("/api/appointments/{}", made["appointment_id"].as_str().unwrap());
    let missed = json!({ "status": "no_show" });
    let begun = async {
        while doctor.patch(&path, &missed).await.status != 200 {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, begun).await.unwrap();
    let _ = doctor.delete(&path).await.expect(204);
    let mira = world.server.register("mira").await;
    wish["starts_at"] = json!(soon + TimeDelta::minutes(30));
    let taken = mira.post("/api/appointments", &wish).await.expect(201);

    let admin = world.server.sign_in("admin").await;
    let restore = json!({ "reason": "deleted_by_mistake" });
    let _ = admin.post(&format!("{path}/restore"), &restore).await.expect(200);
    assert_eq!(paula.get(&path).await.expect(200)["status"], "no_show");
    // Deleted again, it lets go of nothing that is another's.
    let _ = doctor.delete(&path).await.expect(204);
    paula.post("/api/appointments", &wish).await.refused(409, "time_taken");
    let other = format!("/api/appointments/{}", taken["appointment_id"].as_str().unwrap());
    assert_eq!(mira.get(&other).await.expect(200)["status"], "scheduled");
}

#[tokio::test]
async fn a_history_says_whether_it_is_all_there_is() {
    let Booked { world: _world, doctor, path, wish, .. } = booked().await;
    let times = [3, 4].map(|day| time_of(&booking(&doctor.id(), day)));
    // The booking, and as many moves as make a hundred lines; then one more.
    for turn in 0..99 {
        let _ = doctor.patch(&path, &times[turn % 2]).await.expect(200);
    }
    let whole = doctor.get(&path).await.expect(200);
    assert_eq!(whole["history"].as_array().unwrap().len(), 100);
    assert_eq!(whole["history_complete"], true);
    let part = doctor.patch(&path, &time_of(&wish)).await.expect(200);
    assert_eq!(part["history"].as_array().unwrap().len(), 100);
    assert_eq!(
        (&part["history"][99]["version"], &part["history_complete"]),
        (&json!(2), &json!(false))
    );
}
