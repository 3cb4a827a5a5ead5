//! What people do in a hospital, as chance has it: over HTTP, as far as the rules allow.

use crate::PROGRAM;
use crate::transport::position;
use anamnesis_testkit::{Answer, DEMO_PASSWORD, User, World, booking};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use reqwest::Method;
use serde_json::{Value, json};

/// Accounts that are made in one story; signing up is limited.
const ACCOUNTS_MAX: usize = 12;

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Patient,
    Doctor,
    Admin,
}

/// Something that somebody does. `pick` chooses among the messages or the accounts there are.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    Post(Who),
    Edit(Who, usize),
    Retract(Who, usize),
    Restore(usize),
    /// A message is hidden, and shown again or not.
    Report(usize),
    DecideReport(bool, usize),
    React(Who, usize, &'static str),
    Unreact(Who, usize, &'static str),
    Delivered(Who, usize),
    Read(Who, usize),
    Close,
    Reopen,
    /// The patient books another doctor: a room appears.
    Book,
    /// Of the appointment of the two.
    Move(Who, i64),
    Cancel(Who),
    Delete(Who),
    RestoreAppointment,
    /// Of the consultation of the two: a part of the path, and what is sent there.
    Consult(&'static str),
    /// Somebody registers, or asks for a staff account.
    SignUp(bool),
    /// What the administrator decides about one of those who signed up.
    Decide(&'static str, usize),
    /// What the doctor says of themselves.
    Introduce(&'static str),
    /// They look at their notices.
    See(Who),
    /// A client loses its connection and comes back.
    Reconnect(Who),
}

/// Anything.
pub(crate) fn action() -> impl Strategy<Value = Action> {
    let who = || prop_oneof![Just(Who::Patient), Just(Who::Doctor)];
    let anybody = || prop_oneof![who(), Just(Who::Admin)];
    let one = || (who(), 0_usize..8);
    let reaction = || prop_oneof![Just("heart"), Just("thanks")];
    let consult = [
        "open", "write", "write", "sign", "amend", "ask", "ask", "accept", "decline", "delete",
        "restore", "restore",
    ];
    let decide = ["approve", "approve", "refuse", "role", "deactivate", "restore"];
    let introduce = ["name", "specialty", "busy", "available"];
    let select = proptest::sample::select::<&'static str>;
    prop_oneof![
        6 => who().prop_map(Action::Post),
        3 => one().prop_map(|(who, pick)| Action::Edit(who, pick)),
        3 => one().prop_map(|(who, pick)| Action::Retract(who, pick)),
        2 => (0_usize..8).prop_map(Action::Restore),
        2 => (0_usize..8).prop_map(Action::Report),
        2 => (any::<bool>(), 0_usize..8).prop_map(|(show, pick)| Action::DecideReport(show, pick)),
        3 => (one(), reaction()).prop_map(|((who, pick), with)| Action::React(who, pick, with)),
        2 => (one(), reaction()).prop_map(|((who, pick), with)| Action::Unreact(who, pick, with)),
        2 => one().prop_map(|(who, pick)| Action::Delivered(who, pick)),
        2 => one().prop_map(|(who, pick)| Action::Read(who, pick)),
        1 => Just(Action::Close),
        1 => Just(Action::Reopen),
        1 => Just(Action::Book),
        3 => (who(), 0_i64..8).prop_map(|(who, half_hours)| Action::Move(who, half_hours)),
        1 => who().prop_map(Action::Cancel),
        1 => who().prop_map(Action::Delete),
        2 => Just(Action::RestoreAppointment),
        5 => select(consult.to_vec()).prop_map(Action::Consult),
        1 => any::<bool>().prop_map(Action::SignUp),
        4 => (select(decide.to_vec()), 0_usize..8).prop_map(|(what, who)| Action::Decide(what, who)),
        2 => select(introduce.to_vec()).prop_map(Action::Introduce),
        2 => anybody().prop_map(Action::See),
        3 => anybody().prop_map(Action::Reconnect),
    ]
}

/// The hospital in which all cases happen, one after the other.
pub(crate) struct Story {
    pub(crate) world: World,
    pub(crate) patient: User,
    pub(crate) doctor: User,
    pub(crate) admin: User,
    officer: User,
    pub(crate) room: String,
    appointment: String,
    /// What is consulted about: another one in each case.
    visit: String,
    visits: i64,
    booked: bool,
    /// Who signed up.
    accounts: Vec<String>,
}

impl Story {
    pub(crate) async fn start() -> Self {
        let world = World::start(PROGRAM).await;
        let (patient, doctor, room) = world.pair().await;
        let admin = world.server.sign_in("admin").await;
        let officer = world.server.sign_in("compliance").await;
        let list = patient.get("/api/appointments").await.expect(200);
        let appointment = list["appointments"][0]["appointment_id"].as_str().unwrap().to_owned();
        let (visit, visits, accounts) = (String::new(), 0, Vec::new());
        let booked = false;
        Self {
            world,
            patient,
            doctor,
            admin,
            officer,
            room,
            appointment,
            visit,
            visits,
            booked,
            accounts,
        }
    }

    /// Begins a case: the patient has something new to consult the doctor about.
    pub(crate) async fn begin(&mut self) {
        self.visits += 1;
        let wish = booking(&self.doctor.id(), 20 + self.visits);
        let booked = self.patient.post("/api/appointments", &wish).await.expect(201);
        booked["appointment_id"].as_str().unwrap().clone_into(&mut self.visit);
    }

    /// Something that patient and doctor hear of, and something that administrators do: where
    /// they stand in the log.
    pub(crate) async fn ring(&self) -> (u64, u64) {
        let room = format!("/api/rooms/{}", self.room);
        let _ = self.doctor.post(&format!("{room}/reopen"), &Value::Null).await.expect(200);
        let body = json!({ "body": "Ring." });
        let rung = self.doctor.post(&format!("{room}/messages"), &body).await.expect(201);
        for availability in ["busy", "off_duty"] {
            let body = json!({ "availability": availability });
            let _ = self.doctor.put_json("/api/users/me/availability", &body).await.expect(200);
        }
        let change = self.last_of("account", &self.doctor.id()).await;
        (position(rung["cursor"].as_str().unwrap()), change)
    }

    pub(crate) fn user(&self, who: Who) -> &User {
        match who {
            Who::Patient => &self.patient,
            Who::Doctor => &self.doctor,
            Who::Admin => &self.admin,
        }
    }

    /// Does it. The position of what was written for patient and doctor, if anything was.
    pub(crate) async fn act(&mut self, action: &Action, numbers: &[u64]) -> Option<u64> {
        let room = format!("/api/rooms/{}", self.room);
        let number = |pick: usize| numbers.get(pick % numbers.len().max(1)).copied().unwrap_or(1);
        let message = |pick| format!("{room}/messages/{}", number(pick));
        let through = |pick| json!({ "through": number(pick) });
        let answer = match *action {
            Action::Post(who) => {
                let body = json!({ "body": "It \"hurts\" — still.\u{1F494}" });
                self.user(who).post(&format!("{room}/messages"), &body).await
            }
            Action::Edit(who, pick) => {
                let body = json!({ "body": format!("It hurts {pick} times.") });
                self.user(who).patch(&message(pick), &body).await
            }
            Action::Retract(who, pick) => self.user(who).delete(&message(pick)).await,
            Action::Restore(pick) => {
                let reason = json!({ "reason": "author_asked" });
                self.admin.post(&format!("{}/restore", message(pick)), &reason).await
            }
            Action::Report(pick) => {
                let reason = json!({ "reason": "wrong_patient" });
                self.admin.post(&format!("{}/report", message(pick)), &reason).await
            }
            Action::DecideReport(show, pick) => {
                let decision = if show { "shown_again" } else { "stays_hidden" };
                let body = json!({ "decision": decision, "note": "Two windows were open." });
                let path = format!("/api/audit/reports/{}/{}/decide", self.room, number(pick));
                self.officer.post(&path, &body).await
            }
            Action::React(who, pick, with) => {
                self.user(who).put(&format!("{}/reactions/{with}", message(pick))).await
            }
            Action::Unreact(who, pick, with) => {
                self.user(who).delete(&format!("{}/reactions/{with}", message(pick))).await
            }
            Action::Delivered(who, pick) => {
                self.user(who).post(&format!("{room}/delivered"), &through(pick)).await
            }
            Action::Read(who, pick) => {
                self.user(who).post(&format!("{room}/read"), &through(pick)).await
            }
            Action::Close => self.doctor.post(&format!("{room}/close"), &Value::Null).await,
            Action::Reopen => self.doctor.post(&format!("{room}/reopen"), &Value::Null).await,
            Action::Book => return self.book().await,
            Action::Move(..)
            | Action::Cancel(_)
            | Action::Delete(_)
            | Action::RestoreAppointment => return self.change(action).await,
            Action::Consult(what) => self.consult(what).await,
            Action::SignUp(as_staff) => return self.sign_up(as_staff).await,
            Action::Decide(what, pick) => return self.decide(what, pick).await,
            Action::Introduce(what) => self.introduce(what).await,
            Action::See(_) | Action::Reconnect(_) => return None,
        };
        assert!(answer.status < 500, "{}", answer.body);
        answer.body["cursor"].as_str().map(position)
    }

    /// Changes the appointment.
    async fn change(&self, action: &Action) -> Option<u64> {
        let path = format!("/api/appointments/{}", self.appointment);
        let answer = match *action {
            Action::Move(who, half_hours) => {
                let mut wish = booking("", 2);
                for field in ["starts_at", "ends_at"] {
                    let time: DateTime<Utc> = wish[field].as_str().unwrap().parse().unwrap();
                    wish[field] = json!(time + TimeDelta::minutes(30 * half_hours));
                }
                let time = json!({
                    "starts_at": wish["starts_at"], "ends_at": wish["ends_at"],
                    "zone": "Europe/Lisbon",
                });
                self.user(who).patch(&path, &time).await
            }
            Action::Cancel(who) => {
                let cancel = json!({ "status": "cancelled", "reason": "Better." });
                self.user(who).patch(&path, &cancel).await
            }
            Action::Delete(who) => self.user(who).delete(&path).await,
            _ => {
                let reason = json!({ "reason": "deleted_by_mistake" });
                self.admin.post(&format!("{path}/restore"), &reason).await
            }
        };
        assert!(answer.status < 500, "{}", answer.body);
        if answer.status >= 300 {
            return None;
        }
        // The answer does not say where the event stands in the log.
        Some(self.last_of("appointment", &self.appointment).await)
    }

    async fn last_of(&self, aggregate: &str, id: &str) -> u64 {
        let position: i64 = sqlx::query_scalar(
            "SELECT max(global_position) FROM log.events
             WHERE aggregate_type = $1 AND aggregate_id = $2",
        )
        .bind(aggregate)
        .bind(id)
        .fetch_one(self.world.database.owner_pool())
        .await
        .unwrap();
        u64::try_from(position).unwrap()
    }

    async fn book(&mut self) -> Option<u64> {
        if std::mem::replace(&mut self.booked, true) {
            return None;
        }
        let other = self.world.server.sign_in("dr.okafor").await;
        let room = self.patient.book(&other, 7).await;
        let _ = self.patient.get(&format!("/api/rooms/{room}")).await.expect(200);
        None
    }

    async fn consult(&self, what: &str) -> Answer {
        let open = json!({ "appointment_id": self.visit });
        if what == "open" {
            return self.doctor.post("/api/consultations", &open).await;
        }
        let list = self.doctor.get("/api/consultations").await.expect(200);
        let of_visit = |one: &&Value| one["appointment_id"] == self.visit.as_str();
        let found = list["consultations"].as_array().unwrap().iter().find(of_visit);
        // One that is deleted has the id that the administrator's list says.
        let deleted = self.admin.get("/api/deleted-items?kind=consultation&limit=1").await;
        let deleted = deleted.expect(200)["items"][0]["id"].clone();
        let id = found.map_or(deleted, |one| one["consultation_id"].clone());
        let path = format!("/api/consultations/{}", id.as_str().unwrap_or(&self.visit));
        match what {
            "write" => self.doctor.patch(&path, &json!({ "treatment_plan": "Rest." })).await,
            "sign" => self.doctor.post(&format!("{path}/sign"), &Value::Null).await,
            "amend" => {
                let entry = json!({ "investigations": "Blood.", "reason": "Forgotten." });
                self.doctor.patch(&path, &entry).await
            }
            "delete" => self.doctor.delete(&path).await,
            "ask" => {
                let text = json!({ "text": "I never said so." });
                self.patient.post(&format!("{path}/corrections"), &text).await
            }
            "accept" | "decline" => self.answer_correction(&path, what).await,
            _ => {
                let reason = json!({ "reason": "doctor_asked" });
                self.admin.post(&format!("{path}/restore"), &reason).await
            }
        }
    }

    /// Answers the first request that waits.
    async fn answer_correction(&self, path: &str, how: &str) -> Answer {
        let list = self.doctor.get(&format!("{path}/corrections")).await;
        let waits = |one: &&Value| one["status"] == "requested";
        let first = list.body["corrections"].as_array().and_then(|list| list.iter().find(waits));
        let number = first.map_or(json!(1), |one| one["number"].clone());
        let answer = match how {
            "accept" => json!({ "medical_history": "Well.", "reason": "As they say." }),
            _ => json!({ "statement": "It was said." }),
        };
        self.doctor.post(&format!("{path}/corrections/{number}/{how}"), &answer).await
    }

    async fn sign_up(&mut self, as_staff: bool) -> Option<u64> {
        let count = self.accounts.len();
        if count == ACCOUNTS_MAX {
            return None;
        }
        let mut wish = json!({
            "username": format!("new.{count}"), "email": format!("new.{count}@example.org"),
            "name": format!("New {count}"), "password": DEMO_PASSWORD,
        });
        if as_staff {
            wish["kind"] = "staff".into();
            wish["role"] = "compliance".into();
        }
        let stranger = User::stranger(self.world.server.address());
        let made = stranger.post("/api/users", &wish).await.expect(201);
        self.accounts.push(made["account_id"].as_str().unwrap().to_owned());
        None
    }

    async fn decide(&self, what: &str, pick: usize) -> Option<u64> {
        let id = self.accounts.get(pick % self.accounts.len().max(1))?;
        let (method, body) = match what {
            "approve" => (Method::POST, json!({ "role": "doctor" })),
            "role" => (Method::PUT, json!({ "role": "compliance" })),
            "refuse" => (Method::POST, json!({ "reason": "duplicate" })),
            "deactivate" => (Method::POST, json!({ "reason": "left" })),
            _ => (Method::POST, json!({ "reason": "returned" })),
        };
        let request = self.admin.request(method, &format!("/api/users/{id}/{what}")).json(&body);
        assert!(self.admin.send(request).await.status < 500);
        None
    }

    async fn introduce(&self, what: &str) -> Answer {
        let own = "/api/users/me";
        match what {
            "name" => self.doctor.patch(own, &json!({ "name": "Dr. Ines Adler-Noor" })).await,
            "specialty" => self.doctor.patch(own, &json!({ "specialty": "palliative_care" })).await,
            _ => {
                let body = json!({ "availability": what });
                self.doctor.put_json("/api/users/me/availability", &body).await
            }
        }
    }
}
