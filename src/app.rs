//! The server's parts, put together.

use crate::as_of::AsOf;
use crate::auth::{
    AccessTokenSettings, AccessTokens, Credentials, PasswordSettings, Passwords, RevocationSignal,
    Revocations, SessionSettings, Sessions, SignInLimiter, SignInLimits, SigningKeySettings,
    SigningKeys, TicketSettings, Tickets,
};
use crate::clock::Clock;
use crate::commands::audit_desk::AuditDesks;
use crate::commands::booking::Bookings;
use crate::commands::break_glass::BreakGlass;
use crate::commands::calendar::Calendar;
use crate::commands::consulting::Consultings;
use crate::commands::conversation::Conversations;
use crate::commands::look_ups::LookUps;
use crate::commands::notices::Inboxes;
use crate::commands::people::People;
use crate::commands::registration::Registrations;
use crate::commands::schedule::Schedules;
use crate::commands::signing_in::SignIns;
use crate::commands::{Executed, Executor, ExecutorSettings};
use crate::config::{Config, Limits};
use crate::disclosure::{Gateway, Identities};
use crate::http::error::ApiError;
use crate::http::my_data::Downloads;
use crate::live::{Foundations, Live, LiveSettings};
use crate::log::snapshots::Snapshots;
use crate::log::{Log, LogSettings, PostgresLog};
use crate::pictures::Pictures;
use crate::reactors::{KeyRecorder, ReviewReminder, RoomOpener, SessionEnder, SessionRecorder};
use crate::sealing::{MasterKey, Sealer, SealerSettings};
use anamnesis_domain::account::Status;
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::accounts::Accounts;
use anamnesis_projections::grants::Grants;
use anamnesis_projections::trail::Trail;
use anamnesis_projections::{Runner, accounts};
use axum::http::StatusCode;
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long a response waits for the read models to show what it did. A client that reads next
/// then sees its own write; beyond that it may have to look twice.
const SETTLE_MAX: Duration = Duration::from_secs(2);
/// Replays at a time: each keeps a processor and the database busy.
const REPLAYS_MAX: usize = 4;
/// How often what is over is cleared away.
const SWEEP_EVERY: Duration = Duration::from_mins(5);

/// Everything that handlers use. One per process.
#[expect(missing_docs, reason = "each part is documented where it comes from")]
pub struct App {
    pub config: Config,
    pub clock: Clock,
    pub pool: PgPool,
    pub stop: CancellationToken,
    pub log: Arc<dyn Log>,
    pub sealer: Sealer,
    pub gateway: Arc<Gateway>,
    pub passwords: Passwords,
    pub credentials: Credentials,
    pub sessions: Sessions,
    pub signing_keys: SigningKeys,
    pub access_tokens: AccessTokens,
    pub tickets: Tickets,
    pub revocations: Revocations,
    pub sign_in_limiter: SignInLimiter,
    pub sign_ins: SignIns,
    pub conversations: Conversations,
    pub bookings: Bookings,
    pub inboxes: Inboxes,
    pub look_ups: LookUps,
    pub as_of: AsOf,
    pub break_glass: BreakGlass,
    pub audit_desks: AuditDesks,
    pub consultings: Consultings,
    pub calendar: Calendar,
    pub schedules: Schedules,
    pub registrations: Registrations,
    pub people: People,
    pub pictures: Pictures,
    pub runner: Arc<Runner>,
    pub live: Arc<Live>,
    /// Has a permit for each socket that may be open without having said hello.
    pub sockets_at_the_door: Arc<Semaphore>,
    /// Has a permit for each replay of the log that may run at a time.
    pub replays: Arc<Semaphore>,
    /// What patients download at the moment.
    pub downloads: Arc<Downloads>,
}

/// The server could not be put together.
#[derive(Debug, thiserror::Error)]
#[error("{part}: {source}")]
pub struct StartError {
    part: &'static str,
    source: Box<dyn std::error::Error + Send + Sync>,
}

fn part<E>(part: &'static str) -> impl FnOnce(E) -> StartError
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    move |source| StartError { part, source: source.into() }
}

fn live_settings(limits: &Limits) -> LiveSettings {
    LiveSettings {
        connected_max: limits.sockets_max,
        per_account_max: limits.sockets_per_account_max,
        outbox_bytes_max: limits.socket_outbound_bytes_max,
        ..LiveSettings::default()
    }
}

async fn open_log(
    pool: &PgPool,
    limits: &Limits,
    tasks: &TaskTracker,
    halt: &CancellationToken,
) -> Result<Arc<PostgresLog>, StartError> {
    let settings = LogSettings {
        waiting_max: limits.commands_waiting_max,
        batch_events_max: limits.append_batch_max,
    };
    let log = PostgresLog::open(pool.clone(), settings, tasks, halt.clone());
    log.await.map_err(part("the log"))
}

fn executor(log: &Arc<dyn Log>, pool: &PgPool, limits: &Limits) -> Executor {
    let settings = ExecutorSettings {
        running_max: limits.commands_waiting_max,
        ..ExecutorSettings::default()
    };
    let snapshots = Snapshots::new(pool.clone());
    Executor::new(Arc::clone(log), Some(&snapshots), settings)
}

