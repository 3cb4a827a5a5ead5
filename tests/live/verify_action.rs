//! What a client had, with the frames of whatever happens, is what a fresh fetch gives: for every
//! kind of frame, and every role that follows the feed.

use crate::protocol::SERVER_KINDS;
use crate::store::Store;
use crate::story::{Action, Story, Who, action};
use crate::transport::{Begun, Transport, WebSocket, position};
use crate::{PROGRAM, eventually};
use anamnesis_testkit::{User, World, booking};
use chrono::TimeDelta;
use proptest::test_runner::{Config, TestError, TestRunner};
use proptest::{prop_assert_eq, test_runner};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::runtime::Runtime;

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
        let store = Store::fetch(user, feed.cursor()).await;
        Self { user: user.clone(), feed, store, kinds: BTreeSet::new() }
    }

    async fn take(&mut self) -> String {
        let frame = self.feed.next().await;
        self.store.apply(&self.user, &frame).await;
        let kind = frame["type"].as_str().unwrap().to_owned();
        self.kinds.insert(kind.clone());
        kind
    }

    async fn follow_until(&mut self, last: u64) {
        while position(self.feed.cursor()) < last {
            self.take().await;
        }
    }

    async fn reconnect(&mut self) {
        let cursor = self.feed.cursor().to_owned();
        let (begun, feed) = WebSocket::connect(&self.user, Some(&cursor)).await.unwrap();
        assert_eq!(begun, Begun::Resumed);
        self.feed = feed;
    }

    async fn see(&self) {
        let seen = json!({ "through": self.feed.cursor() });
        let _ = self.user.post("/api/notifications/seen", &seen).await.expect(200);
    }
}

async fn case(
    story: &mut Story,
    actions: &[Action],
) -> Result<BTreeSet<String>, test_runner::TestCaseError> {
    story.begin().await;
    let mut patient = Client::start(&story.patient).await;
    let mut doctor = Client::start(&story.doctor).await;
    let mut admin = Client::start(&story.admin).await;
    let after = position(doctor.feed.cursor());
    let mut last = 0;
    for action in actions {
        let numbers: Vec<u64> =
            doctor.store.rooms[&story.room].messages.keys().rev().copied().collect();
        // What changed nothing stands where it stood before.
        let written = story.act(action, &numbers).await.filter(|position| *position > after);
        last = written.unwrap_or(0).max(last);
        let of = |who: &Who| match who {
            Who::Patient => 0,
            Who::Doctor => 1,
            Who::Admin => 2,
        };
        let clients = [&mut patient, &mut doctor, &mut admin];
        match action {
            Action::Reconnect(who) => clients[of(who)].reconnect().await,
            Action::See(who) => clients[of(who)].see().await,
            _ => doctor.follow_until(last).await,
        }
    }
    // The clients of the others have let everything wait until now.
    let (message, change) = story.ring().await;
    patient.follow_until(message).await;
    doctor.follow_until(message).await;
    admin.follow_until(change).await;
    let mut kinds = BTreeSet::new();
    for client in [patient, doctor, admin] {
        let fresh = Store::fetch(&client.user, client.feed.cursor()).await;
        prop_assert_eq!(&client.store, &fresh);
        kinds.extend(client.kinds);
    }
    Ok(kinds)
}

/// Leads to every kind of frame; chance may not.
fn one_of_each() -> Vec<Action> {
    use Who::{Admin, Doctor, Patient};
    let consulted =
        ["open", "write", "sign", "amend", "ask", "accept", "ask", "decline", "delete", "restore"]
            .map(Action::Consult);
    let decided = [
        Action::SignUp(false),
        Action::SignUp(true),
        Action::SignUp(true),
        Action::Decide("approve", 1),
        Action::Decide("refuse", 2),
        Action::Decide("role", 1),
        Action::Decide("deactivate", 1),
        Action::Decide("restore", 1),
    ];
    let introduced = ["name", "specialty", "busy"].map(Action::Introduce);
    let mut all = vec![
        Action::Post(Patient),
        Action::React(Doctor, 0, "heart"),
        Action::Unreact(Doctor, 0, "heart"),
        Action::Edit(Patient, 0),
        Action::Delivered(Doctor, 0),
        Action::Read(Doctor, 0),
        Action::Retract(Patient, 0),
        Action::Restore(0),
        Action::Report(0),
        Action::DecideReport(true, 0),
        Action::Close,
        Action::Reopen,
        Action::Book,
        Action::Move(Doctor, 3),
        Action::See(Patient),
        Action::Cancel(Patient),
        Action::Delete(Patient),
        Action::RestoreAppointment,
        Action::Reconnect(Doctor),
    ];
    all.extend(consulted.into_iter().chain(decided).chain(introduced));
    all.extend([Patient, Admin].map(Action::Reconnect));
    all
}

