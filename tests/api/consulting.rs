//! Short ways to consult, for the stories about it.

use anamnesis_testkit::{Answer, User, World, booking};
use reqwest::Method;
use serde_json::{Value, json};

/// Books, and opens the consultation; its path.
pub(crate) async fn opened(patient: &User, doctor: &User, day: i64) -> String {
    let booked = patient.post("/api/appointments", &booking(&doctor.id(), day)).await.expect(201);
    let open = json!({ "appointment_id": booked["appointment_id"] });
    let opened = doctor.post("/api/consultations", &open).await.expect(201);
    path(&opened)
}

/// Opens one, writes this into it and signs it; its path.
pub(crate) async fn signed(patient: &User, doctor: &User, day: i64, entry: &Value) -> String {
    let path = opened(patient, doctor, day).await;
    let _ = doctor.patch(&path, entry).await.expect(200);
    let _ = doctor.post(&format!("{path}/sign"), &Value::Null).await.expect(200);
    path
}

pub(crate) fn path(consultation: &Value) -> String {
    format!("/api/consultations/{}", consultation["consultation_id"].as_str().unwrap())
}

/// Paula and Dr. Adler.
pub(crate) async fn pair(world: &World) -> (User, User) {
    (world.server.sign_in("paula").await, world.server.sign_in("dr.adler").await)
}

/// The version that the answer came with.
pub(crate) fn etag(answer: &Answer) -> String {
    answer.headers["etag"].to_str().unwrap().to_owned()
}

/// Asks on condition of a version.
pub(crate) async fn if_match(
    user: &User,
    method: Method,
    path: &str,
    tag: &str,
    body: &Value,
) -> Answer {
    user.send(user.request(method, path).header("if-match", tag).json(body)).await
}