fn consultings(
    executor: &Arc<Executor>,
    sealer: &Sealer,
    pool: &PgPool,
    clock: &Clock,
) -> Consultings {
    Consultings::new(Arc::clone(executor), sealer.clone(), pool.clone(), clock.clone())
}

fn break_glass(
    executor: &Arc<Executor>,
    log: &Arc<dyn Log>,
    sealer: &Sealer,
    pool: &PgPool,
    clock: &Clock,
) -> BreakGlass {
    let (executor, log) = (Arc::clone(executor), Arc::clone(log));
    BreakGlass::new(executor, log, sealer.clone(), pool.clone(), clock.clone())
}

fn sessions(pool: &PgPool, master: &MasterKey, clock: &Clock) -> Result<Sessions, StartError> {
    let settings = SessionSettings::default();
    Sessions::new(pool.clone(), master, clock.clone(), settings).map_err(part("sessions"))
}

impl App {
    /// Puts the server together over a migrated database. With `stop` it says goodbye to its
    /// clients; its tasks run on `tasks` until `halt`.
    pub async fn start(
        config: Config,
        pool: PgPool,
        master: &MasterKey,
        tasks: &TaskTracker,
        stop: &CancellationToken,
        halt: &CancellationToken,
    ) -> Result<Arc<Self>, StartError> {
        let clock = Clock::system();
        let limits = &config.limits;
        let log: Arc<dyn Log> = open_log(&pool, limits, tasks, halt).await?;
        let sealer = Sealer::start(pool.clone(), master, clock.clone(), SealerSettings::default());
        let (sealer, opener) = sealer.await.map_err(part("the master key"))?;
        let opener = Arc::new(opener);
        let executor = Arc::new(executor(&log, &pool, limits));

        let models = crate::read_models::all(Identities::new(Arc::clone(&opener)));
        let runner = Arc::new(Runner::start(pool.clone(), log.clone(), models, halt.clone()));
        let past = crate::read_models::of_records(Identities::new(Arc::clone(&opener)));
        runner.run_reactor(Arc::new(RoomOpener::new(Arc::clone(&executor))));
        let reminder = ReviewReminder::new(Arc::clone(&executor), pool.clone(), clock.clone());
        tasks.spawn(reminder.run(halt.clone()));

        let gateway = Arc::new(Gateway::new(opener, Arc::clone(&executor)));
        let on = Foundations {
            log: Arc::clone(&log),
            pool: pool.clone(),
            opener: gateway.feed_opener(),
            runner: Arc::clone(&runner),
            clock: clock.clone(),
        };
        let live = Live::start(on, live_settings(limits), tasks, stop, halt);

        let signing_keys =
            SigningKeys::start(pool.clone(), master, clock.clone(), SigningKeySettings::default());
        let signing_keys = signing_keys.await.map_err(part("the signing keys"))?;
        let passwords =
            Passwords::new(PasswordSettings::default()).map_err(part("password hashing"))?;
        let credentials = Credentials::new(pool.clone(), clock.clone());
        let sessions = sessions(&pool, master, &clock)?;
        runner.run_reactor(Arc::new(SessionEnder::new(sessions.clone())));
        let revocations = Revocations::new(pool.clone(), clock.clone());
        let recorder =
            SessionRecorder::new(Arc::clone(&executor), sessions.clone(), revocations.clone());
        tasks.spawn(recorder.run(halt.clone()));
        tasks.spawn(KeyRecorder::new(Arc::clone(&executor), pool.clone()).run(halt.clone()));
        let app = Arc::new(Self {
            clock: clock.clone(),
            access_tokens: AccessTokens::new(
                signing_keys.clone(),
                clock.clone(),
                AccessTokenSettings::default(),
            ),
            tickets: Tickets::new(pool.clone(), clock.clone(), TicketSettings::default()),
            revocations,
            sockets_at_the_door: Arc::new(Semaphore::new(limits.sockets_max)),
            replays: Arc::new(Semaphore::new(REPLAYS_MAX)),
            downloads: Arc::default(),
            sign_in_limiter: SignInLimiter::new(
                clock.clone(),
                SignInLimits::new(limits.sign_ins_per_minute, limits.sign_ins_per_name),
            ),
            sign_ins: SignIns::new(Arc::clone(&executor), sessions.clone()),
            conversations: Conversations::new(
                Arc::clone(&executor),
                sealer.clone(),
                live.rooms().clone(),
            ),
            inboxes: Inboxes::new(Arc::clone(&executor)),
            look_ups: LookUps::new(Arc::clone(&executor)),
            as_of: AsOf::new(pool.clone(), Arc::clone(&log), past),
            break_glass: break_glass(&executor, &log, &sealer, &pool, &clock),
            audit_desks: AuditDesks::new(Arc::clone(&executor), sealer.clone()),
            bookings: Bookings::new(Arc::clone(&executor), sealer.clone(), clock.clone()),
            consultings: consultings(&executor, &sealer, &pool, &clock),
            calendar: Calendar::new(Arc::clone(&executor), sealer.clone(), clock.clone()),
            schedules: Schedules::new(Arc::clone(&executor), clock.clone()),
            people: People::new(
                Arc::clone(&executor),
                Arc::clone(&log),
                sealer.clone(),
                sessions.clone(),
            ),
            pictures: Pictures::new(pool.clone(), sealer.clone(), Arc::clone(&gateway)),
            registrations: Registrations::new(
                executor,
                sealer.clone(),
                passwords.clone(),
                credentials.clone(),
            ),
            stop: stop.clone(),
            config,
            pool,
            log,
            sealer,
            gateway,
            passwords,
            credentials,
            sessions,
            signing_keys,
            runner,
            live,
        });
        tasks.spawn(Arc::clone(&app).end_revoked());
        tasks.spawn(Arc::clone(&app).sweep());
        let (revocations, until) = (app.revocations.clone(), halt.clone());
        tasks.spawn(async move { revocations.listen(until).await });
        Ok(app)
    }

