//! What a client had, with the frames of whatever happens, is what a fresh fetch gives.

use crate::PROGRAM;
use crate::store::Store;
use crate::transport::{Begun, Transport, WebSocket, position};
use anamnesis_testkit::{Answer, User, World, booking};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;
use tokio::runtime::Runtime;

/// Who does something. The administrator only restores.
#[derive(Clone, Copy, Debug)]
enum Who {
    Patient,
    Doctor,
}

/// Something that somebody does. `pick` chooses among the messages that there are.
#[derive(Clone, Debug)]
enum Action {
    Post(Who),
    Edit(Who, usize),
    Retract(Who, usize),
    Restore(usize),
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
    /// A client loses its connection and comes back.
    Reconnect(Who),
}

fn action() -> impl Strategy<Value = Action> {
    let who = || prop_oneof![Just(Who::Patient), Just(Who::Doctor)];
    let one = || (who(), 0_usize..8);
    let reaction = || prop_oneof![Just("heart"), Just("thanks")];
    prop_oneof![
        6 => who().prop_map(Action::Post),
        3 => one().prop_map(|(who, pick)| Action::Edit(who, pick)),
        3 => one().prop_map(|(who, pick)| Action::Retract(who, pick)),
        2 => (0_usize..8).prop_map(Action::Restore),
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
        2 => who().prop_map(Action::Reconnect),
    ]
}

/// A client with its store, which it keeps by frames alone.
struct Client {
    user: User,
    feed: WebSocket,
    store: Store,
    kinds: BTreeSet<String>,
}

impl Client {
    async fn start(user: &User) -> Self {
        let (begun, feed) = WebSocket::connect(user, None).await.unwrap();
        assert_eq!(begun, Begun::Reset);
        let store = Store::fetch(user).await;
        Self { user: user.clone(), feed, store, kinds: BTreeSet::new() }
    }

    async fn follow_until(&mut self, last: u64) {
        while position(self.feed.cursor()) < last {
            let frame = self.feed.next().await;
            self.kinds.insert(frame["type"].as_str().unwrap().to_owned());
            self.store.apply(&self.user, &frame).await;
        }
    }

    async fn reconnect(&mut self) {
        let cursor = self.feed.cursor().to_owned();
        let (begun, feed) = WebSocket::connect(&self.user, Some(&cursor)).await.unwrap();
        assert_eq!(begun, Begun::Resumed);
        self.feed = feed;
    }
}

/// The hospital in which all cases happen, one after the other.
struct Story {
    world: World,
    patient: User,
    doctor: User,
    admin: User,
    room: String,
    appointment: String,
    booked: i64,
}

impl Story {
    async fn start() -> Self {
        let world = World::start(PROGRAM).await;
        let (patient, doctor, room) = world.pair().await;
        let admin = world.server.sign_in("admin").await;
        let list = patient.get("/api/appointments").await.expect(200);
        let appointment = list["appointments"][0]["appointment_id"].as_str().unwrap().to_owned();
        Self { world, patient, doctor, admin, room, appointment, booked: 0 }
    }

    fn user(&self, who: Who) -> &User {
        match who {
            Who::Patient => &self.patient,
            Who::Doctor => &self.doctor,
        }
    }

    /// Does it, as far as the rules allow. The position of what was written, if anything was.
    async fn act(&mut self, action: &Action, numbers: &[u64]) -> Option<u64> {
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
            Action::Reconnect(_) => return None,
        };
        written(&answer)
    }

    /// Changes the appointment, as far as the rules allow.
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
        let position: i64 = sqlx::query_scalar(
            "SELECT max(global_position) FROM log.events
             WHERE aggregate_type = 'appointment' AND aggregate_id = $1",
        )
        .bind(&self.appointment)
        .fetch_one(self.world.database.owner_pool())
        .await
        .unwrap();
        u64::try_from(position).ok()
    }

    async fn book(&mut self) -> Option<u64> {
        self.booked += 1;
        if self.booked > 1 {
            return None;
        }
        let other = self.world.server.sign_in("dr.okafor").await;
        let room = self.patient.book(&other, 7).await;
        let room = self.patient.get(&format!("/api/rooms/{room}")).await.expect(200);
        room["cursor"].as_str().map(position)
    }

    async fn case(&mut self, actions: &[Action]) -> Result<BTreeSet<String>, TestCaseError> {
        let mut patient = Client::start(&self.patient).await;
        let mut doctor = Client::start(&self.doctor).await;
        let (mut last_of_patient, mut last) = (0, 0);
        let after = position(doctor.feed.cursor());
        for action in actions {
            let numbers: Vec<u64> =
                doctor.store.rooms[&self.room].messages.keys().rev().copied().collect();
            // What changed nothing stands where it stood before.
            let written = self.act(action, &numbers).await.filter(|position| *position > after);
            if let Some(position) = written {
                last_of_patient = position.max(last_of_patient);
                if !matches!(action, Action::Book) {
                    last = position.max(last);
                }
            }
            match action {
                Action::Reconnect(Who::Patient) => patient.reconnect().await,
                Action::Reconnect(Who::Doctor) => doctor.reconnect().await,
                _ => doctor.follow_until(last).await,
            }
        }
        // The patient's client has let everything wait until now.
        patient.follow_until(last_of_patient).await;
        prop_assert_eq!(&patient.store, &Store::fetch(&self.patient).await);
        prop_assert_eq!(&doctor.store, &Store::fetch(&self.doctor).await);
        Ok(&patient.kinds | &doctor.kinds)
    }
}

fn written(answer: &Answer) -> Option<u64> {
    assert!(answer.status < 500, "{}", answer.body);
    answer.body["cursor"].as_str().map(position)
}

/// Leads to every kind of frame; chance may not.
fn one_of_each() -> Vec<Action> {
    use Who::{Doctor, Patient};
    vec![
        Action::Post(Patient),
        Action::React(Doctor, 0, "heart"),
        Action::Unreact(Doctor, 0, "heart"),
        Action::Edit(Patient, 0),
        Action::Delivered(Doctor, 0),
        Action::Read(Doctor, 0),
        Action::Retract(Patient, 0),
        Action::Restore(0),
        Action::Close,
        Action::Reopen,
        Action::Book,
        Action::Move(Doctor, 3),
        Action::Cancel(Patient),
        Action::Delete(Patient),
        Action::RestoreAppointment,
        Action::Reconnect(Doctor),
    ]
}

/// That appointments are completed or missed takes until they begin.
const KINDS: [&str; 16] = [
    "appointment_booked",
    "appointment_cancelled",
    "appointment_deleted",
    "appointment_rescheduled",
    "appointment_restored",
    "message_edited",
    "message_posted",
    "message_restored",
    "message_retracted",
    "messages_delivered",
    "messages_read",
    "reaction_added",
    "reaction_removed",
    "room_closed",
    "room_opened",
    "room_reopened",
];

#[test]
fn what_a_client_had_with_the_frames_since_is_what_a_fresh_fetch_gives() {
    let runtime = Runtime::new().unwrap();
    let mut story = runtime.block_on(Story::start());
    let seen = runtime.block_on(story.case(&one_of_each())).unwrap();
    assert_eq!(seen, KINDS.map(str::to_owned).into());

    let story = RefCell::new(story);
    let config =
        Config { cases: 12, max_shrink_iters: 30, failure_persistence: None, ..Config::default() };
    let actions = proptest::collection::vec(action(), 20..40);
    let outcome = TestRunner::new(config)
        .run(&actions, |actions| runtime.block_on(story.borrow_mut().case(&actions)).map(drop));
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(why, actions)) => panic!("{why}\nafter {actions:#?}"),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}
