//! What becomes of appointments: moved, called off, taken place, missed, hidden, brought back.
//!
//! Each change is put together from the appointment as it is at the moment, and executed on
//! condition that it still is: what frees and takes the doctor's time depends on where it was.

use super::error::CommandError;
use super::{Command, Context, ExecuteError, Executed, Executor, Refusal, Request, text};
use crate::clock::Clock;
use crate::policy::{self, Action, Actor, Denied, Resource};
use crate::sealing::{SealedAt, Sealer};
use anamnesis_domain::account::AccountCommand;
use anamnesis_domain::appointment::{Agreed, Appointment, AppointmentCommand as Ask, Status};
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::doctor_day::{DoctorDayCommand, DoctorDayId, days_of};
use anamnesis_domain::doctor_schedule::DoctorScheduleCommand;
use anamnesis_domain::{AppointmentId, Sealed};
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How often a change is put together anew because somebody else was faster.
const ATTEMPTS_MAX: usize = 8;

/// What is asked of an appointment. A retry is recognised by the JSON form, so its names never
/// change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the domain's commands")]
pub enum Change {
    Reschedule { starts_at: DateTime<Utc>, ends_at: DateTime<Utc>, zone: String },
    Cancel { reason: Option<String> },
    Complete,
    NoShow,
    Delete,
    Restore { as_cancelled: bool },
}

/// Carries changes of appointments out.
#[derive(Clone)]
pub struct Calendar {
    executor: Arc<Executor>,
    sealer: Sealer,
    clock: Clock,
}

impl Calendar {
    /// Over these parts.
    #[must_use]
    pub fn new(executor: Arc<Executor>, sealer: Sealer, clock: Clock) -> Self {
        Self { executor, sealer, clock }
    }

    /// Changes an appointment, if the policy and the rules let the one who asks. With
    /// `if_version`, only if nothing has happened to it since that version; without, whatever
    /// happens to it at the same moment.
    pub async fn change(
        &self,
        request: &Request,
        id: AppointmentId,
        change: Change,
        if_version: Option<u64>,
    ) -> Result<Executed, CommandError> {
        if let Change::Reschedule { zone, .. } = &change {
            text::zone(zone)?;
        }
        let (before, _) = self.executor.appointment(id).await?;
        let agreed = may(&request.actor, &change, &before)?;
        let context = self.context(request, id, agreed, &change, None).await?;
        self.carry_out(&context, (id, request.actor), &change, if_version).await
    }

    /// Brings a deleted appointment back, for a coded reason.
    pub async fn restore(
        &self,
        request: &Request,
        id: AppointmentId,
        as_cancelled: bool,
        reason: &'static str,
    ) -> Result<Executed, CommandError> {
        let change = Change::Restore { as_cancelled };
        let (before, _) = self.executor.appointment(id).await?;
        let agreed = may(&request.actor, &change, &before)?;
        let context = self.context(request, id, agreed, &change, Some(reason)).await?;
        self.carry_out(&context, (id, request.actor), &change, None).await
    }

    /// With a client's id comes a fingerprint of what it stands for.
    async fn context(
        &self,
        request: &Request,
        id: AppointmentId,
        agreed: Agreed,
        change: &Change,
        reason: Option<&'static str>,
    ) -> Result<Context, CommandError> {
        let mut metadata = request.metadata();
        metadata.reason = reason.map(str::to_owned);
        if metadata.client_id.is_some() {
            let content = serde_json::to_vec(&(id, change)).map_err(ExecuteError::from)?;
            let print = self.sealer.fingerprint(agreed.patient_id.0, &content).await?;
            metadata.fingerprint = Some(print);
        }
        Ok(Context::new(metadata))
    }

    async fn carry_out(
        &self,
        context: &Context,
        (id, actor): (AppointmentId, Actor),
        change: &Change,
        if_version: Option<u64>,
    ) -> Result<Executed, CommandError> {
        let mut words = None;
        for _ in 0..ATTEMPTS_MAX {
            let (before, version) = self.executor.appointment(id).await?;
            let agreed = may(&actor, change, &before)?;
            if words.is_none() {
                words = self.sealed(context, id, agreed, change).await?;
            }
            let ask = self.ask(actor, change, words.clone());
            let commands = put_together(id, &before, agreed, change, ask);
            let context = context.clone().at_version(if_version.or(Some(version)));
            match self.executor.execute(&context, commands).await {
                Err(ExecuteError::Refused(Refusal::Outdated)) if if_version.is_none() => {}
                done => return Ok(done?),
            }
        }
        Err(ExecuteError::Contended.into())
    }

