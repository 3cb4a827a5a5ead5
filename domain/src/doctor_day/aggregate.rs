//! The rule that one doctor has one appointment at a time.

use super::{DoctorDayCommand as Command, DoctorDayError as Error, DoctorDayEvent as Event};
use crate::{AccountId, AppointmentId, Root, record};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Names a doctor's day: its stream is `<doctor>:<date>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DoctorDayId {
    /// Whose day.
    pub doctor_id: AccountId,
    /// Which day, in UTC.
    pub date: NaiveDate,
}

impl fmt::Display for DoctorDayId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.doctor_id, self.date)
    }
}

/// The days that `[starts_at, ends_at)` touches, in order: one, or two across midnight. Times
/// of more than two days, which no appointment has, are given their first and last day; an end
/// that is not after the start gives the start's day.
#[must_use]
pub fn days_of(
    doctor_id: AccountId,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
) -> Vec<DoctorDayId> {
    let first = starts_at.date_naive();
    let last = ends_at
        .checked_sub_signed(TimeDelta::nanoseconds(1))
        .map_or(first, |last_instant| last_instant.date_naive().max(first));
    let mut days = vec![DoctorDayId { doctor_id, date: first }];
    if last != first {
        days.push(DoctorDayId { doctor_id, date: last });
    }
    days
}

/// The day's state: what is taken, by whom. Bounded by the number of shortest appointments
/// that fit into a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoctorDay {
    taken: BTreeMap<AppointmentId, (DateTime<Utc>, DateTime<Utc>)>,
}

impl Root for DoctorDay {
    const STATE_VERSION: i32 = 1;
}

impl Aggregate for DoctorDay {
    const TYPE: &'static str = "doctor_day";
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
        match event {
            Event::TimeTaken { appointment_id, starts_at, ends_at } => {
                self.taken.insert(appointment_id, (starts_at, ends_at));
            }
            Event::TimeFreed { appointment_id } => {
                self.taken.remove(&appointment_id);
            }
        }
    }
}

impl DoctorDay {
    fn decide(&self, command: Command) -> Result<Option<Event>, Error> {
        match command {
            Command::TakeTime { appointment_id, starts_at, ends_at } => {
                if self.taken.get(&appointment_id) == Some(&(starts_at, ends_at)) {
                    return Ok(None);
                }
                let overlaps = self.taken.iter().any(|(owner, (start, end))| {
                    *owner != appointment_id && *start < ends_at && starts_at < *end
                });
                if overlaps {
                    return Err(Error::Taken);
                }
                Ok(Some(Event::TimeTaken { appointment_id, starts_at, ends_at }))
            }
            Command::FreeTime { appointment_id } => Ok(self
                .taken
                .contains_key(&appointment_id)
                .then_some(Event::TimeFreed { appointment_id })),
        }
    }
}
