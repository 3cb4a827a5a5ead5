//! The rules of one appointment.

use super::time::{Agreed, require_bookable};
use super::{
    AppointmentCommand as Command, AppointmentError as Error, AppointmentEvent as Event, Status,
};
use crate::{AccountId, Root, Sealed, record};
use chrono::{DateTime, Utc};
use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

/// An appointment's state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    agreed: Option<Agreed>,
    status: Status,
    deleted: bool,
}

impl Root for Appointment {
    const STATE_VERSION: i32 = 2;
}

impl Aggregate for Appointment {
    const TYPE: &'static str = "appointment";
    type Command = Command;
    type Event = Event;
    type Error = Error;
    type Services = ();

    async fn handle(
        &mut self,
        command: Command,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), Error> {
        let events = self.decide(command)?;
        record(self, events, sink).await;
        Ok(())
    }

    fn apply(&mut self, event: Event) {
        match event {
            Event::AppointmentBooked { patient_id, doctor_id, starts_at, ends_at, .. } => {
                self.agreed = Some(Agreed { patient_id, doctor_id, starts_at, ends_at });
            }
            Event::AppointmentRescheduled { starts_at, ends_at, .. } => {
                self.agreed = self.agreed.map(|old| Agreed { starts_at, ends_at, ..old });
            }
            Event::AppointmentCancelled { .. } => self.status = Status::Cancelled,
            Event::AppointmentCompleted { .. } => self.status = Status::Completed,
            Event::AppointmentNoShowRecorded { .. } => self.status = Status::NoShow,
            Event::AppointmentDeleted { .. } => self.deleted = true,
            Event::AppointmentRestored { .. } => self.deleted = false,
        }
    }
}

impl Appointment {
    /// Who and when, as last agreed, also of one that was cancelled or deleted; `None` when it
    /// was never booked.
    #[must_use]
    pub fn agreed(&self) -> Option<Agreed> {
        self.agreed
    }

