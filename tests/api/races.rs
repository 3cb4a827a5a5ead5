//! Two who decide at the same moment, at different processes, what can not both be.

use crate::PROGRAM;
use crate::people::{decide, request};
use anamnesis_testkit::{World, booking};
use serde_json::{Value, json};

#[tokio::test]
async fn of_two_administrators_who_remove_each_other_one_stays() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let first = world.server.sign_in("admin").await;
    let other = request(&world.server, "other.admin", "admin").await;
    let _ = decide(&first, &other, "approve", &json!({ "role": "admin" })).await.expect(200);
    let names = [(first.id(), "admin"), (other, "other.admin")];
    let [left, right] = &names;
    for round in 0..6 {
        let one = world.server.sign_in(left.1).await;
        let another = second.sign_in(right.1).await;
        let (what, body) = match round % 2 {
            0 => ("deactivate", json!({ "reason": "left" })),
            _ => ("role", json!({ "role": "compliance" })),
        };
        let (of_one, of_another) = tokio::join!(
            decide(&one, &right.0, what, &body),
            decide(&another, &left.0, what, &body),
        );
        let (stays, gone, refused) = match (of_one.status, of_another.status) {
            (200, _) => (one, right, of_another),
            (_, 200) => (another, left, of_one),
            both => panic!("nobody decided: {both:?}"),
        };
        // Who is signed out already can not even ask.
        let codes = ["account_not_an_administrator", "session_revoked"].map(Value::from);
        assert!(codes.contains(&refused.body["code"]), "{} {}", refused.status, refused.body);
        let (back, how) = match what {
            "deactivate" => ("restore", json!({ "reason": "returned" })),
            _ => ("role", json!({ "role": "admin" })),
        };
        let _ = decide(&stays, &gone.0, back, &how).await.expect(200);
    }
}

#[tokio::test]
async fn no_consultation_is_opened_after_its_appointment_was_called_off() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let paula = world.server.sign_in("paula").await;
    let doctor = world.server.sign_in("dr.adler").await.at(second.address());
    for day in 2..14 {
        let booked = paula.post("/api/appointments", &booking(&doctor.id(), day)).await.expect(201);
        let id = booked["appointment_id"].as_str().unwrap();
        let path = format!("/api/appointments/{id}");
        let cancel = json!({ "status": "cancelled" });
        let open = json!({ "appointment_id": id });
        let (cancelled, opened) =
            tokio::join!(paula.patch(&path, &cancel), doctor.post("/api/consultations", &open));
        let _ = cancelled.expect(200);
        if opened.status != 201 {
            opened.refused(409, "appointment_not_scheduled");
            continue;
        }
        let consultation = opened.expect(201)["consultation_id"].clone();
        let came_first: bool = sqlx::query_scalar(
            "SELECT max(opened.global_position) < max(cancelled.global_position)
             FROM log.events AS opened, log.events AS cancelled
             WHERE opened.aggregate_id = $1 AND opened.event_type = 'ConsultationOpened'
                 AND cancelled.aggregate_id = $2
                 AND cancelled.event_type = 'AppointmentCancelled'",
        )
        .bind(consultation.as_str().unwrap())
        .bind(id)
        .fetch_one(world.database.owner_pool())
        .await
        .unwrap();
        assert!(came_first, "it was called off, and then it was opened");
        // It is the doctor's, to be signed or deleted.
        let path = format!("/api/consultations/{}", consultation.as_str().unwrap());
        let _ = doctor.delete(&path).await.expect(204);
    }
}

#[tokio::test]
async fn a_restore_asked_for_twice_at_once_is_done_once() {
    let world = World::start(PROGRAM).await;
    let second = world.setup.start().await;
    let (paula, doctor, room) = world.pair().await;
    let admin = world.server.sign_in("admin").await;
    let other = second.sign_in("admin").await;
    for day in 10..16 {
        let number = paula.say(&room, "Forget this.").await;
        let message = format!("/api/rooms/{room}/messages/{number}");
        let booked = paula.post("/api/appointments", &booking(&doctor.id(), day)).await.expect(201);
        let appointment =
            format!("/api/appointments/{}", booked["appointment_id"].as_str().unwrap());
        for (path, reason) in [(message, "author_asked"), (appointment, "patient_asked")] {
            let before = paula.get(&path).await.expect(200);
            let _ = paula.delete(&path).await;
            let restore = format!("{path}/restore");
            let body = json!({ "reason": reason });
            let both = tokio::join!(admin.post(&restore, &body), other.post(&restore, &body));
            let mut statuses = [both.0.status, both.1.status];
            statuses.sort_unstable();
            // What is there already was restored, or is not deleted any more.
            assert!(matches!(statuses, [200, 200 | 409]), "{statuses:?}");
            let after = paula.get(&path).await.expect(200);
            assert_eq!(after["body"], before["body"]);
            assert_eq!(after["status"], before["status"]);
        }
    }
    for event in ["MessageRestored", "AppointmentRestored"] {
        let restored: i64 =
            sqlx::query_scalar("SELECT count(*) FROM log.events WHERE event_type = $1")
                .bind(event)
                .fetch_one(world.database.pool())
                .await
                .unwrap();
        assert_eq!(restored, 6, "{event}");
    }
}
