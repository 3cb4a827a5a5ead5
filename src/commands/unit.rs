//! One aggregate of a command list, whatever its type, held until all have decided.

use super::executor::Repositories;
use super::repository::{Held, Loaded};
use super::{Command, Refusal};
use crate::log::{Log, StreamAppend};
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
use anamnesis_projections::log::ReadError;
use std::sync::Arc;
use uuid::Uuid;

/// Runs the same lines for whichever aggregate it is.
macro_rules! each {
    ($kind:ident, $value:expr, $bound:ident => $body:expr) => {
        match $value {
            $kind::Account($bound) => $body,
            $kind::ChatRoom($bound) => $body,
            $kind::Appointment($bound) => $body,
            $kind::DoctorDay($bound) => $body,
            $kind::LoginName($bound) => $body,
            $kind::Consultation($bound) => $body,
            $kind::DoctorSchedule($bound) => $body,
            $kind::Inbox($bound) => $body,
            $kind::Session($bound) => $body,
            $kind::SignIn($bound) => $body,
            $kind::AccessGrant($bound) => $body,
            $kind::AuditDesk($bound) => $body,
        }
    };
}

/// A held aggregate of any type.
pub(super) enum Part {
    Account(Held<Account>),
    ChatRoom(Held<ChatRoom>),
    Appointment(Held<Appointment>),
    DoctorDay(Held<DoctorDay>),
    LoginName(Held<LoginName>),
    Consultation(Held<Consultation>),
    DoctorSchedule(Held<DoctorSchedule>),
    Inbox(Held<Inbox>),
    Session(Held<Session>),
    SignIn(Held<SignIn>),
    AccessGrant(Held<AccessGrant>),
    AuditDesk(Held<AuditDesk>),
}

/// A state to be remembered once its events are durable.
pub(super) enum Snapshot {
    Account((String, Loaded<Account>)),
    ChatRoom((String, Loaded<ChatRoom>)),
    Appointment((String, Loaded<Appointment>)),
    DoctorDay((String, Loaded<DoctorDay>)),
    LoginName((String, Loaded<LoginName>)),
    Consultation((String, Loaded<Consultation>)),
    DoctorSchedule((String, Loaded<DoctorSchedule>)),
    Inbox((String, Loaded<Inbox>)),
    Session((String, Loaded<Session>)),
    SignIn((String, Loaded<SignIn>)),
    AccessGrant((String, Loaded<AccessGrant>)),
    AuditDesk((String, Loaded<AuditDesk>)),
}

impl Part {
    /// Locks the command's aggregate and lets it decide. The part is returned in both cases.
    /// With `begins`, a cold aggregate is taken for missing.
    pub(super) async fn decide(
        repositories: &Repositories,
        log: &dyn Log,
        command: Command,
        begins: bool,
    ) -> Result<(Self, Result<(), Refusal>), ReadError> {
        macro_rules! told {
            ($variant:ident, $repository:ident, $id:expr, $command:expr) => {{
                let repository = &repositories.$repository;
                let mut held = match begins {
                    true => repository.begin($id).await,
                    false => repository.hold(log, $id).await?,
                };
                let decided = held.tell($command).await.map_err(Refusal::from);
                Ok((Self::$variant(held), decided))
            }};
        }
        match command {
            Command::Account(id, command) => told!(Account, accounts, &id.to_string(), command),
            Command::ChatRoom(id, command) => told!(ChatRoom, rooms, &id.to_string(), command),
            Command::Appointment(id, command) => {
                told!(Appointment, appointments, &id.to_string(), command)
            }
            Command::DoctorDay(id, command) => {
                told!(DoctorDay, doctor_days, &id.to_string(), command)
            }
            Command::LoginName(id, command) => told!(LoginName, login_names, &id, command),
            Command::Consultation(id, command) => {
                told!(Consultation, consultations, &id.to_string(), command)
            }
            Command::DoctorSchedule(id, command) => {
                told!(DoctorSchedule, doctor_schedules, &id.to_string(), command)
            }
            Command::Inbox(id, command) => told!(Inbox, inboxes, &id.to_string(), command),
            Command::Session(id, command) => told!(Session, sessions, &id.to_string(), command),
            Command::SignIn(id, command) => told!(SignIn, sign_ins, &id, command),
            Command::AccessGrant(id, command) => {
                told!(AccessGrant, access_grants, &id.to_string(), command)
            }
            Command::AuditDesk(id, command) => {
                told!(AuditDesk, audit_desks, &id.to_string(), command)
            }
        }
    }

    pub(super) fn append(
        &mut self,
        next: impl FnMut() -> (Uuid, Arc<str>),
    ) -> Result<StreamAppend, serde_json::Error> {
        each!(Self, self, held => held.append(next))
    }

