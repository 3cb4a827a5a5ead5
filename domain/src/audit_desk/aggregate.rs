//! The limits of an officer's desk.

use super::{AuditDeskCommand as Command, AuditDeskError as Error, AuditDeskEvent as Event};
use crate::access_grant::MINUTES_MAX;
use crate::{GrantId, Root, record};
use chrono::{DateTime, TimeDelta, Utc};
use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The most grants that an officer holds at a time.
pub const GRANTS_MAX: usize = 10;
/// The most searches that an officer keeps.
pub const SEARCHES_MAX: usize = 100;

/// A desk's state. Every account has one from the start; the default is an empty one. It has no
/// reviews in it, which nothing depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditDesk {
    /// Those that were not given back, with the instant at which they are over.
    grants: BTreeMap<GrantId, DateTime<Utc>>,
    searches: BTreeSet<Uuid>,
}

impl Root for AuditDesk {
    const STATE_VERSION: i32 = 1;
}

impl Aggregate for AuditDesk {
    const TYPE: &'static str = "audit_desk";
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
            Event::GrantTaken { grant_id, expires_at } => {
                // This one was given at most so long before its end: what was over then is over.
                let longest = TimeDelta::minutes(i64::from(MINUTES_MAX));
                self.grants.retain(|_, over_at| *over_at > expires_at - longest);
                self.grants.insert(grant_id, expires_at);
            }
            Event::GrantReturned { grant_id } => {
                self.grants.remove(&grant_id);
            }
            Event::SearchSaved { search_id, .. } => {
                self.searches.insert(search_id);
            }
            Event::SearchDeleted { search_id } => {
                self.searches.remove(&search_id);
            }
            Event::TrailReviewed { .. } | Event::SearchChanged { .. } => {}
        }
    }
}

impl AuditDesk {
    fn decide(&self, command: Command) -> Result<Option<Event>, Error> {
        match command {
            Command::TakeGrant { grant_id, expires_at, now } => {
                let open = self.grants.values().filter(|over_at| **over_at > now).count();
                if open >= GRANTS_MAX {
                    return Err(Error::TooManyGrants);
                }
                Ok(Some(Event::GrantTaken { grant_id, expires_at }))
            }
            Command::ReturnGrant { grant_id, now } => {
                let held = self.grants.get(&grant_id).is_some_and(|over_at| *over_at > now);
                Ok(held.then_some(Event::GrantReturned { grant_id }))
            }
            Command::ReviewTrail { review_id, filters, from, to, note } => {
                Ok(Some(Event::TrailReviewed { review_id, filters, from, to, note }))
            }
            Command::SaveSearch { search_id, name, filters } => {
                if self.searches.contains(&search_id) {
                    return Err(Error::NameTaken);
                }
                if self.searches.len() >= SEARCHES_MAX {
                    return Err(Error::TooManySearches);
                }
                Ok(Some(Event::SearchSaved { search_id, name, filters }))
            }
            Command::ChangeSearch { search_id, filters } => {
                self.require(search_id)?;
                Ok(Some(Event::SearchChanged { search_id, filters }))
            }
            Command::DeleteSearch { search_id } => {
                self.require(search_id)?;
                Ok(Some(Event::SearchDeleted { search_id }))
            }
        }
    }

    fn require(&self, search_id: Uuid) -> Result<(), Error> {
        if self.searches.contains(&search_id) { Ok(()) } else { Err(Error::NoSuchSearch) }
    }
}