    /// What became of it, whether or not it is deleted.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status
    }

    /// Whether it is hidden from everybody.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.deleted
    }

    /// Whether its time belongs to it in the doctor's day. What was cancelled or deleted has
    /// given its time back; what took place, or was missed, keeps it, unless it was deleted for a
    /// while: brought back, it is a record and takes nobody's time again.
    #[must_use]
    pub fn holds_time(&self) -> bool {
        self.agreed.is_some() && !self.deleted && self.status != Status::Cancelled
    }

    fn decide(&self, command: Command) -> Result<Vec<Event>, Error> {
        let event = match command {
            Command::BookAppointment {
                patient_id,
                doctor_id,
                starts_at,
                ends_at,
                zone,
                reason,
                now,
            } => {
                let wanted = Agreed { patient_id, doctor_id, starts_at, ends_at };
                self.book(wanted, zone, reason, now)
            }
            Command::RescheduleAppointment { by, starts_at, ends_at, zone, now } => {
                self.reschedule(by, (starts_at, ends_at), zone, now)
            }
            Command::CancelAppointment { by, reason, now } => self.cancel(by, reason, now),
            Command::CompleteAppointment { by, now } => self.complete(by, now),
            Command::RecordNoShow { by, now } => self.miss(by, now),
            Command::DeleteAppointment { by } => {
                self.agreed.ok_or(Error::NotFound)?;
                Ok((!self.deleted).then_some(Event::AppointmentDeleted { by }))
            }
            Command::RestoreAppointment { by, as_cancelled } => {
                return self.restore(by, as_cancelled);
            }
            Command::CheckNotCancelled => {
                self.require_visible()?;
                let cancelled = self.status == Status::Cancelled;
                if cancelled { Err(Error::NotScheduled) } else { Ok(None) }
            }
        };
        Ok(event?.into_iter().collect())
    }

    fn book(
        &self,
        wanted: Agreed,
        zone: String,
        reason: Option<Sealed>,
        now: DateTime<Utc>,
    ) -> Result<Option<Event>, Error> {
        match self.agreed {
            Some(_) if self.deleted => return Err(Error::NotFound),
            Some(agreed) if agreed == wanted && self.holds_time() => return Ok(None),
            Some(_) => return Err(Error::AlreadyBooked),
            None => {}
        }
        let Agreed { patient_id, doctor_id, starts_at, ends_at } = wanted;
        if patient_id == doctor_id {
            return Err(Error::SamePerson);
        }
        require_bookable(starts_at, ends_at, now)?;
        Ok(Some(Event::AppointmentBooked {
            patient_id,
            doctor_id,
            starts_at,
            ends_at,
            zone,
            reason,
        }))
    }

    fn reschedule(
        &self,
        by: AccountId,
        (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
        zone: String,
        now: DateTime<Utc>,
    ) -> Result<Option<Event>, Error> {
        let agreed = self.require_participant(by)?;
        self.require_scheduled()?;
        if (agreed.starts_at, agreed.ends_at) == (starts_at, ends_at) {
            return Ok(None);
        }
        require_ahead(agreed, now)?;
        require_bookable(starts_at, ends_at, now)?;
        Ok(Some(Event::AppointmentRescheduled { by, starts_at, ends_at, zone }))
    }

    fn cancel(
        &self,
        by: AccountId,
        reason: Option<Sealed>,
        now: DateTime<Utc>,
    ) -> Result<Option<Event>, Error> {
        let agreed = self.require_participant(by)?;
        if self.status == Status::Cancelled {
            return Ok(None);
        }
        self.require_scheduled()?;
        require_ahead(agreed, now)?;
        Ok(Some(Event::AppointmentCancelled { by, reason }))
    }

    /// Also one that was recorded as missed: the patient came late.
    fn complete(&self, by: AccountId, now: DateTime<Utc>) -> Result<Option<Event>, Error> {
        let agreed = self.require_doctor(by)?;
        match self.status {
            Status::Completed => Ok(None),
            Status::Cancelled => Err(Error::NotScheduled),
            Status::Scheduled | Status::NoShow => {
                require_begun(agreed, now)?;
                Ok(Some(Event::AppointmentCompleted { by }))
            }
        }
    }

    fn miss(&self, by: AccountId, now: DateTime<Utc>) -> Result<Option<Event>, Error> {
        let agreed = self.require_doctor(by)?;
        if self.status == Status::NoShow {
            return Ok(None);
        }
        self.require_scheduled()?;
        require_begun(agreed, now)?;
        Ok(Some(Event::AppointmentNoShowRecorded { by }))
    }

    fn restore(&self, by: AccountId, as_cancelled: bool) -> Result<Vec<Event>, Error> {
        self.agreed.ok_or(Error::NotFound)?;
        if !self.deleted {
            return Err(Error::NotDeleted);
        }
        let mut events = vec![Event::AppointmentRestored { by }];
        if as_cancelled && self.status == Status::Scheduled {
            events.push(Event::AppointmentCancelled { by, reason: None });
        }
        Ok(events)
    }

    fn require_visible(&self) -> Result<Agreed, Error> {
        self.agreed.filter(|_| !self.deleted).ok_or(Error::NotFound)
    }

    fn require_participant(&self, by: AccountId) -> Result<Agreed, Error> {
        let agreed = self.require_visible()?;
        let takes_part = by == agreed.patient_id || by == agreed.doctor_id;
        if takes_part { Ok(agreed) } else { Err(Error::NotParticipant) }
    }

    fn require_doctor(&self, by: AccountId) -> Result<Agreed, Error> {
        let agreed = self.require_visible()?;
        if by == agreed.doctor_id { Ok(agreed) } else { Err(Error::NotItsDoctor) }
    }

    fn require_scheduled(&self) -> Result<(), Error> {
        if self.status == Status::Scheduled { Ok(()) } else { Err(Error::NotScheduled) }
    }
}

fn require_ahead(agreed: Agreed, now: DateTime<Utc>) -> Result<(), Error> {
    if agreed.has_begun(now) { Err(Error::HasBegun) } else { Ok(()) }
}

fn require_begun(agreed: Agreed, now: DateTime<Utc>) -> Result<(), Error> {
    if agreed.has_begun(now) { Ok(()) } else { Err(Error::NotBegun) }
}
