//! Carries command lists out.

use super::repository::Repository;
use super::unit::{Part, Snapshot, evict};
use super::{Command, Context, Refusal};
use crate::log::snapshots::Snapshots;
use crate::log::{Append, AppendError, Log, StreamAppend};
use anamnesis_domain::access_grant::AccessGrant;
use anamnesis_domain::account::Account;
use anamnesis_domain::appointment::Appointment;
use anamnesis_domain::audit_desk::AuditDesk;
use anamnesis_domain::chat_room::ChatRoom;
use anamnesis_domain::consultation::Consultation;
use anamnesis_domain::doctor_day::DoctorDay;
use anamnesis_domain::doctor_schedule::DoctorSchedule;
use anamnesis_domain::inbox::Inbox;
use anamnesis_domain::login_name::LoginName;
use anamnesis_domain::session::Session;
use anamnesis_domain::sign_in::SignIn;
use anamnesis_domain::{AccountId, AppointmentId, ConsultationId};
use anamnesis_projections::log::{ReadError, RecordedEvent};
use quick_cache::sync::Cache;
use std::sync::Arc;
use tokio::sync::Semaphore;
use uuid::Uuid;

/// How often a command is decided again because somebody else was faster.
const ATTEMPTS_MAX: usize = 24;

/// Bounds of the executor.
#[derive(Clone, Copy, Debug)]
pub struct ExecutorSettings {
    /// Aggregates of each type kept in memory.
    pub cached_max: usize,
    /// Commands carried out at a time; one more is refused with [`ExecuteError::Overloaded`].
    /// At most what the log's queue holds.
    pub running_max: usize,
    /// Client ids whose first result is remembered in memory. Older ones are asked of the log.
    pub recent_max: usize,
}

impl Default for ExecutorSettings {
    fn default() -> Self {
        Self { cached_max: 50_000, running_max: 4096, recent_max: 100_000 }
    }
}

/// What a command list led to.
#[derive(Clone, Debug)]
pub struct Executed {
    /// The events, durable. None when everything was so already. Of a retry, the first event of
    /// the first time.
    pub events: Vec<Arc<RecordedEvent>>,
    /// Whether this is the result of an earlier attempt with the same client id.
    pub replayed: bool,
}

impl Executed {
    /// The position that a read model must have passed to show the result.
    #[must_use]
    pub fn position(&self) -> Option<u64> {
        self.events.last().map(|event| event.position)
    }
}

/// Why a command list was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ExecuteError {
    /// The rules say no. Nothing was written.
    #[error(transparent)]
    Refused(Refusal),
    /// The client's id was used before, for something else. Nothing was written.
    #[error("the client id was used before, with other content")]
    ClientIdReused,
    /// Others kept being faster. Nothing was written.
    #[error("too many others are writing to the same place")]
    Contended,
    /// More commands are being carried out than the server takes on. Nothing was written.
    #[error("too many commands are being carried out")]
    Overloaded,
    /// The log can not be reached. Nothing was written.
    #[error("the log can not be reached")]
    Unavailable,
    /// It may or may not have been written: retry with the same client id.
    #[error("it is not known whether the command was carried out")]
    OutcomeUnknown,
    /// The log could not be read. Nothing was written.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// An event could not be written as JSON. Nothing was written.
    #[error("an event can not be serialised")]
    Unserialisable(#[from] serde_json::Error),
}

/// The aggregates, by type.
#[derive(Debug)]
pub(super) struct Repositories {
    pub(super) accounts: Repository<Account>,
    pub(super) rooms: Repository<ChatRoom>,
    pub(super) appointments: Repository<Appointment>,
    pub(super) doctor_days: Repository<DoctorDay>,
    pub(super) login_names: Repository<LoginName>,
    pub(super) consultations: Repository<Consultation>,
    pub(super) doctor_schedules: Repository<DoctorSchedule>,
    pub(super) inboxes: Repository<Inbox>,
    pub(super) sessions: Repository<Session>,
    pub(super) sign_ins: Repository<SignIn>,
    pub(super) access_grants: Repository<AccessGrant>,
    pub(super) audit_desks: Repository<AuditDesk>,
}