    /// The words of the change, under the patient's key: all of it concerns them.
    async fn sealed(
        &self,
        context: &Context,
        id: AppointmentId,
        agreed: Agreed,
        change: &Change,
    ) -> Result<Option<Sealed>, CommandError> {
        let Change::Cancel { reason } = change else { return Ok(None) };
        let Some(words) = text::reason(reason.as_deref())? else { return Ok(None) };
        let at = SealedAt {
            event_id: context.event_id,
            aggregate_type: Appointment::TYPE,
            aggregate_id: &id.to_string(),
            field: "reason",
        };
        Ok(Some(self.sealer.seal(agreed.patient_id.0, at, words.as_bytes()).await?))
    }

    fn ask(&self, actor: Actor, change: &Change, reason: Option<Sealed>) -> Ask {
        let (by, now) = (actor.account_id, self.clock.now());
        match change.clone() {
            Change::Reschedule { starts_at, ends_at, zone } => {
                Ask::RescheduleAppointment { by, starts_at, ends_at, zone, now }
            }
            Change::Cancel { .. } => Ask::CancelAppointment { by, reason, now },
            Change::Complete => Ask::CompleteAppointment { by, now },
            Change::NoShow => Ask::RecordNoShow { by, now },
            Change::Delete => Ask::DeleteAppointment { by },
            Change::Restore { as_cancelled } => Ask::RestoreAppointment { by, as_cancelled },
        }
    }
}

/// Whether the policy lets the actor do this to the appointment as it is. A deleted one is there
/// for nobody, except to be restored.
fn may(actor: &Actor, change: &Change, before: &Appointment) -> Result<Agreed, Denied> {
    let restores = matches!(change, Change::Restore { .. });
    let agreed = before.agreed().ok_or(Denied::Hidden)?;
    if before.is_deleted() && !restores {
        return Err(Denied::Hidden);
    }
    let pair = Participants { patient_id: agreed.patient_id, doctor_id: agreed.doctor_id };
    let decision = match change {
        Change::Delete => policy::decide_deletion(actor, pair, before.status()),
        Change::Restore { .. } => {
            policy::decide(actor, Action::RestoreAppointment, Resource::Shared(pair))
        }
        _ => policy::decide(actor, Action::ChangeAppointment, Resource::Shared(pair)),
    };
    decision.require()?;
    Ok(agreed)
}

/// The whole change: the appointment first, then the doctor's schedule where a time is new, or
/// the two people where it is to take place again, then the days in their order.
fn put_together(
    id: AppointmentId,
    before: &Appointment,
    agreed: Agreed,
    change: &Change,
    ask: Ask,
) -> Vec<Command> {
    let held = before.holds_time().then_some((agreed.starts_at, agreed.ends_at));
    let wanted = match change {
        Change::Reschedule { starts_at, ends_at, .. } => Some((*starts_at, *ends_at)),
        Change::Cancel { .. } | Change::Delete => None,
        Change::Complete | Change::NoShow => held,
        Change::Restore { as_cancelled } => {
            // Only what is still to take place needs its time; the rest is a record.
            let takes_place = before.status() == Status::Scheduled && !as_cancelled;
            takes_place.then_some((agreed.starts_at, agreed.ends_at))
        }
    };
    let mut commands = vec![Command::Appointment(id, ask)];
    if matches!(change, Change::Reschedule { .. })
        && let Some((starts_at, ends_at)) = wanted.filter(|_| wanted != held)
    {
        let works = DoctorScheduleCommand::CheckTime { starts_at, ends_at };
        commands.push(Command::DoctorSchedule(agreed.doctor_id, works));
    }
    if matches!(change, Change::Restore { .. }) && wanted.is_some() {
        commands.push(Command::Account(agreed.patient_id, AccountCommand::CheckInUse));
        commands.push(Command::Account(agreed.doctor_id, AccountCommand::CheckDoctor));
    }
    if wanted != held {
        commands.extend(days(id, agreed, held, wanted));
    }
    commands
}

/// First instant, and first instant after.
type Time = (DateTime<Utc>, DateTime<Utc>);

/// What the doctor's days have to do for one time to be let go and another to be taken.
fn days(
    appointment_id: AppointmentId,
    agreed: Agreed,
    held: Option<Time>,
    wanted: Option<Time>,
) -> impl Iterator<Item = Command> {
    let mut days: BTreeMap<DoctorDayId, DoctorDayCommand> = BTreeMap::new();
    if let Some((starts_at, ends_at)) = held {
        for day in days_of(agreed.doctor_id, starts_at, ends_at) {
            days.insert(day, DoctorDayCommand::FreeTime { appointment_id });
        }
    }
    if let Some((starts_at, ends_at)) = wanted {
        for day in days_of(agreed.doctor_id, starts_at, ends_at) {
            days.insert(day, DoctorDayCommand::TakeTime { appointment_id, starts_at, ends_at });
        }
    }
    days.into_iter().map(|(day, command)| Command::DoctorDay(day, command))
}
