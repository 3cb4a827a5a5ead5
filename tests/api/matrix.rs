//! Every route, called as everyone, against the real server. For a compliance officer to read.
//! A route that is missing here fails the test.

use crate::{PROGRAM, people, people_pictures};
use anamnesis::http::routes::routes;
use anamnesis_testkit::{DEMO_PASSWORD, Server, User, World, booking};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What each gets: nobody (not signed in); the patient and the doctor whom the room, the
/// message or the appointment concerns; another patient and another doctor; an administrator;
/// a compliance officer; another one who holds an open grant for the patient.
///
/// 2xx: done. 401: sign in first. 403: not with this role. 404: as if there were no such thing.
#[rustfmt::skip]
pub(crate) const TABLE: &[(&str, &str, [u16; 8])] = &[
    //                                              nobody  patient doctor others'  others'  admin compl. grant
    ("get",    "/livez",                                [200, 200, 200, 200, 200, 200, 200, 200]),
    ("get",    "/readyz",                               [200, 200, 200, 200, 200, 200, 200, 200]),
    ("get",    "/.well-known/jwks.json",                [200, 200, 200, 200, 200, 200, 200, 200]),
    ("get",    "/api/openapi.json",                     [200, 200, 200, 200, 200, 200, 200, 200]),
    ("get",    "/api/docs",                             [200, 200, 200, 200, 200, 200, 200, 200]),
    ("post",   "/api/auth/login",                       [401, 200, 200, 200, 200, 200, 200, 200]),
    ("post",   "/api/auth/refresh",                     [401, 200, 200, 200, 200, 200, 200, 200]),
    ("post",   "/api/auth/logout",                      [401, 204, 204, 204, 204, 204, 204, 204]),
    ("post",   "/api/auth/logout-everywhere",           [401, 200, 200, 200, 200, 200, 200, 200]),
    ("post",   "/api/auth/tickets",                     [401, 200, 200, 200, 200, 200, 403, 403]),
    ("post",   "/api/users",                            [201, 201, 201, 201, 201, 201, 201, 201]),
    ("get",    "/api/users/me",                         [401, 200, 200, 200, 200, 200, 200, 200]),
    ("patch",  "/api/users/me",                         [401, 200, 200, 200, 200, 200, 200, 200]),
    ("put",    "/api/users/me/availability",            [401, 403, 200, 403, 200, 403, 403, 403]),
    // What is sent here is no picture; `people_pictures.rs` sends some.
    ("put",    "/api/users/me/picture",                 [401, 422, 422, 422, 422, 422, 422, 422]),
    // The patient's.
    ("get",    "/api/users/{account_id}/picture",       [401, 200, 200, 404, 404, 200, 404, 404]),
    ("delete", "/api/users/me/picture",                 [401, 204, 204, 204, 204, 204, 204, 204]),
    ("get",    "/api/users",                            [401, 403, 403, 403, 403, 200, 403, 403]),
    ("post",   "/api/users/search",                     [401, 403, 403, 403, 403, 200, 403, 403]),
    ("get",    "/api/users/{account_id}",               [401, 403, 403, 403, 403, 200, 403, 403]),
    ("get",    "/api/approvals",                        [401, 403, 403, 403, 403, 200, 403, 403]),
    ("post",   "/api/users/{account_id}/approve",       [401, 403, 403, 403, 403, 200, 403, 403]),
    ("post",   "/api/users/{account_id}/refuse",        [401, 403, 403, 403, 403, 200, 403, 403]),
    ("put",    "/api/users/{account_id}/role",          [401, 403, 403, 403, 403, 200, 403, 403]),
    ("post",   "/api/users/{account_id}/deactivate",    [401, 403, 403, 403, 403, 200, 403, 403]),
    ("post",   "/api/users/{account_id}/restore",       [401, 403, 403, 403, 403, 200, 403, 403]),
    ("get",    "/api/deleted-items",                    [401, 403, 403, 403, 403, 200, 403, 403]),
    ("get",    "/api/system",                           [401, 403, 403, 403, 403, 200, 403, 403]),
    ("get",    "/api/doctors/{doctor_id}",              [401, 200, 200, 200, 200, 200, 403, 403]),
    ("get",    "/api/doctors",                          [401, 200, 200, 200, 200, 200, 403, 403]),
    ("get",    "/api/doctors/{doctor_id}/taken",        [401, 200, 200, 200, 200, 200, 403, 403]),
    ("get",    "/api/appointments",                     [401, 200, 200, 200, 200, 403, 403, 403]),
    ("post",   "/api/appointments",                     [401, 201, 403, 201, 403, 403, 403, 403]),
    ("get",    "/api/appointments/{appointment_id}",    [401, 200, 200, 404, 404, 403, 404, 200]),
    ("get",    "/api/doctors/{doctor_id}/hours",        [401, 200, 200, 200, 200, 200, 403, 403]),
    // Doctors say when they themselves work.
    ("put",    "/api/doctors/{doctor_id}/hours",        [401, 403, 200, 403, 403, 403, 403, 403]),
    ("put",    "/api/doctors/{doctor_id}/exceptions/{date}", [401, 403, 200, 403, 403, 403, 403, 403]),
    ("delete", "/api/doctors/{doctor_id}/exceptions/{date}", [401, 403, 204, 403, 403, 403, 403, 403]),
    ("get",    "/api/doctors/{doctor_id}/slots",        [401, 200, 200, 200, 200, 200, 403, 403]),
    // To no other time than it has, so that everybody can be asked in turn.
    ("patch",  "/api/appointments/{appointment_id}",    [401, 200, 200, 404, 404, 403, 403, 403]),
    // The patient deletes it; for the doctor there is nothing left to delete.
    ("delete", "/api/appointments/{appointment_id}",    [401, 204, 404, 404, 404, 403, 403, 403]),
    ("post",   "/api/appointments/{appointment_id}/restore", [401, 403, 403, 403, 403, 200, 403, 403]),
    ("get",    "/api/rooms",                            [401, 200, 200, 200, 200, 403, 403, 403]),
    ("post",   "/api/rooms/search",                     [401, 200, 200, 200, 200, 403, 403, 403]),
    ("get",    "/api/rooms/{room_id}",                  [401, 200, 200, 404, 404, 403, 404, 200]),
    ("post",   "/api/rooms/{room_id}/delivered",        [401, 200, 200, 404, 404, 403, 403, 403]),
    ("post",   "/api/rooms/{room_id}/read",             [401, 200, 200, 404, 404, 403, 403, 403]),
    ("post",   "/api/rooms/{room_id}/typing",           [401, 202, 202, 404, 404, 403, 403, 403]),
    ("post",   "/api/rooms/{room_id}/close",            [401, 403, 200, 403, 404, 403, 403, 403]),
    ("post",   "/api/rooms/{room_id}/reopen",           [401, 403, 200, 403, 404, 403, 403, 403]),
    ("get",    "/api/rooms/{room_id}/messages",         [401, 200, 200, 404, 404, 403, 404, 200]),
    ("post",   "/api/rooms/{room_id}/messages",         [401, 201, 201, 404, 404, 403, 403, 403]),
    ("get",    "/api/rooms/{room_id}/messages/{number}", [401, 200, 200, 404, 404, 403, 404, 200]),
    // Of the participants only the author, here the patient, edits and retracts.
    ("patch",  "/api/rooms/{room_id}/messages/{number}", [401, 200, 403, 404, 404, 403, 403, 403]),
    ("get",    "/api/rooms/{room_id}/messages/{number}/history", [401, 200, 200, 404, 404, 403, 404, 200]),
    ("put",    "/api/rooms/{room_id}/messages/{number}/reactions/{reaction}", [401, 200, 200, 404, 404, 403, 403, 403]),
    ("delete", "/api/rooms/{room_id}/messages/{number}/reactions/{reaction}", [401, 200, 200, 404, 404, 403, 403, 403]),
    ("delete", "/api/rooms/{room_id}/messages/{number}", [401, 200, 403, 404, 404, 403, 403, 403]),
    ("post",   "/api/rooms/{room_id}/messages/{number}/restore", [401, 403, 403, 403, 403, 200, 403, 403]),
    // Hidden from here on, and then shown again.
    ("post",   "/api/rooms/{room_id}/messages/{number}/report", [401, 403, 403, 403, 403, 200, 403, 403]),
    ("get",    "/fhir/R4/metadata",                     [200, 200, 200, 200, 200, 200, 200, 200]),
    ("get",    "/fhir/R4/AuditEvent",                   [401, 403, 403, 403, 403, 403, 200, 200]),
    ("get",    "/fhir/R4/AuditEvent/{position}",        [401, 403, 403, 403, 403, 403, 200, 200]),
    ("get",    "/api/audit/reports",                    [401, 403, 403, 403, 403, 403, 200, 200]),
    ("post",   "/api/audit/reports/{room_id}/{number}/decide", [401, 403, 403, 403, 403, 403, 200, 200]),
    ("get",    "/api/notifications",                    [401, 200, 200, 200, 200, 200, 200, 200]),
    ("post",   "/api/notifications/seen",               [401, 200, 200, 200, 200, 200, 200, 200]),
    // The consultation is signed in the middle of it, and deleted before it is restored.
    ("get",    "/api/consultations",                    [401, 200, 200, 200, 200, 403, 403, 403]),
    ("post",   "/api/consultations",                    [401, 403, 200, 403, 404, 403, 403, 403]),
    ("patch",  "/api/consultations/{consultation_id}",  [401, 403, 200, 403, 404, 403, 403, 403]),
    ("post",   "/api/consultations/{consultation_id}/sign", [401, 403, 200, 403, 404, 403, 403, 403]),
    ("get",    "/api/consultations/{consultation_id}",  [401, 200, 200, 404, 404, 403, 404, 200]),
    ("get",    "/api/consultations/{consultation_id}/amendments", [401, 200, 200, 404, 404, 403, 404, 200]),
    ("get",    "/api/consultations/{consultation_id}/fields", [401, 403, 200, 403, 404, 403, 403, 403]),
    ("post",   "/api/consultations/{consultation_id}/corrections", [401, 201, 403, 404, 403, 403, 403, 403]),
    ("get",    "/api/consultations/{consultation_id}/corrections", [401, 200, 200, 404, 404, 403, 404, 200]),
    // The first of the patient's requests, and the second.
    ("post",   "/api/consultations/{consultation_id}/corrections/{number}/accept", [401, 403, 200, 403, 404, 403, 403, 403]),
    ("post",   "/api/consultations/{consultation_id}/corrections/{number}/decline", [401, 403, 200, 403, 404, 403, 403, 403]),
    ("delete", "/api/consultations/{consultation_id}",  [401, 403, 204, 403, 404, 403, 403, 403]),
    ("post",   "/api/consultations/{consultation_id}/restore", [401, 403, 403, 403, 403, 200, 403, 403]),
    ("get",    "/api/medicines",                        [401, 200, 403, 200, 403, 403, 403, 403]),
    ("get",    "/api/patients/{patient_id}/medicines",  [401, 403, 200, 403, 404, 403, 404, 200]),
    ("get",    "/api/access-report",                    [401, 200, 403, 200, 403, 403, 403, 403]),
    ("get",    "/api/my-data",                          [401, 200, 403, 200, 403, 403, 403, 403]),
    ("get",    "/api/contacts",                         [401, 200, 403, 200, 403, 403, 403, 403]),
    ("get",    "/api/audit/events",                     [401, 403, 403, 403, 403, 403, 200, 200]),
    // The room's.
    ("post",   "/api/audit/people",                     [401, 403, 403, 403, 403, 403, 200, 200]),
    ("get",    "/api/audit/timeline/{kind}/{id}",       [401, 403, 403, 403, 403, 403, 200, 200]),
    // As they are now: the room; one who waits for an account; what was restored.
    ("get",    "/api/audit/as-of/{kind}/{id}",          [401, 403, 403, 403, 403, 403, 200, 200]),
    ("get",    "/api/audit/could-see/{account_id}",     [401, 403, 403, 403, 403, 403, 200, 200]),
    ("get",    "/api/audit/consultations/{consultation_id}/fields", [401, 403, 403, 403, 403, 403, 200, 200]),
    ("get",    "/api/audit/replay",                     [401, 403, 403, 403, 403, 403, 200, 200]),
    ("get",    "/api/audit/export",                     [401, 403, 403, 403, 403, 403, 200, 200]),
    ("get",    "/api/audit/grants",                     [401, 403, 403, 403, 403, 403, 200, 200]),
    // The grant and the search of the last one's.
    ("get",    "/api/audit/grants/{grant_id}",          [401, 403, 403, 403, 403, 403, 200, 200]),
    ("get",    "/api/audit/patients/{patient_id}/records", [401, 403, 403, 403, 403, 403, 404, 200]),
    ("post",   "/api/audit/grants",                     [401, 403, 403, 403, 403, 403, 201, 201]),
    ("post",   "/api/audit/grants/{grant_id}/end",      [401, 403, 403, 403, 403, 403, 403, 200]),
    // It is over by now, and nobody reviews their own.
    ("post",   "/api/audit/grants/{grant_id}/review",   [401, 403, 403, 403, 403, 403, 200, 403]),
    ("get",    "/api/audit/reviews",                    [401, 403, 403, 403, 403, 403, 200, 200]),
    ("post",   "/api/audit/reviews",                    [401, 403, 403, 403, 403, 403, 201, 201]),
    ("get",    "/api/audit/searches",                   [401, 403, 403, 403, 403, 403, 200, 200]),
    ("post",   "/api/audit/searches",                   [401, 403, 403, 403, 403, 403, 201, 201]),
    ("put",    "/api/audit/searches/{search_id}",       [401, 403, 403, 403, 403, 403, 404, 204]),
    ("delete", "/api/audit/searches/{search_id}",       [401, 403, 403, 403, 403, 403, 404, 204]),
    ("get",    "/api/events",                           [401, 200, 200, 200, 200, 200, 403, 403]),
    ("get",    "/api/events/stream",                    [401, 200, 200, 200, 200, 200, 403, 403]),
    // Let in by a ticket in its first frame: see `matrix_sockets.rs`. Here, nothing upgrades.
    ("get",    "/ws/chat",                              [426, 426, 426, 426, 426, 426, 426, 426]),
];