/// What the story above leads to.
const KINDS: [&str; 38] = [
    "account_approved",
    "account_availability_changed",
    "account_deactivated",
    "account_profile_changed",
    "account_refused",
    "account_registered",
    "account_requested",
    "account_restored",
    "account_role_changed",
    "account_specialty_changed",
    "appointment_booked",
    "appointment_cancelled",
    "appointment_deleted",
    "appointment_rescheduled",
    "appointment_restored",
    "consultation_amended",
    "consultation_deleted",
    "consultation_opened",
    "consultation_restored",
    "consultation_saved",
    "consultation_signed",
    "correction_accepted",
    "correction_declined",
    "correction_requested",
    "hidden_message_decided",
    "message_edited",
    "message_hidden",
    "message_posted",
    "message_restored",
    "message_retracted",
    "messages_delivered",
    "messages_read",
    "notices_seen",
    "reaction_added",
    "reaction_removed",
    "room_closed",
    "room_opened",
    "room_reopened",
];

/// What takes time.
const WITH_TIME: [&str; 3] = ["appointment_completed", "appointment_no_show", "review_due"];

/// What an officer does, who follows nothing.
const BY_OFFICERS: [&str; 1] = ["record_opened"];

/// Of a newer server: the read models of this one stop there, so there is nothing to compare.
const UNREADABLE: [&str; 3] = ["account_unreadable", "appointment_unreadable", "unreadable"];

/// What a store need not keep.
const WITHOUT_STATE: [&str; 7] = ["ack", "bye", "error", "presence", "reset", "typing", "welcome"];

#[test]
fn every_kind_of_frame_is_in_one_of_these_stories_or_carries_no_state() {
    let mut here: Vec<_> = KINDS.into_iter().chain(WITH_TIME).chain(UNREADABLE).collect();
    here.extend(BY_OFFICERS);
    here.extend(WITHOUT_STATE);
    here.sort_unstable();
    let all: BTreeSet<_> = SERVER_KINDS.iter().copied().collect();
    assert_eq!(here, all.into_iter().collect::<Vec<_>>());
}

#[test]
fn what_a_client_had_with_the_frames_since_is_what_a_fresh_fetch_gives() {
    let runtime = Runtime::new().unwrap();
    let mut story = runtime.block_on(Story::start());
    let seen = runtime.block_on(case(&mut story, &one_of_each())).unwrap();
    assert_eq!(seen, KINDS.map(str::to_owned).into());

    let story = RefCell::new(story);
    let config =
        Config { cases: 12, max_shrink_iters: 30, failure_persistence: None, ..Config::default() };
    let actions = proptest::collection::vec(action(), 20..40);
    let outcome = TestRunner::new(config).run(&actions, |actions| {
        runtime.block_on(case(&mut story.borrow_mut(), &actions)).map(drop)
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(why, actions)) => panic!("{why}\nafter {actions:#?}"),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

#[tokio::test]
async fn what_only_time_brings_is_kept_as_well() {
    let world = World::start(PROGRAM).await;
    let (paula, adler, _) = world.pair().await;
    adler.works_always().await;
    let mut clients = [Client::start(&paula).await, Client::start(&adler).await];
    // Far enough ahead to be booked on a busy machine, near enough to be waited for.
    let soon = chrono::Utc::now() + TimeDelta::seconds(3);
    let mut wish = booking(&adler.id(), 3);
    wish["starts_at"] = json!(soon);
    wish["ends_at"] = json!(soon + TimeDelta::minutes(5));
    let booked = paula.post("/api/appointments", &wish).await.expect(201);
    let id = booked["appointment_id"].as_str().unwrap();
    let open = json!({ "appointment_id": id });
    let opened = adler.post("/api/consultations", &open).await.expect(201);
    let consultation =
        format!("/api/consultations/{}", opened["consultation_id"].as_str().unwrap());
    let today = chrono::Utc::now().date_naive();
    let _ = adler.patch(&consultation, &json!({ "review_on": today })).await.expect(200);
    let path = format!("/api/appointments/{id}");
    let missed = json!({ "status": "no_show" });
    // Until it begins, nobody can say what became of it.
    eventually("the appointment begins", Duration::from_secs(30), async || {
        (adler.patch(&path, &missed).await.status == 200).then_some(())
    })
    .await;
    let _ = adler.patch(&path, &json!({ "status": "completed" })).await.expect(200);
    let _ = adler.post(&format!("{consultation}/sign"), &Value::Null).await.expect(200);
    // A server looks for what is due when it starts.
    let _second = world.setup.start().await;
    for client in &mut clients {
        while client.take().await != "review_due" {}
        assert!(WITH_TIME.iter().all(|kind| client.kinds.contains(*kind)), "{:?}", client.kinds);
        let fresh = Store::fetch(&client.user, client.feed.cursor()).await;
        assert_eq!(client.store, fresh);
    }
}

#[tokio::test]
async fn a_patient_whose_record_is_opened_has_what_a_fresh_fetch_gives() {
    let world = World::start(PROGRAM).await;
    let patient = world.server.sign_in("paula").await;
    let officer = world.server.sign_in("compliance").await;
    let mut client = Client::start(&patient).await;
    let wish = json!({ "patient_id": patient.id(), "reason": "A complaint." });
    let _ = officer.post("/api/audit/grants", &wish).await.expect(201);
    while client.take().await != BY_OFFICERS[0] {}
    let fresh = Store::fetch(&client.user, client.feed.cursor()).await;
    assert_eq!(client.store, fresh);
}
