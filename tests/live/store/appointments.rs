//! Appointments, as the list shows them.

use super::{number, text};
use anamnesis_testkit::User;
use serde_json::Value;
use std::collections::BTreeMap;

/// Every appointment of the user's.
pub(super) async fn fetch(user: &User) -> BTreeMap<String, Value> {
    let mut appointments = BTreeMap::new();
    let mut after = String::new();
    loop {
        let page = user.get(&format!("/api/appointments?limit=100{after}")).await.expect(200);
        for one in page["appointments"].as_array().unwrap() {
            appointments.insert(text(&one["appointment_id"]), one.clone());
        }
        let Some(next) = page["next"].as_str() else { return appointments };
        after = format!("&after={next}");
    }
}

/// Applies a frame of an appointment.
pub(super) async fn apply(appointments: &mut BTreeMap<String, Value>, user: &User, frame: &Value) {
    let id = text(&frame["appointment_id"]);
    let known = appointments.get(&id).map_or(0, |known| number(&known["version"]));
    if known >= number(&frame["version"]) {
        return;
    }
    match frame["type"].as_str().unwrap() {
        "appointment_booked" => drop(appointments.insert(id, booked(frame))),
        "appointment_deleted" => drop(appointments.remove(&id)),
        "appointment_restored" | "appointment_unreadable" => {
            let answer = user.get(&format!("/api/appointments/{id}")).await;
            if answer.status == 404 {
                appointments.remove(&id);
                return;
            }
            let mut fetched = answer.expect(200);
            for of_one_alone in ["history", "history_complete"] {
                fetched.as_object_mut().unwrap().remove(of_one_alone);
            }
            appointments.insert(id, fetched);
        }
        kind => {
            let Some(known) = appointments.get_mut(&id) else { return };
            known["version"] = frame["version"].clone();
            match kind {
                "appointment_rescheduled" => {
                    for field in ["starts_at", "ends_at", "zone"] {
                        known[field] = frame[field].clone();
                    }
                }
                "appointment_cancelled" => {
                    known["status"] = "cancelled".into();
                    known["cancel_reason"] = frame["reason"].clone();
                }
                "appointment_completed" => known["status"] = "completed".into(),
                "appointment_no_show" => known["status"] = "no_show".into(),
                unknown => panic!("the store knows no {unknown}"),
            }
        }
    }
}

/// An appointment that has just been booked, as the list shows it.
fn booked(frame: &Value) -> Value {
    let mut fields = frame.as_object().unwrap().clone();
    for of_frame in ["type", "cursor"] {
        fields.remove(of_frame);
    }
    fields.insert("status".to_owned(), "scheduled".into());
    fields.insert("cancel_reason".to_owned(), Value::Null);
    Value::Object(fields)
}