const WHO: [&str; 8] = [
    "nobody",
    "the patient",
    "the doctor",
    "another patient",
    "another doctor",
    "admin",
    "compliance",
    "an officer with a grant",
];

#[test]
fn every_route_is_in_the_table_and_the_table_has_no_other() {
    let routed: BTreeSet<_> = routes().iter().map(|route| (route.method, route.path)).collect();
    let tabled: BTreeSet<_> = TABLE.iter().map(|(method, path, _)| (*method, *path)).collect();
    let missing: Vec<_> = routed.symmetric_difference(&tabled).collect();
    assert!(missing.is_empty(), "not in both: {missing:?}");
    assert_eq!(TABLE.len(), routes().len(), "a route is there twice");
}

/// The pair whom everything concerns.
pub(crate) struct Pair {
    pub(crate) doctor_id: String,
    pub(crate) patient_id: String,
    pub(crate) appointment_id: String,
    consultation_id: String,
    room_id: String,
    /// The time of the appointment, as it was asked for.
    pub(crate) time: Value,
    /// A message of the patient's.
    pub(crate) number: u64,
    /// Where the patient's feed began.
    pub(crate) cursor: String,
    /// Two who have asked for a staff account.
    waiting: [String; 2],
    grant_id: String,
    search_id: String,
}