    /// Which load of the aggregate the decision rests on.
    pub(super) fn lineage(&self) -> u64 {
        each!(Self, self, held => held.lineage())
    }

    /// Whether the decision rests on an aggregate that was taken for missing.
    pub(super) fn is_assumed(&self) -> bool {
        each!(Self, self, held => held.is_assumed())
    }

    /// The aggregate's version before the decision.
    pub(super) fn version(&self) -> u64 {
        each!(Self, self, held => held.version())
    }

    /// An append that writes nothing, but is refused if the decision rests on an old version.
    pub(super) fn assertion(&self) -> StreamAppend {
        each!(Self, self, held => held.assertion())
    }

    /// Undoes the decision: a state with staged events in it is dropped and loaded again.
    pub(super) fn release(self) {
        each!(Self, self, held => held.release());
    }

    /// Keeps the decision. Gives the state back when a snapshot of it is due.
    pub(super) fn put_back(self) -> Option<Snapshot> {
        match self {
            Self::Account(held) => held.put_back().map(Snapshot::Account),
            Self::ChatRoom(held) => held.put_back().map(Snapshot::ChatRoom),
            Self::Appointment(held) => held.put_back().map(Snapshot::Appointment),
            Self::DoctorDay(held) => held.put_back().map(Snapshot::DoctorDay),
            Self::LoginName(held) => held.put_back().map(Snapshot::LoginName),
            Self::Consultation(held) => held.put_back().map(Snapshot::Consultation),
            Self::DoctorSchedule(held) => held.put_back().map(Snapshot::DoctorSchedule),
            Self::Inbox(held) => held.put_back().map(Snapshot::Inbox),
            Self::Session(held) => held.put_back().map(Snapshot::Session),
            Self::SignIn(held) => held.put_back().map(Snapshot::SignIn),
            Self::AccessGrant(held) => held.put_back().map(Snapshot::AccessGrant),
            Self::AuditDesk(held) => held.put_back().map(Snapshot::AuditDesk),
        }
    }
}

impl Snapshot {
    /// Remembers the state, in the background.
    pub(super) fn keep(self, repositories: &Repositories) {
        match self {
            Self::Account((id, state)) => repositories.accounts.keep_snapshot(id, state),
            Self::ChatRoom((id, state)) => repositories.rooms.keep_snapshot(id, state),
            Self::Appointment((id, state)) => repositories.appointments.keep_snapshot(id, state),
            Self::DoctorDay((id, state)) => repositories.doctor_days.keep_snapshot(id, state),
            Self::LoginName((id, state)) => repositories.login_names.keep_snapshot(id, state),
            Self::Consultation((id, state)) => repositories.consultations.keep_snapshot(id, state),
            Self::DoctorSchedule((id, state)) => {
                repositories.doctor_schedules.keep_snapshot(id, state);
            }
            Self::Inbox((id, state)) => repositories.inboxes.keep_snapshot(id, state),
            Self::Session((id, state)) => repositories.sessions.keep_snapshot(id, state),
            Self::SignIn((id, state)) => repositories.sign_ins.keep_snapshot(id, state),
            Self::AccessGrant((id, state)) => repositories.access_grants.keep_snapshot(id, state),
            Self::AuditDesk((id, state)) => repositories.audit_desks.keep_snapshot(id, state),
        }
    }
}

/// Forgets the state of the command's aggregate, which proved wrong.
pub(super) async fn evict(repositories: &Repositories, command: &Command, lineage: u64) {
    match command {
        Command::Account(id, _) => repositories.accounts.evict(&id.to_string(), lineage).await,
        Command::ChatRoom(id, _) => repositories.rooms.evict(&id.to_string(), lineage).await,
        Command::Appointment(id, _) => {
            repositories.appointments.evict(&id.to_string(), lineage).await;
        }
        Command::DoctorDay(id, _) => repositories.doctor_days.evict(&id.to_string(), lineage).await,
        Command::LoginName(id, _) => repositories.login_names.evict(id, lineage).await,
        Command::Consultation(id, _) => {
            repositories.consultations.evict(&id.to_string(), lineage).await;
        }
        Command::DoctorSchedule(id, _) => {
            repositories.doctor_schedules.evict(&id.to_string(), lineage).await;
        }
        Command::Inbox(id, _) => repositories.inboxes.evict(&id.to_string(), lineage).await,
        Command::Session(id, _) => repositories.sessions.evict(&id.to_string(), lineage).await,
        Command::SignIn(id, _) => repositories.sign_ins.evict(id, lineage).await,
        Command::AccessGrant(id, _) => {
            repositories.access_grants.evict(&id.to_string(), lineage).await;
        }
        Command::AuditDesk(id, _) => repositories.audit_desks.evict(&id.to_string(), lineage).await,
    }
}
