//! Lines of the trail with their words, made of the log itself.

use super::sentence::Sentence;
use super::words::{Told, words};
use crate::log::Log;
use anamnesis_domain::appointment::AppointmentEvent;
use anamnesis_domain::{AccountId, AppointmentId, Event};
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::appointments::{Interval, times_before};
use anamnesis_projections::log::{ReadError, RecordedEvent};
use anamnesis_projections::trail::TrailLine;
use sqlx::PgPool;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

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
/// names, and one at the appointments that were moved.
pub async fn lines(
    pool: &PgPool,
    log: &dyn Log,
    lines: Vec<TrailLine>,
) -> Result<Vec<Line>, LineError> {
    let positions: Vec<u64> = lines.iter().map(|line| line.position).collect();
    let events = log.read_at(&positions).await?;
    let events: HashMap<u64, Arc<RecordedEvent>> =
        events.into_iter().map(|event| (event.position, event)).collect();
    let before = times_before(pool, &moved(events.values())).await?;
    let mut sentences = Vec::with_capacity(lines.len());
    for line in &lines {
        let unreadable = || LineError::Unreadable(line.position);
        let recorded = events.get(&line.position).ok_or_else(unreadable)?;
        let sentence = sentence(recorded, &before).ok_or_else(unreadable)?;
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
/// few hundred events one look at the names, and one at the appointments that were moved.
pub async fn tell(
    pool: &PgPool,
    events: &[Arc<RecordedEvent>],
) -> Result<Vec<Option<String>>, sqlx::Error> {
    let mut told = Vec::with_capacity(events.len());
    for events in events.chunks(TOLD_MAX) {
        let before = times_before(pool, &moved(events.iter())).await?;
        let sentences: Vec<_> = events.iter().map(|event| sentence(event, &before)).collect();
        let people = sentences.iter().flatten().flat_map(Sentence::people);
        let people: BTreeSet<AccountId> = people.collect();
        let names = names_of(pool, &people.into_iter().collect::<Vec<_>>()).await?;
        told.extend(sentences.into_iter().map(|one| one.map(|one| one.tell(&names))));
    }
    Ok(told)
}

fn sentence(recorded: &RecordedEvent, before: &Times) -> Option<Sentence> {
    let metadata = recorded.metadata().ok()?;
    let time_before = time_of(recorded, before);
    words(&Told { recorded, metadata: &metadata, time_before }).ok()
}

type Times = HashMap<(AppointmentId, u64), Interval>;

/// The appointments that were moved, each with the sequence of the move.
fn moved<'e>(events: impl Iterator<Item = &'e Arc<RecordedEvent>>) -> Vec<(AppointmentId, u64)> {
    events.filter_map(|event| move_of(event)).collect()
}

fn move_of(event: &RecordedEvent) -> Option<(AppointmentId, u64)> {
    match event.event() {
        Ok(Event::Appointment(AppointmentEvent::AppointmentRescheduled { .. })) => {
            Some((event.stream.aggregate_id.parse().ok()?, event.sequence))
        }
        _ => None,
    }
}

fn time_of(event: &RecordedEvent, before: &Times) -> Option<Interval> {
    before.get(&move_of(event)?).copied()
}