impl Pair {
    pub(crate) async fn make(server: &Server) -> Self {
        let patient = server.sign_in("paula").await;
        let doctor = server.sign_in("dr.adler").await;
        let wish = booking(&doctor.id(), 2);
        let booked = patient.post("/api/appointments", &wish).await.expect(201);
        let time = json!({
            "starts_at": wish["starts_at"], "ends_at": wish["ends_at"], "zone": wish["zone"],
        });
        let text = |name: &str| booked[name].as_str().unwrap().to_owned();
        let number = patient.say(&text("room_id"), "My head hurts.").await;
        let (appointment_id, room_id) = (text("appointment_id"), text("room_id"));
        let feed = patient.get("/api/events").await.expect(200);
        let cursor = feed["cursor"].as_str().unwrap().to_owned();
        let open = json!({ "appointment_id": appointment_id });
        let opened = doctor.post("/api/consultations", &open).await.expect(201);
        let consultation_id = opened["consultation_id"].as_str().unwrap().to_owned();
        let _ = people_pictures::put(&patient, people_pictures::png(9, 9)).await.expect(200);
        let waiting = [
            people::request(server, "waiting.1", "doctor").await,
            people::request(server, "waiting.2", "doctor").await,
        ];
        let (patient_id, doctor_id) = (patient.id(), doctor.id());
        let (grant_id, search_id) = glass(server, &patient_id).await;
        Self {
            doctor_id,
            patient_id,
            appointment_id,
            consultation_id,
            room_id,
            time,
            number,
            cursor,
            waiting,
            grant_id,
            search_id,
        }
    }

