//! A small hospital: commands go through the aggregates, what they decide into the log.

use super::memory_log::MemoryLog;
use anamnesis_domain::access_grant::{AccessGrant, AccessGrantCommand};
use anamnesis_domain::account::{Account, AccountCommand};
use anamnesis_domain::appointment::{Appointment, AppointmentCommand};
use anamnesis_domain::audit_desk::{AuditDesk, AuditDeskCommand};
use anamnesis_domain::chat_room::{ChatRoom, ChatRoomCommand};
use anamnesis_domain::consultation::{Consultation, ConsultationCommand};
use anamnesis_domain::doctor_schedule::{DoctorSchedule, DoctorScheduleCommand};
use anamnesis_domain::inbox::{Inbox, InboxCommand};
use anamnesis_domain::session::{Session, SessionCommand};
use anamnesis_domain::sign_in::{SignIn, SignInCommand};
use anamnesis_domain::{
    AccountId, AppointmentId, ConsultationId, Event, GrantId, RoomId, SessionId,
};
use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

pub(crate) struct World {
    pub(crate) log: Arc<MemoryLog>,
    rooms: HashMap<RoomId, ChatRoom>,
    accounts: HashMap<AccountId, Account>,
    appointments: HashMap<AppointmentId, Appointment>,
    inboxes: HashMap<AccountId, Inbox>,
    sessions: HashMap<SessionId, Session>,
    consultations: HashMap<ConsultationId, Consultation>,
    grants: HashMap<GrantId, AccessGrant>,
    desks: HashMap<AccountId, AuditDesk>,
    pub(crate) schedules: HashMap<AccountId, DoctorSchedule>,
}

/// A patient has an even number, a doctor an odd one.
pub(crate) fn person(number: u8) -> AccountId {
    AccountId(Uuid::from_u128(0xACC0_0000 + u128::from(number)))
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            log: MemoryLog::new(),
            rooms: HashMap::new(),
            accounts: HashMap::new(),
            appointments: HashMap::new(),
            inboxes: HashMap::new(),
            sessions: HashMap::new(),
            consultations: HashMap::new(),
            grants: HashMap::new(),
            desks: HashMap::new(),
            schedules: HashMap::new(),
        }
    }

    /// Runs a command; returns the last position it appended, if it was accepted and news.
    pub(crate) async fn chat(&mut self, room: RoomId, command: ChatRoomCommand) -> Option<u64> {
        run(&self.log, self.rooms.entry(room).or_default(), room, command).await
    }

    pub(crate) async fn account(&mut self, id: AccountId, command: AccountCommand) -> Option<u64> {
        run(&self.log, self.accounts.entry(id).or_default(), id, command).await
    }

    pub(crate) async fn see_notices(&mut self, id: AccountId, through: u64) -> Option<u64> {
        let see = InboxCommand::SeeNotices { through };
        run(&self.log, self.inboxes.entry(id).or_default(), id, see).await
    }

    pub(crate) async fn session(&mut self, id: SessionId, command: SessionCommand) -> Option<u64> {
        run(&self.log, self.sessions.entry(id).or_default(), id, command).await
    }

    /// An attempt to sign in. The stream is named by a hash of the name, which is no id.
    pub(crate) async fn sign_in(&mut self, command: SignInCommand) -> Option<u64> {
        run(&self.log, &mut SignIn::default(), "b1ind", command).await
    }

    pub(crate) async fn appointment(
        &mut self,
        id: AppointmentId,
        command: AppointmentCommand,
    ) -> Option<u64> {
        run(&self.log, self.appointments.entry(id).or_default(), id, command).await
    }

    pub(crate) async fn consultation(
        &mut self,
        id: ConsultationId,
        command: ConsultationCommand,
    ) -> Option<u64> {
        run(&self.log, self.consultations.entry(id).or_default(), id, command).await
    }

    pub(crate) async fn grant(&mut self, id: GrantId, command: AccessGrantCommand) -> Option<u64> {
        run(&self.log, self.grants.entry(id).or_default(), id, command).await
    }

    pub(crate) async fn desk(&mut self, id: AccountId, command: AuditDeskCommand) -> Option<u64> {
        run(&self.log, self.desks.entry(id).or_default(), id, command).await
    }

    pub(crate) async fn schedule(
        &mut self,
        id: AccountId,
        command: DoctorScheduleCommand,
    ) -> Option<u64> {
        run(&self.log, self.schedules.entry(id).or_default(), id, command).await
    }
}

async fn run<A>(
    log: &MemoryLog,
    aggregate: &mut A,
    id: impl ToString,
    command: A::Command,
) -> Option<u64>
where
    A: Aggregate<Services = ()>,
    A::Event: Into<Event>,
{
    let sink = EventSink::default();
    aggregate.handle(command, &(), &sink).await.ok()?;
    let events = sink.collect().await;
    events.iter().map(|event| log.append::<A>(&id, event)).last()
}
