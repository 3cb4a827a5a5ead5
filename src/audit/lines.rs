//! Lines of the trail with their words, made of the log itself.

use super::sentence::Sentence;
use super::words::{Told, words};
use crate::log::Log;
use anamnesis_domain::appointment::AppointmentEvent;
use anamnesis_domain::session::SessionEvent;
use anamnesis_domain::{AccountId, AppointmentId, Event};
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::appointments::{Interval, times_before};
use anamnesis_projections::log::{ReadError, RecordedEvent};
use anamnesis_projections::trail::{TrailLine, owners_of};
use sqlx::PgPool;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// A line, told.
#[derive(Clone, Debug)]
pub struct Line {
    /// What is known without reading the event.
    pub line: TrailLine,
    /// The name of who did it; empty without one.
    pub actor_name: String,
    /// What happened, in words.
    pub words: String,
    /// The event itself.
    pub recorded: Arc<RecordedEvent>,
}

/// Lines could not be told.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// The log could not be read.
    #[error(transparent)]
    Log(#[from] ReadError),
    /// A read model could not be read.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// The log has no such event, or one that this server can not read.
    #[error("the event at {0} can not be read")]
    Unreadable(u64),
}

/// Tells lines, at most 1,000 of them, in their order. Cost: one look at the log, one at the
/// names, one at the appointments that were moved, and one at the sessions that ended.
pub async fn lines(
    pool: &PgPool,
    log: &dyn Log,
    lines: Vec<TrailLine>,
) -> Result<Vec<Line>, LineError> {
    let positions: Vec<u64> = lines.iter().map(|line| line.position).collect();
    let events = log.read_at(&positions).await?;
    let events: HashMap<u64, Arc<RecordedEvent>> =
        events.into_iter().map(|event| (event.position, event)).collect();
    let around = Around::of(pool, events.values()).await?;
    let mut sentences = Vec::with_capacity(lines.len());
    for line in &lines {
        let unreadable = || LineError::Unreadable(line.position);
        let recorded = events.get(&line.position).ok_or_else(unreadable)?;
        let sentence = around.tell(recorded).ok_or_else(unreadable)?;
        sentences.push((sentence, Arc::clone(recorded)));
    }
    let people: BTreeSet<AccountId> = sentences
        .iter()
        .flat_map(|(sentence, _)| sentence.people())
        .chain(lines.iter().filter_map(|line| line.actor_id))
        .collect();
    let names = names_of(pool, &people.into_iter().collect::<Vec<_>>()).await?;
    let name = |line: &TrailLine| line.actor_id.and_then(|id| names.get(&id)).cloned();
    let lines = lines.into_iter().zip(sentences);
    Ok(lines
        .map(|(line, (sentence, recorded))| Line {
            actor_name: name(&line).unwrap_or_default(),
            words: sentence.tell(&names),
            recorded,
            line,
        })
        .collect())
}

/// How many events are told at a time: each names three people at most.
const TOLD_MAX: usize = 300;

/// What happened, in words; `None` for an event that this server can not read. Cost: for each
/// few hundred events one look at the names, one at the appointments that were moved, and one at the
/// sessions that ended.
pub async fn tell(
    pool: &PgPool,
    events: &[Arc<RecordedEvent>],
) -> Result<Vec<Option<String>>, sqlx::Error> {
    let mut told = Vec::with_capacity(events.len());
    for events in events.chunks(TOLD_MAX) {
        let around = Around::of(pool, events.iter()).await?;
        let sentences: Vec<_> = events.iter().map(|event| around.tell(event)).collect();
        let people = sentences.iter().flatten().flat_map(Sentence::people);
        let people: BTreeSet<AccountId> = people.collect();
        let names = names_of(pool, &people.into_iter().collect::<Vec<_>>()).await?;
        told.extend(sentences.into_iter().map(|one| one.map(|one| one.tell(&names))));
    }
    Ok(told)
}

/// What events do not say themselves.
struct Around {
    /// The time that an appointment had before it was moved.
    times: HashMap<(AppointmentId, u64), Interval>,
    /// Whose a session was that ended.
    owners: HashMap<Uuid, AccountId>,
}

impl Around {
    async fn of<'e>(
        pool: &PgPool,
        events: impl Iterator<Item = &'e Arc<RecordedEvent>> + Clone,
    ) -> Result<Self, sqlx::Error> {
        let moved: Vec<_> = events.clone().filter_map(|event| move_of(event)).collect();
        let ended: Vec<_> = events.filter_map(|event| ended_session(event)).collect();
        let times = times_before(pool, &moved).await?;
        Ok(Self { times, owners: owners_of(pool, &ended).await? })
    }

    fn tell(&self, recorded: &RecordedEvent) -> Option<Sentence> {
        let metadata = recorded.metadata().ok()?;
        let time_before = move_of(recorded).and_then(|moved| self.times.get(&moved)).copied();
        let ended = ended_session(recorded);
        let session_owner = ended.and_then(|session| self.owners.get(&session)).copied();
        words(&Told { recorded, metadata: &metadata, time_before, session_owner }).ok()
    }
}

/// The appointment, if it was moved, with the sequence of the move.
fn move_of(event: &RecordedEvent) -> Option<(AppointmentId, u64)> {
    match event.event() {
        Ok(Event::Appointment(AppointmentEvent::AppointmentRescheduled { .. })) => {
            Some((event.stream.aggregate_id.parse().ok()?, event.sequence))
        }
        _ => None,
    }
}

fn ended_session(event: &RecordedEvent) -> Option<Uuid> {
    match event.event() {
        Ok(Event::Session(SessionEvent::SessionEnded { .. })) => {
            event.stream.aggregate_id.parse().ok()
        }
        _ => None,
    }
}