    pub(crate) fn path(&self, template: &str) -> String {
        let account_id = match template {
            "/api/users/{account_id}/picture" => &self.patient_id,
            "/api/users/{account_id}/refuse" => &self.waiting[1],
            _ => &self.waiting[0],
        };
        let path = template
            .replace("{account_id}", account_id)
            .replace("{doctor_id}", &self.doctor_id)
            .replace("{patient_id}", &self.patient_id)
            .replace("{appointment_id}", &self.appointment_id)
            .replace("{consultation_id}", &self.consultation_id)
            .replace("{room_id}", &self.room_id)
            .replace("{grant_id}", &self.grant_id)
            .replace("{search_id}", &self.search_id)
            .replace("{kind}/{id}", &format!("room/{}", self.room_id))
            .replace("{date}", "2090-01-01")
            .replace("corrections/{number}/accept", "corrections/1/accept")
            .replace("corrections/{number}/decline", "corrections/2/decline")
            .replace("{number}", &self.number.to_string())
            .replace("{position}", "1")
            .replace("{reaction}", "heart");
        match template {
            "/api/doctors/{doctor_id}/taken" | "/api/doctors/{doctor_id}/slots" => {
                path + "?from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z"
            }
            "/api/audit/export" => path + "?format=csv",
            _ => path,
        }
    }

