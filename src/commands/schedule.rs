//! When a doctor works.

use super::error::CommandError;
use super::{Command, Context, Executed, Executor, Request};
use crate::clock::Clock;
use crate::policy::{self, Action, Resource};
use anamnesis_domain::AccountId;
use anamnesis_domain::doctor_schedule::{DoctorSchedule, DoctorScheduleCommand, Span, WeeklySpan};
use chrono::NaiveDate;
use std::sync::Arc;

/// What a doctor says about their working hours.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the domain's commands")]
pub enum Say {
    Hours { zone: String, slot_minutes: u16, week: Vec<WeeklySpan> },
    Exception { date: NaiveDate, spans: Vec<Span> },
    AsUsual { date: NaiveDate },
}

/// Carries out what doctors say about their working hours.
#[derive(Clone)]
pub struct Schedules {
    executor: Arc<Executor>,
    clock: Clock,
}

impl Schedules {
    /// Over these parts.
    #[must_use]
    pub fn new(executor: Arc<Executor>, clock: Clock) -> Self {
        Self { executor, clock }
    }

    /// Sets what a doctor says of their own schedule; with `if_version`, only if nothing was
    /// said since that version. Appointments that are booked stay as they are.
    pub async fn say(
        &self,
        request: &Request,
        doctor: AccountId,
        say: Say,
        if_version: Option<u64>,
    ) -> Result<Executed, CommandError> {
        policy::decide(&request.actor, Action::SetHours, Resource::Of(doctor)).require()?;
        let context = Context::new(request.metadata()).at_version(if_version);
        let (schedule, _) = self.executor.schedule(doctor).await?;
        let command = self.command(&schedule, say);
        Ok(self.executor.execute(&context, vec![Command::DoctorSchedule(doctor, command)]).await?)
    }

    /// Sets a made-up doctor's hours, for trying things out.
    pub async fn seed(
        &self,
        doctor: AccountId,
        zone: &str,
        slot_minutes: u16,
        week: Vec<WeeklySpan>,
    ) -> Result<Executed, CommandError> {
        let context = Context::new(anamnesis_projections::log::Metadata::default());
        let zone = zone.to_owned();
        let command = DoctorScheduleCommand::SetWorkingHours { zone, slot_minutes, week };
        Ok(self.executor.execute(&context, vec![Command::DoctorSchedule(doctor, command)]).await?)
    }

    fn command(&self, schedule: &DoctorSchedule, say: Say) -> DoctorScheduleCommand {
        match say {
            Say::Hours { zone, slot_minutes, week } => {
                DoctorScheduleCommand::SetWorkingHours { zone, slot_minutes, week }
            }
            Say::Exception { date, spans } => {
                DoctorScheduleCommand::SetException { date, spans, today: self.today(schedule) }
            }
            Say::AsUsual { date } => DoctorScheduleCommand::ClearException { date },
        }
    }

    /// The day that it is where the doctor is. Without hours there is no telling where that is,
    /// and the schedule refuses exceptions anyway.
    fn today(&self, schedule: &DoctorSchedule) -> NaiveDate {
        let now = self.clock.now();
        let zone = schedule.hours().and_then(|hours| hours.zone.parse::<chrono_tz::Tz>().ok());
        zone.map_or(now.date_naive(), |zone| now.with_timezone(&zone).date_naive())
    }
}
