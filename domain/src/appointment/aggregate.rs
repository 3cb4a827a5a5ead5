//! The rules of one appointment, as far as booking it.

use super::{AppointmentCommand as Command, AppointmentError as Error, AppointmentEvent as Event};
use crate::{AccountId, Root, record};
use chrono::{DateTime, TimeDelta, Utc};
use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

/// The shortest and the longest appointment.
const LENGTH: (TimeDelta, TimeDelta) = (TimeDelta::minutes(5), TimeDelta::hours(4));
/// How far ahead one can book.
const AHEAD: TimeDelta = TimeDelta::days(366);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Booking {
    patient_id: AccountId,
    doctor_id: AccountId,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

/// An appointment's state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    booking: Option<Booking>,
}

impl Root for Appointment {
    const STATE_VERSION: i32 = 1;
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
        record(self, events.into_iter().collect(), sink).await;
        Ok(())
    }

    fn apply(&mut self, event: Event) {
        let Event::AppointmentBooked { patient_id, doctor_id, starts_at, ends_at, .. } = event;
        self.booking = Some(Booking { patient_id, doctor_id, starts_at, ends_at });
    }
}

impl Appointment {
    fn decide(&self, command: Command) -> Result<Option<Event>, Error> {
        let Command::BookAppointment {
            patient_id,
            doctor_id,
            starts_at,
            ends_at,
            zone,
            reason,
            now,
        } = command;
        let wanted = Booking { patient_id, doctor_id, starts_at, ends_at };
        match &self.booking {
            Some(booking) if *booking == wanted => return Ok(None),
            Some(_) => return Err(Error::AlreadyBooked),
            None => {}
        }
        if patient_id == doctor_id {
            return Err(Error::SamePerson);
        }
        let length = ends_at - starts_at;
        if length < LENGTH.0 || length > LENGTH.1 {
            return Err(Error::BadLength);
        }
        if starts_at <= now {
            return Err(Error::InThePast);
        }
        if starts_at - now > AHEAD {
            return Err(Error::TooFarAway);
        }
        Ok(Some(Event::AppointmentBooked {
            patient_id,
            doctor_id,
            starts_at,
            ends_at,
            zone,
            reason,
        }))
    }
}
