//! The writing half of the server inside this process: log, sealer, executor, use cases.

use crate::Outcome;
use crate::clinic::{self, SLOT_MINUTES, ZONE};
use crate::hospital::Pair;
use crate::load::BODY;
use anamnesis::auth::Sessions;
use anamnesis::clock::Clock;
use anamnesis::commands::booking::Bookings;
use anamnesis::commands::conversation::{Conversations, Say};
use anamnesis::commands::schedule::Schedules;
use anamnesis::commands::signing_in::SignIns;
use anamnesis::commands::{Command, Context, Executor, ExecutorSettings, Request};
use anamnesis::disclosure::Identities;
use anamnesis::live::Rooms;
use anamnesis::log::snapshots::Snapshots;
use anamnesis::log::{Log, LogSettings, PostgresLog};
use anamnesis::policy::{Action, Actor, authorise_room};
use anamnesis::sealing::{MasterKey, Opener, Sealer, SealerSettings};
use anamnesis_domain::chat_room::ChatRoomCommand;
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::log::Metadata;
use futures_util::{StreamExt, TryStreamExt, stream};
use sqlx::PgPool;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// Rooms opened at a time.
const AT_ONCE: usize = 100;

pub(crate) struct Engine {
    pub(crate) log: Arc<PostgresLog>,
    pub(crate) sealer: Sealer,
    opener: Arc<Opener>,
    pub(crate) bookings: Bookings,
    executor: Arc<Executor>,
    conversations: Conversations,
    tasks: TaskTracker,
    halt: CancellationToken,
}

impl Engine {
    pub(crate) async fn start(pool: &PgPool, master: &MasterKey) -> Outcome<Self> {
        let (tasks, halt) = (TaskTracker::new(), CancellationToken::new());
        let settings = LogSettings::default();
        let log = PostgresLog::open(pool.clone(), settings, &tasks, halt.clone()).await?;
        let settings = SealerSettings::default();
        let (sealer, opener) =
            Sealer::start(pool.clone(), master, Clock::system(), settings).await?;
        let port: Arc<dyn Log> = log.clone();
        let snapshots = Snapshots::new(pool.clone());
        let settings = ExecutorSettings::default();
        let executor = Arc::new(Executor::new(Arc::clone(&port), Some(&snapshots), settings));
        let conversations =
            Conversations::new(Arc::clone(&executor), sealer.clone(), Rooms::new(port));
        let bookings = Bookings::new(Arc::clone(&executor), sealer.clone(), Clock::system());
        let opener = Arc::new(opener);
        Ok(Self { log, sealer, opener, bookings, executor, conversations, tasks, halt })
    }

    /// What the read model of accounts opens names with.
    pub(crate) fn identities(&self) -> Identities {
        Identities::new(Arc::clone(&self.opener))
    }

    /// Opens the rooms.
    pub(crate) async fn open_rooms(&self, pairs: &[Pair]) -> Outcome<()> {
        let opening = pairs.iter().map(|pair| self.open_room(*pair));
        stream::iter(opening).buffer_unordered(AT_ONCE).try_collect().await
    }

    async fn open_room(&self, pair: Pair) -> Outcome<()> {
        let (patient_id, doctor_id) = (pair.people.patient_id, pair.people.doctor_id);
        let open = ChatRoomCommand::OpenRoom { patient_id, doctor_id };
        let context = Context::new(Metadata::default());
        self.executor.execute(&context, vec![Command::ChatRoom(pair.room, open)]).await?;
        Ok(())
    }

    /// Says when a doctor works.
    pub(crate) async fn set_hours(&self, doctor: AccountId) -> Outcome<()> {
        let schedules = Schedules::new(self.executor(), Clock::system());
        schedules.seed(doctor, ZONE, SLOT_MINUTES, clinic::week()).await?;
        Ok(())
    }

    /// Says something as the patient, with a client's id, as a socket would.
    pub(crate) async fn post(&self, pair: Pair, session_id: Uuid) -> Outcome<()> {
        let account_id = pair.people.patient_id;
        let actor = Actor { account_id, role: Role::Patient, session_id };
        let room = authorise_room(actor, Action::PostMessage, pair.room, Some(pair.people), None)?;
        let (request_id, client_id) = (Uuid::now_v7(), Some(Uuid::new_v4()));
        let request = Request { actor, request_id, client_id };
        let say = Say::Post { body: BODY.to_owned() };
        self.conversations.say(&request, &room, say).await?;
        Ok(())
    }

    /// Lets people in, as the server does once it knows who they are.
    pub(crate) fn sign_ins(&self, sessions: &Sessions) -> SignIns {
        SignIns::new(self.executor(), sessions.clone())
    }

    pub(crate) fn executor(&self) -> Arc<Executor> {
        Arc::clone(&self.executor)
    }

    /// Lets the log finish what is queued.
    pub(crate) async fn stop(self) {
        self.halt.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}