/// Carries commands out against one log. One per process.
pub struct Executor {
    log: Arc<dyn Log>,
    repositories: Repositories,
    recent: Cache<Uuid, Arc<RecordedEvent>>,
    running: Semaphore,
}

enum Attempt {
    Done(Executed),
    /// Somebody else wrote in the meantime: decide again.
    Outdated,
}

impl Executor {
    /// An executor on this log. Without `snapshots`, cold aggregates are folded from their
    /// first event.
    #[must_use]
    pub fn new(
        log: Arc<dyn Log>,
        snapshots: Option<&Snapshots>,
        settings: ExecutorSettings,
    ) -> Self {
        let cached = settings.cached_max;
        Self {
            log,
            repositories: Repositories {
                accounts: Repository::new(cached, snapshots.cloned()),
                rooms: Repository::new(cached, snapshots.cloned()),
                appointments: Repository::new(cached, snapshots.cloned()),
                doctor_days: Repository::new(cached, snapshots.cloned()),
                login_names: Repository::new(cached, snapshots.cloned()),
                consultations: Repository::new(cached, snapshots.cloned()),
                doctor_schedules: Repository::new(cached, snapshots.cloned()),
                inboxes: Repository::new(cached, snapshots.cloned()),
                sessions: Repository::new(cached, snapshots.cloned()),
                sign_ins: Repository::new(cached, snapshots.cloned()),
                access_grants: Repository::new(cached, snapshots.cloned()),
                audit_desks: Repository::new(cached, snapshots.cloned()),
            },
            recent: Cache::new(settings.recent_max),
            running: Semaphore::new(settings.running_max),
        }
    }

    /// Carries the commands out, together or not at all, and answers when their events are
    /// durable. Each is for another aggregate; the first is the one that a retry is recognised
    /// by. Lists that share aggregates must name them in the same order (they are locked).
    ///
    /// A caller who stops waiting leaves no half command: either nothing was queued yet, or the
    /// whole list is carried out.
    pub async fn execute(
        &self,
        context: &Context,
        commands: Vec<Command>,
    ) -> Result<Executed, ExecuteError> {
        if context.metadata.client_id.is_some()
            && let Some(first) = self.recent.get(&context.event_id)
        {
            return replay(context, first);
        }
        let _running = self.running.try_acquire().map_err(|_| ExecuteError::Overloaded)?;
        for attempt in 0..ATTEMPTS_MAX {
            match self.attempt(context, &commands, attempt == 0).await? {
                Attempt::Done(executed) => return Ok(executed),
                Attempt::Outdated => metrics::counter!("commands_decided_again").increment(1),
            }
        }
        Err(ExecuteError::Contended)
    }

    /// An appointment and its version, as they are now: what is put together from them is
    /// executed with [`Context::at_version`].
    pub async fn appointment(&self, id: AppointmentId) -> Result<(Appointment, u64), ReadError> {
        self.repositories.appointments.look(&*self.log, &id.to_string()).await
    }

    /// A consultation and its version, likewise.
    pub async fn consultation(&self, id: ConsultationId) -> Result<(Consultation, u64), ReadError> {
        self.repositories.consultations.look(&*self.log, &id.to_string()).await
    }

    /// A doctor's schedule and its version, likewise.
    pub async fn schedule(&self, doctor: AccountId) -> Result<(DoctorSchedule, u64), ReadError> {
        self.repositories.doctor_schedules.look(&*self.log, &doctor.to_string()).await
    }

