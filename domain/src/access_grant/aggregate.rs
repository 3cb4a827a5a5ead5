//! The rules of break-glass.

use super::{
    AccessGrantCommand as Command, AccessGrantError as Error, AccessGrantEvent as Event, Verdict,
};
use crate::{AccountId, Root, record};
use chrono::{DateTime, TimeDelta, Utc};
use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

/// For how long a record is opened where nothing else is asked.
pub const MINUTES_DEFAULT: u32 = 60;
/// The longest time for which one is opened.
pub const MINUTES_MAX: u32 = 240;

/// Who may look at whose record, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The officer.
    pub officer_id: AccountId,
    /// The patient.
    pub patient_id: AccountId,
    /// The first instant at which it is over.
    pub expires_at: DateTime<Utc>,
}

/// A grant's state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessGrant {
    terms: Option<Terms>,
    ended: bool,
    verdict: Option<Verdict>,
}

impl Root for AccessGrant {
    const STATE_VERSION: i32 = 1;
}

impl Aggregate for AccessGrant {
    const TYPE: &'static str = "access_grant";
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
            Event::AccessGranted { officer_id, patient_id, expires_at, .. } => {
                self.terms = Some(Terms { officer_id, patient_id, expires_at });
            }
            Event::AccessEnded { .. } => self.ended = true,
            Event::AccessReviewed { verdict, .. } => self.verdict = Some(verdict),
        }
    }
}

impl AccessGrant {
    /// Who may look at what; `None` if it was never given.
    #[must_use]
    pub fn terms(&self) -> Option<Terms> {
        self.terms
    }

    /// The terms of a grant that can be used at this moment.
    #[must_use]
    pub fn open(&self, now: DateTime<Utc>) -> Option<Terms> {
        self.terms.filter(|terms| !self.ended && now < terms.expires_at)
    }

    fn decide(&self, command: Command) -> Result<Option<Event>, Error> {
        match command {
            Command::Grant { officer_id, patient_id, reason, expires_at, now } => {
                if self.terms.is_some() {
                    return Err(Error::AlreadyGranted);
                }
                let minutes = |minutes| TimeDelta::minutes(i64::from(minutes));
                if !(minutes(1)..=minutes(MINUTES_MAX)).contains(&(expires_at - now)) {
                    return Err(Error::BadLength);
                }
                Ok(Some(Event::AccessGranted { officer_id, patient_id, reason, expires_at }))
            }
            Command::End { by, now } => {
                let terms = self.terms.ok_or(Error::NotFound)?;
                if by != terms.officer_id {
                    return Err(Error::NotItsOfficer);
                }
                Ok(self.open(now).map(|_| Event::AccessEnded { by }))
            }
            Command::Review { by, verdict, note, now } => {
                let terms = self.terms.ok_or(Error::NotFound)?;
                if by == terms.officer_id {
                    return Err(Error::OwnReview);
                }
                if self.open(now).is_some() {
                    return Err(Error::StillOpen);
                }
                match self.verdict {
                    None => Ok(Some(Event::AccessReviewed { by, verdict, note })),
                    Some(before) if before == verdict => Ok(None),
                    Some(_) => Err(Error::AlreadyReviewed),
                }
            }
        }
    }
}
