//! A grant stops to open anything at its last instant, by the server's clock, and at once when it
//! is ended, whatever a read model still says.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use anamnesis::clock::{Clock, ClockHand};
use anamnesis::commands::break_glass::{BreakGlass, Wish};
use anamnesis::commands::{Executor, ExecutorSettings, Request};
use anamnesis::log::{Log, LogSettings, PostgresLog};
use anamnesis::policy::Actor;
use anamnesis::sealing::{MasterKey, Sealer, SealerSettings};
use anamnesis_domain::access_grant::Verdict;
use anamnesis_domain::{AccountId, GrantId, Role};
use anamnesis_projections::grants::{GrantFilter, GrantState, Grants, grants};
use anamnesis_projections::log::EventLog;
use anamnesis_projections::{Projection, Runner};
use anamnesis_testkit::TestDatabase;
use chrono::{TimeDelta, Utc};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
const PATIENT: AccountId = AccountId(Uuid::from_u128(1));

/// A hospital as far as break-glass goes.
struct Hospital {
    log: Arc<dyn Log>,
    break_glass: BreakGlass,
    runner: Runner,
    clock: Clock,
    hand: ClockHand,
    stop: CancellationToken,
    /// Ends the read model alone.
    reading: CancellationToken,
    database: TestDatabase,
    _folder: TempDir,
}

impl Hospital {
    async fn start() -> Self {
        let database = TestDatabase::create().await.unwrap();
        let (pool, stop) = (database.pool().clone(), CancellationToken::new());
        let tasks = TaskTracker::new();
        let log = PostgresLog::open(pool.clone(), LogSettings::default(), &tasks, stop.clone());
        let log: Arc<dyn Log> = log.await.unwrap();
        let settings = ExecutorSettings::default();
        let executor = Arc::new(Executor::new(Arc::clone(&log), None, settings));
        let events: Arc<dyn EventLog> = log.clone();
        let reading = stop.child_token();
        let models = vec![Arc::new(Grants) as Arc<dyn Projection>];
        let runner = Runner::start(pool.clone(), events, models, reading.clone());
        let (clock, hand) = Clock::manual(Utc::now());
        let folder = TempDir::new().unwrap();
        let master = MasterKey::load_or_create(&folder.path().join("master.key")).unwrap();
        let settings = SealerSettings::default();
        let sealer = Sealer::start(pool.clone(), &master, clock.clone(), settings);
        let (sealer, _) = sealer.await.unwrap();
        let break_glass = BreakGlass::new(executor, Arc::clone(&log), sealer, pool, clock.clone());
        Self { log, break_glass, runner, clock, hand, stop, reading, database, _folder: folder }
    }

    async fn open(&self, officer: &Request, minutes: Option<u32>) -> GrantId {
        let wish = Wish { patient_id: PATIENT, reason: "a complaint".to_owned(), minutes };
        let (grant_id, _) = self.break_glass.open(officer, wish).await.unwrap();
        self.caught_up().await;
        grant_id
    }

    async fn held(&self, officer: &Request) -> Option<GrantId> {
        let held = self.break_glass.held(&officer.actor, PATIENT).await.unwrap();
        held.map(|grant| grant.grant_id)
    }

    async fn caught_up(&self) {
        let head = *self.log.head().borrow();
        assert!(self.runner.wait_until(head, PATIENCE).await);
    }

    async fn listed(&self, state: GrantState) -> usize {
        let filter = GrantFilter { state: Some(state), ..GrantFilter::default() };
        let pool = self.database.pool();
        grants(pool, filter, self.clock.now(), None, 10).await.unwrap().len()
    }
}

impl Drop for Hospital {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn officer() -> Request {
    let (account_id, role) = (AccountId::new(), Role::Compliance);
    let actor = Actor { account_id, role, session_id: Uuid::new_v4() };
    Request { actor, request_id: Uuid::new_v4(), client_id: None }
}

#[tokio::test]
async fn a_grant_opens_nothing_from_its_last_instant_on() {
    let hospital = Hospital::start().await;
    let (officer, colleague) = (officer(), officer());
    assert_eq!(hospital.held(&officer).await, None);
    let grant = hospital.open(&officer, None).await;
    assert_eq!(hospital.held(&officer).await, Some(grant));
    assert_eq!(hospital.held(&colleague).await, None);
    hospital.hand.advance(TimeDelta::minutes(60) - TimeDelta::microseconds(1));
    assert_eq!(hospital.held(&officer).await, Some(grant));
    let open = hospital.listed(GrantState::Open).await;
    assert_eq!((open, hospital.listed(GrantState::ToReview).await), (1, 0));
    hospital.hand.advance(TimeDelta::microseconds(1));
    assert_eq!(hospital.held(&officer).await, None);
    let open = hospital.listed(GrantState::Open).await;
    assert_eq!((open, hospital.listed(GrantState::ToReview).await), (0, 1));
    let review = hospital.break_glass.review(&colleague, grant, Verdict::Justified, None);
    assert_eq!(review.await.unwrap().events.len(), 1);
}

#[tokio::test]
async fn a_grant_that_was_ended_opens_nothing_whatever_the_read_model_says() {
    let hospital = Hospital::start().await;
    let officer = officer();
    let grant = hospital.open(&officer, Some(240)).await;
    assert_eq!(hospital.held(&officer).await, Some(grant));
    // From here on the read model stands still.
    hospital.reading.cancel();
    hospital.runner.join().await;
    hospital.break_glass.end(&officer, grant).await.unwrap();
    assert_eq!(hospital.held(&officer).await, None);
    assert_eq!(hospital.listed(GrantState::Open).await, 1, "it does not know");
}

#[tokio::test]
async fn of_several_grants_the_longest_counts_and_places_are_free_again_with_time() {
    let hospital = Hospital::start().await;
    let officer = officer();
    let _short = hospital.open(&officer, Some(1)).await;
    let long = hospital.open(&officer, Some(2)).await;
    assert_eq!(hospital.held(&officer).await, Some(long));
    for _ in 2..10 {
        hospital.open(&officer, Some(1)).await;
    }
    let wish = Wish { patient_id: PATIENT, reason: "one more".to_owned(), minutes: None };
    assert!(hospital.break_glass.open(&officer, wish).await.is_err());
    hospital.hand.advance(TimeDelta::minutes(1));
    hospital.open(&officer, Some(1)).await;
}
