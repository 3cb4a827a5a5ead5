//! Booking: an appointment and the doctor's time, together or not at all.

use super::error::CommandError;
use super::text;
use super::{Command, Context, ExecuteError, Executed, Executor, Request};
use crate::clock::Clock;
use crate::sealing::{SealedAt, Sealer};
use anamnesis_domain::appointment::{Appointment, AppointmentCommand};
use anamnesis_domain::doctor_day::{DoctorDayCommand, days_of};
use anamnesis_domain::doctor_schedule::DoctorScheduleCommand;
use anamnesis_domain::{AccountId, AppointmentId, RoomId};
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use serde::Serialize;
use std::sync::Arc;

/// What a patient asks for. A retry is recognised by the JSON form, so its names never change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wish {
    /// With whom. The caller has checked that this is an active doctor.
    pub doctor_id: AccountId,
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// First instant after it.
    pub ends_at: DateTime<Utc>,
    /// IANA zone in which the time was chosen.
    pub zone: String,
    /// Why.
    pub reason: Option<String>,
}

/// A booked appointment.
#[derive(Clone, Debug)]
pub struct Booked {
    /// Its id.
    pub appointment_id: AppointmentId,
    /// The chat room of the two, which is open once the response is sent.
    pub room_id: RoomId,
    /// The events.
    pub executed: Executed,
}

/// Carries bookings out.
#[derive(Clone)]
pub struct Bookings {
    executor: Arc<Executor>,
    sealer: Sealer,
    clock: Clock,
}

impl Bookings {
    /// Over these parts.
    #[must_use]
    pub fn new(executor: Arc<Executor>, sealer: Sealer, clock: Clock) -> Self {
        Self { executor, sealer, clock }
    }

    /// Books a time for the patient who asks. The same append asserts that the doctor works
    /// then, and the doctor's day (both days, across midnight) takes the time in it: of two
    /// overlapping bookings one is refused.
    pub async fn book(&self, request: &Request, wish: Wish) -> Result<Booked, CommandError> {
        text::zone(&wish.zone)?;
        let reason = text::reason(wish.reason.as_deref())?;
        let patient_id = request.actor.account_id;
        let mut metadata = request.metadata();
        if metadata.client_id.is_some() {
            let content = serde_json::to_vec(&wish).map_err(ExecuteError::from)?;
            let print = self.sealer.fingerprint(patient_id.0, &content).await?;
            metadata.fingerprint = Some(print);
        }
        let context = Context::new(metadata);
        // The exact retry asks for the same appointment.
        let appointment_id = AppointmentId(context.event_id);
        let reason = match reason {
            Some(words) => {
                let at = SealedAt {
                    event_id: context.event_id,
                    aggregate_type: Appointment::TYPE,
                    aggregate_id: &appointment_id.to_string(),
                    field: "reason",
                };
                Some(self.sealer.seal(patient_id.0, at, words.as_bytes()).await?)
            }
            None => None,
        };
        let Wish { doctor_id, starts_at, ends_at, zone, .. } = wish;
        let now = self.clock.now();
        let book = AppointmentCommand::BookAppointment {
            patient_id,
            doctor_id,
            starts_at,
            ends_at,
            zone,
            reason,
            now,
        };
        let take = DoctorDayCommand::TakeTime { appointment_id, starts_at, ends_at };
        let works = DoctorScheduleCommand::CheckTime { starts_at, ends_at };
        let mut commands = vec![
            Command::Appointment(appointment_id, book),
            Command::DoctorSchedule(doctor_id, works),
        ];
        let days = days_of(doctor_id, starts_at, ends_at);
        commands.extend(days.into_iter().map(|day| Command::DoctorDay(day, take)));
        let executed = self.executor.execute(&context, commands).await?;
        let room_id = RoomId::of_pair(patient_id, doctor_id);
        Ok(Booked { appointment_id, room_id, executed })
    }
}