    /// What a route needs that no route before it has made: a second request for a correction.
    pub(crate) async fn prepare(&self, template: &str, patient: &User) {
        if template.ends_with("/decline") {
            let path = format!("/api/consultations/{}/corrections", self.consultation_id);
            let _ = patient.post(&path, &json!({ "text": "Not so bad." })).await.expect(201);
        }
    }

    /// What the `column`-th of [`WHO`] sends along.
    fn body(&self, template: &str, column: usize, user: &User) -> Value {
        match template {
            "/api/auth/login" => {
                let login = [
                    "nobody",
                    "paula",
                    "dr.adler",
                    "mira",
                    "dr.okafor",
                    "admin",
                    "compliance",
                    "glass",
                ];
                json!({ "login": login[column], "password": DEMO_PASSWORD })
            }
            "/api/auth/refresh" if column > 0 => json!({
                "refresh_token": user.session["refresh_token"], "device": user.session["device"],
            }),
            "/api/auth/refresh" => json!({}),
            "/api/users" => json!({
                "username": format!("new.{column}"), "email": format!("new.{column}@example.org"),
                "name": "New", "password": DEMO_PASSWORD,
            }),
            "/api/users/search" | "/api/rooms/search" => json!({ "name": "n" }),
            "/api/appointments" => booking(&self.doctor_id, 10 + i64::try_from(column).unwrap()),
            "/api/appointments/{appointment_id}" => self.time.clone(),
            "/api/appointments/{appointment_id}/restore" => {
                json!({ "reason": "deleted_by_mistake" })
            }
            "/api/doctors/{doctor_id}/hours" => {
                json!({ "zone": "UTC", "slot_minutes": 30, "week": [] })
            }
            "/api/doctors/{doctor_id}/exceptions/{date}" => json!({ "spans": [] }),
            "/api/rooms/{room_id}/messages" | "/api/rooms/{room_id}/messages/{number}" => {
                json!({ "body": "It still hurts." })
            }
            "/api/notifications/seen" => json!({ "through": self.cursor }),
            "/api/users/me" => json!({ "phone": "+49 30 1234" }),
            "/api/users/me/availability" => json!({ "availability": "busy" }),
            "/api/users/{account_id}/approve" => json!({ "role": "doctor" }),
            "/api/users/{account_id}/role" => json!({ "role": "admin" }),
            "/api/users/{account_id}/refuse" => json!({ "reason": "duplicate" }),
            "/api/users/{account_id}/deactivate" => json!({ "reason": "left" }),
            "/api/users/{account_id}/restore" => json!({ "reason": "returned" }),
            "/api/rooms/{room_id}/messages/{number}/restore" => json!({ "reason": "author_asked" }),
            "/api/rooms/{room_id}/messages/{number}/report" => json!({ "reason": "wrong_patient" }),
            "/api/audit/reports/{room_id}/{number}/decide" => {
                json!({ "decision": "shown_again", "note": "It is this patient." })
            }
            "/api/consultations" => json!({ "appointment_id": self.appointment_id }),
            "/api/consultations/{consultation_id}" => json!({ "treatment_plan": "Rest." }),
            "/api/consultations/{consultation_id}/corrections" => json!({ "text": "Not so bad." }),
            "/api/consultations/{consultation_id}/corrections/{number}/accept" => {
                json!({ "medical_history": "Bad.", "reason": "As the patient says." })
            }
            "/api/consultations/{consultation_id}/corrections/{number}/decline" => {
                json!({ "statement": "It was bad." })
            }
            "/api/consultations/{consultation_id}/restore" => json!({ "reason": "doctor_asked" }),
            "/api/audit/grants" => {
                json!({ "patient_id": self.patient_id, "reason": "A complaint." })
            }
            "/api/audit/grants/{grant_id}/review" => json!({ "verdict": "justified" }),
            "/api/audit/reviews" => json!({ "note": "Nothing." }),
            "/api/audit/people" => json!({ "name": "paula" }),
            "/api/audit/searches" => json!({ "name": "Everything", "filters": {} }),
            "/api/audit/searches/{search_id}" => json!({ "filters": {} }),
            _ => json!({ "through": self.number }),
        }
    }
}