    /// The `first` one takes for granted that what is to begin is not there.
    async fn attempt(
        &self,
        context: &Context,
        commands: &[Command],
        first: bool,
    ) -> Result<Attempt, ExecuteError> {
        let mut parts = Vec::with_capacity(commands.len());
        let mut refusal = None;
        for command in commands {
            let begins = first && command.begins();
            let told = Part::decide(&self.repositories, &*self.log, command.clone(), begins);
            let (part, mut decided) = told.await?;
            let asked = context.if_version.filter(|_| parts.is_empty());
            if asked.is_some_and(|version| version != part.version()) {
                decided = Err(Refusal::Outdated);
            }
            parts.push(part);
            if let Err(refused) = decided {
                refusal = Some(refused);
                break;
            }
        }
        let streams = match refusal {
            // Also a refusal must not rest on an old version.
            Some(_) => parts.last().map(Part::assertion).into_iter().collect(),
            None => appends(context, &mut parts)?,
        };
        let lineages: Vec<u64> = parts.iter().map(Part::lineage).collect();
        let writes = streams.iter().any(|part| !part.events.is_empty());
        let pending = self.log.enqueue(Append { streams }).map_err(|error| error_of(&error))?;
        // From here on the list is carried out, whoever waits for it. What was only assumed stays
        // locked until the log has confirmed it, and is loaded the next time if it does not.
        let (mut assumed, mut snapshots) = (Vec::new(), Vec::<Snapshot>::new());
        for part in parts {
            match part.is_assumed() {
                _ if refusal.is_some() => part.release(),
                true => assumed.push(part),
                false => snapshots.extend(part.put_back()),
            }
        }
        let outcome = pending.await.unwrap_or(Err(AppendError::OutcomeUnknown));
        for part in assumed {
            if outcome.is_ok() {
                snapshots.extend(part.put_back());
            }
        }
        match outcome {
            Ok(events) if writes => {
                self.remember(context, &events);
                for snapshot in snapshots {
                    snapshot.keep(&self.repositories);
                }
                Ok(Attempt::Done(Executed { events, replayed: false }))
            }
            Ok(_) => self.without_events(context, refusal).await,
            Err(error) => {
                for (command, lineage) in commands.iter().zip(lineages) {
                    evict(&self.repositories, command, lineage).await;
                }
                match error {
                    AppendError::VersionConflict { .. } => Ok(Attempt::Outdated),
                    AppendError::DuplicateEvent { .. } => self.first_result(context).await,
                    other => Err(error_of(&other)),
                }
            }
        }
    }

    /// Nothing was to be written. If that is because the same was asked before, the first
    /// result is the answer, even where the rules would refuse it by now.
    async fn without_events(
        &self,
        context: &Context,
        refusal: Option<Refusal>,
    ) -> Result<Attempt, ExecuteError> {
        if context.metadata.client_id.is_some()
            && let Some(first) = self.log.find_event(context.event_id).await?
        {
            return replay(context, first).map(Attempt::Done);
        }
        match refusal {
            Some(refusal) => Err(ExecuteError::Refused(refusal)),
            None => Ok(Attempt::Done(Executed { events: Vec::new(), replayed: false })),
        }
    }

    async fn first_result(&self, context: &Context) -> Result<Attempt, ExecuteError> {
        match self.log.find_event(context.event_id).await? {
            Some(first) => replay(context, first).map(Attempt::Done),
            // It was another copy of this command, still on its way; it is decided again.
            None => Ok(Attempt::Outdated),
        }
    }

    fn remember(&self, context: &Context, events: &[Arc<RecordedEvent>]) {
        if context.metadata.client_id.is_some()
            && let Some(first) = events.first()
        {
            self.recent.insert(first.event_id, Arc::clone(first));
        }
    }
}

fn appends(context: &Context, parts: &mut [Part]) -> Result<Vec<StreamAppend>, serde_json::Error> {
    let metadata: Arc<str> = serde_json::to_string(&context.metadata)?.into();
    parts
        .iter_mut()
        .enumerate()
        .map(|(index, part)| {
            let mut id = context.event_id(index);
            part.append(|| {
                let this = id;
                id = Uuid::new_v5(&id, b"next");
                (this, Arc::clone(&metadata))
            })
        })
        .collect()
}

/// The first result of a command, if this is the same command.
fn replay(context: &Context, first: Arc<RecordedEvent>) -> Result<Executed, ExecuteError> {
    let before = first.metadata()?;
    if before.fingerprint != context.metadata.fingerprint {
        return Err(ExecuteError::ClientIdReused);
    }
    Ok(Executed { events: vec![first], replayed: true })
}

fn error_of(error: &AppendError) -> ExecuteError {
    match error {
        AppendError::Overloaded => ExecuteError::Overloaded,
        AppendError::VersionConflict { .. } | AppendError::DuplicateEvent { .. } => {
            ExecuteError::Contended
        }
        AppendError::TooLarge { .. } | AppendError::Unavailable => ExecuteError::Unavailable,
        AppendError::OutcomeUnknown => ExecuteError::OutcomeUnknown,
    }
}
