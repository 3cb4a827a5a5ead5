//! The doctor is reminded of a review when its day has come, by the server's clock.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use anamnesis::clock::{Clock, ClockHand};
use anamnesis::commands::{Command, Context, Executor, ExecutorSettings};
use anamnesis::log::{Log, LogSettings, PostgresLog};
use anamnesis::reactors::ReviewReminder;
use anamnesis_domain::consultation::{Change, ConsultationCommand as Ask, SectionChanges};
use anamnesis_domain::{AccountId, AppointmentId, ConsultationId};
use anamnesis_projections::Runner;
use anamnesis_projections::consultations::{Consultations, consultation};
use anamnesis_projections::log::{EventLog, Metadata};
use anamnesis_testkit::TestDatabase;
use chrono::{DateTime, NaiveDate, TimeDelta};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
const PATIENT: AccountId = AccountId(Uuid::from_u128(1));
const DOCTOR: AccountId = AccountId(Uuid::from_u128(2));

/// A hospital as far as reviews go, at noon on the first of May.
struct Hospital {
    log: Arc<dyn Log>,
    executor: Arc<Executor>,
    runner: Runner,
    reminder: ReviewReminder,
    hand: ClockHand,
    stop: CancellationToken,
    /// Ends the read model alone.
    reading: CancellationToken,
    database: TestDatabase,
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
        let models = vec![Arc::new(Consultations) as Arc<dyn anamnesis_projections::Projection>];
        let reading = stop.child_token();
        let runner = Runner::start(pool.clone(), events, models, reading.clone());
        let noon = DateTime::parse_from_rfc3339("2030-05-01T12:00:00Z").unwrap();
        let (clock, hand) = Clock::manual(noon.to_utc());
        let reminder = ReviewReminder::new(Arc::clone(&executor), pool, clock);
        Self { log, executor, runner, reminder, hand, stop, reading, database }
    }

    async fn ask(&self, id: ConsultationId, ask: Ask) {
        let context = Context::new(Metadata::default());
        self.executor.execute(&context, vec![Command::Consultation(id, ask)]).await.unwrap();
    }

    /// A consultation that is to be reviewed on this day of May, not signed yet.
    async fn consult(&self, day: u32) -> ConsultationId {
        let appointment_id = AppointmentId::new();
        let id = ConsultationId::of_appointment(appointment_id);
        let (patient_id, doctor_id, by) = (PATIENT, DOCTOR, DOCTOR);
        self.ask(id, Ask::OpenConsultation { appointment_id, patient_id, doctor_id, by }).await;
        let review_on = Change::Set(may(day));
        let changes = SectionChanges { review_on, ..SectionChanges::default() };
        self.ask(id, Ask::SaveDraft { by, changes }).await;
        id
    }

    async fn sign(&self, id: ConsultationId) {
        self.ask(id, Ask::SignConsultation { by: DOCTOR }).await;
    }

    /// How many consultations are told, once the read model has everything.
    async fn remind(&self) -> usize {
        self.caught_up().await;
        self.reminder.remind().await.unwrap()
    }

    async fn caught_up(&self) {
        let head = *self.log.head().borrow();
        assert!(self.runner.wait_until(head, PATIENCE).await);
    }
}

impl Drop for Hospital {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn may(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2030, 5, day).unwrap()
}

#[tokio::test]
async fn a_review_is_told_once_when_its_day_has_come() {
    let hospital = Hospital::start().await;
    let id = hospital.consult(2).await;
    hospital.sign(id).await;
    assert_eq!(hospital.remind().await, 0, "it is the day before");
    hospital.hand.advance(TimeDelta::hours(13));
    assert_eq!(hospital.remind().await, 1, "it is one o'clock on the day");
    assert_eq!(hospital.remind().await, 0, "it was told");
    hospital.caught_up().await;
    let found = consultation(hospital.database.pool(), id).await.unwrap().unwrap();
    assert!(found.reminded.contains(&may(2)));
}

#[tokio::test]
async fn what_the_read_model_does_not_show_as_told_is_not_told_twice() {
    let hospital = Hospital::start().await;
    let id = hospital.consult(1).await;
    hospital.sign(id).await;
    hospital.caught_up().await;
    // From here on the read model stands still.
    hospital.reading.cancel();
    hospital.runner.join().await;
    assert_eq!(hospital.reminder.remind().await.unwrap(), 1);
    assert_eq!(hospital.reminder.remind().await.unwrap(), 0);
    let found = consultation(hospital.database.pool(), id).await.unwrap().unwrap();
    assert!(found.reminded.is_empty(), "it does not show it");
}

#[tokio::test]
async fn drafts_and_deleted_consultations_remind_nobody_and_a_late_start_makes_up() {
    let hospital = Hospital::start().await;
    let draft = hospital.consult(2).await;
    let deleted = hospital.consult(2).await;
    hospital.sign(deleted).await;
    hospital.ask(deleted, Ask::DeleteConsultation { by: DOCTOR }).await;
    hospital.hand.advance(TimeDelta::days(30));
    assert_eq!(hospital.remind().await, 0);
    hospital.sign(draft).await;
    for _more in 0..120 {
        let id = hospital.consult(3).await;
        hospital.sign(id).await;
    }
    assert_eq!(hospital.remind().await, 121, "also those of more than one batch");
}