/// An officer who holds a grant for the patient, and keeps a search: the ids of both.
async fn glass(server: &Server, patient_id: &str) -> (String, String) {
    let id = people::request(server, "glass", "compliance").await;
    let admin = server.sign_in("admin").await;
    let role = json!({ "role": "compliance" });
    let _ = people::decide(&admin, &id, "approve", &role).await.expect(200);
    let officer = server.sign_in("glass").await;
    let wish = json!({ "patient_id": patient_id, "reason": "A complaint." });
    let grant = officer.post("/api/audit/grants", &wish).await.expect(201);
    let search = json!({ "name": "Denied", "filters": { "outcome": "denied" } });
    let search = officer.post("/api/audit/searches", &search).await.expect(201);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&grant["grant_id"]), text(&search["search_id"]))
}

/// Whom [`WHO`] names, freshly signed in.
pub(crate) async fn users(server: &Server) -> [User; 8] {
    [
        User::stranger(server.address()),
        server.sign_in("paula").await,
        server.sign_in("dr.adler").await,
        server.sign_in("mira").await,
        server.sign_in("dr.okafor").await,
        server.sign_in("admin").await,
        server.sign_in("compliance").await,
        server.sign_in("glass").await,
    ]
}

#[tokio::test]
async fn every_route_answers_everyone_as_the_table_says() {
    let world = World::start(PROGRAM).await;
    let _ = world.server.register("mira").await;
    let pair = Pair::make(&world.server).await;
    let mut everyone = users(&world.server).await;
    let mut wrong = Vec::new();
    for (method, template, expected) in TABLE {
        pair.prepare(template, &everyone[1]).await;
        for (column, user) in everyone.iter().enumerate() {
            let method = method.to_uppercase().parse().unwrap();
            let request = user.request(method, &pair.path(template));
            let request = request.json(&pair.body(template, column, user));
            // Only the head: a stream of events has no end.
            let status = request.send().await.unwrap().status().as_u16();
            if status != expected[column] {
                let who = WHO[column];
                wrong.push(format!("{template} as {who}: {status}, not {}", expected[column]));
            }
        }
        if template.starts_with("/api/auth/logout") {
            everyone = users(&world.server).await;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