    /// Waits until the read models show what was done, for a bounded time.
    pub async fn settle(&self, executed: &Executed) {
        if let Some(position) = executed.position() {
            self.shows(position).await;
        }
    }

    /// Waits until the read models show everything up to `position`, for a bounded time. Whether
    /// they do.
    pub async fn shows(&self, position: u64) -> bool {
        self.runner.wait_until(position, SETTLE_MAX).await
    }

    /// Waits until the trail has everything up to `position`, with the names in it, for a bounded
    /// time. Whether it has.
    pub async fn tells(&self, position: u64) -> bool {
        self.runner.wait_until_named(&[Trail::NAME, Accounts::NAME], position, SETTLE_MAX).await
    }

    /// The same, and that the grants are as they were then.
    pub async fn tells_of_openings(&self, position: u64) -> bool {
        let names = [Trail::NAME, Accounts::NAME, Grants::NAME];
        self.runner.wait_until_named(&names, position, SETTLE_MAX).await
    }

    /// Waits until the reactors have acted on what was done, and the read models show that.
    pub async fn settle_reactions(&self, executed: &Executed) {
        if let Some(position) = executed.position() {
            self.runner.wait_until_named(&[RoomOpener::NAME], position, SETTLE_MAX).await;
            let head = *self.log.head().borrow();
            self.runner.wait_until(head, SETTLE_MAX).await;
        }
    }

    /// Whether this is a doctor who can be booked; anybody else is not found.
    pub async fn doctor(&self, account: AccountId) -> Result<(), ApiError> {
        let found = accounts::account_by_id(&self.pool, account).await?;
        let bookable = |account: &accounts::Account| {
            account.role == Role::Doctor && account.status == Status::Active
        };
        if found.as_ref().is_some_and(bookable) {
            return Ok(());
        }
        Err(Self::no_such_doctor())
    }

    /// Whether this is a patient, also one whose account is not in use; anybody else is not found.
    pub async fn patient(&self, account: AccountId) -> Result<(), ApiError> {
        let found = accounts::account_by_id(&self.pool, account).await?;
        if found.is_some_and(|account| account.role == Role::Patient) {
            return Ok(());
        }
        Err(ApiError::new(StatusCode::NOT_FOUND, "patient_not_found", "there is no such patient"))
    }

    /// Nobody, or nobody who can be booked.
    #[must_use]
    pub fn no_such_doctor() -> ApiError {
        ApiError::new(StatusCode::NOT_FOUND, "doctor_not_found", "there is no such doctor")
    }

    /// Ends the clients of sessions that are ended, as soon as that is known.
    async fn end_revoked(self: Arc<Self>) {
        let mut signals = self.revocations.subscribe();
        loop {
            let signal = tokio::select! {
                () = self.stop.cancelled() => return,
                signal = signals.recv() => signal,
            };
            match signal {
                Ok(RevocationSignal::Revoked(session)) => self.live.hub().end_session(session.0),
                Ok(RevocationSignal::RecheckAll) | Err(RecvError::Lagged(_)) => {
                    self.recheck_sessions().await;
                }
                Err(RecvError::Closed) => return,
            }
        }
    }

    /// News may have been missed. A session that can not be asked about is left for the next
    /// signal, which comes when the database answers again.
    async fn recheck_sessions(&self) {
        for session in self.live.hub().sessions() {
            let active = self.revocations.is_active(crate::auth::SessionId(session)).await;
            if matches!(active, Ok(false)) {
                self.live.hub().end_session(session);
            }
        }
    }

    async fn sweep(self: Arc<Self>) {
        loop {
            tokio::select! {
                () = self.stop.cancelled() => return,
                () = tokio::time::sleep(SWEEP_EVERY) => {}
            }
            self.sign_in_limiter.forget_idle();
            if let Err(error) = self.sessions.sweep().await {
                tracing::warn!(%error, "what is over could not be cleared away");
            }
        }
    }
}
