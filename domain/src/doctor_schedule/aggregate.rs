//! The rules of a doctor's schedule.

use super::span::{day_in_order, week_in_order};
use super::working_times::working_times;
use super::{
    DoctorScheduleCommand as Command, DoctorScheduleError as Error, DoctorScheduleEvent as Event,
    Span, WeeklySpan,
};
use crate::local_time::zone_of;
use crate::{Root, record};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The most exceptions that are kept.
pub const EXCEPTIONS_MAX: usize = 400;

/// How long a slot can be, in minutes.
const SLOT_MINUTES: RangeInclusive<u16> = 5..=240;

/// Longer than any appointment, so that what is checked is bounded.
const CHECKED_MAX: TimeDelta = TimeDelta::days(1);

/// When the doctor works in every week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// IANA zone whose clocks the hours are of.
    pub zone: String,
    /// How long a slot is.
    pub slot_minutes: u16,
    /// When, in order.
    pub week: Vec<WeeklySpan>,
}

/// A schedule's state: all of it, since all of it is needed to decide, and it is bounded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoctorSchedule {
    hours: Option<Hours>,
    exceptions: BTreeMap<NaiveDate, Vec<Span>>,
}

impl Root for DoctorSchedule {
    const STATE_VERSION: i32 = 1;
}

impl Aggregate for DoctorSchedule {
    const TYPE: &'static str = "doctor_schedule";
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
            Event::WorkingHoursSet { zone, slot_minutes, week } => {
                self.hours = Some(Hours { zone, slot_minutes, week });
            }
            Event::ScheduleExceptionSet { date, spans, set_on } => {
                self.exceptions.retain(|day, _| *day >= set_on);
                self.exceptions.insert(date, spans);
            }
            Event::ScheduleExceptionCleared { date } => {
                self.exceptions.remove(&date);
            }
        }
    }
}

impl DoctorSchedule {
    /// When the doctor works in every week; `None` when they never said.
    #[must_use]
    pub fn hours(&self) -> Option<&Hours> {
        self.hours.as_ref()
    }

    /// The days that are otherwise than their weekday. Those in the past may be missing.
    #[must_use]
    pub fn exceptions(&self) -> &BTreeMap<NaiveDate, Vec<Span>> {
        &self.exceptions
    }

    /// When the doctor works on a day of their zone, in order.
    #[must_use]
    pub fn spans_on(&self, date: NaiveDate) -> Vec<Span> {
        if let Some(spans) = self.exceptions.get(&date) {
            return spans.clone();
        }
        let weekday = date.weekday().into();
        let week = self.hours.iter().flat_map(|hours| &hours.week);
        week.filter(|span| span.weekday == weekday).map(|span| span.span()).collect()
    }

    /// At most one event follows from a command; none means that it was already so, or that
    /// it was only asked.
    fn decide(&self, command: Command) -> Result<Option<Event>, Error> {
        match command {
            Command::SetWorkingHours { zone, slot_minutes, week } => {
                self.set_hours(zone, slot_minutes, week)
            }
            Command::SetException { date, spans, today } => self.set_exception(date, spans, today),
            Command::ClearException { date } => {
                self.require_hours()?;
                let stands = self.exceptions.contains_key(&date);
                Ok(stands.then_some(Event::ScheduleExceptionCleared { date }))
            }
            Command::CheckTime { starts_at, ends_at } => {
                self.check(starts_at, ends_at).map(|()| None)
            }
        }
    }

    fn set_hours(
        &self,
        zone: String,
        slot_minutes: u16,
        week: Vec<WeeklySpan>,
    ) -> Result<Option<Event>, Error> {
        zone_of(&zone).map_err(|_| Error::UnknownZone)?;
        if !SLOT_MINUTES.contains(&slot_minutes) {
            return Err(Error::BadSlotLength);
        }
        let hours = Hours { zone, slot_minutes, week: week_in_order(week)? };
        if self.hours.as_ref() == Some(&hours) {
            return Ok(None);
        }
        let Hours { zone, slot_minutes, week } = hours;
        Ok(Some(Event::WorkingHoursSet { zone, slot_minutes, week }))
    }

    fn set_exception(
        &self,
        date: NaiveDate,
        spans: Vec<Span>,
        today: NaiveDate,
    ) -> Result<Option<Event>, Error> {
        self.require_hours()?;
        let spans = day_in_order(spans)?;
        if self.exceptions.get(&date) == Some(&spans) {
            return Ok(None);
        }
        if date < today {
            return Err(Error::ExceptionInThePast);
        }
        let others = self.exceptions.range(today..).filter(|(day, _)| **day != date).count();
        if others >= EXCEPTIONS_MAX {
            return Err(Error::TooManyExceptions);
        }
        Ok(Some(Event::ScheduleExceptionSet { date, spans, set_on: today }))
    }

    /// Working times that touch are one, across midnight too.
    fn check(&self, starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> Result<(), Error> {
        let zone = zone_of(&self.require_hours()?.zone).map_err(|_| Error::UnknownZone)?;
        if ends_at <= starts_at || ends_at - starts_at > CHECKED_MAX {
            return Err(Error::OutsideHours);
        }
        let mut reached = starts_at;
        for (from, to) in working_times(self, zone, starts_at, ends_at) {
            if from <= reached && reached < to {
                reached = to;
            }
        }
        if reached >= ends_at { Ok(()) } else { Err(Error::OutsideHours) }
    }

    fn require_hours(&self) -> Result<&Hours, Error> {
        self.hours.as_ref().ok_or(Error::HoursNotSet)
    }
}
