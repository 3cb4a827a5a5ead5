//! The log as a store of cqrs-es, so that what is built on that library's traits (its
//! framework, its test tools) runs over it. The server itself goes through the
//! [`Executor`](super::Executor); `docs/adr/0009-cqrs-es-and-postgres-es.md` says why.

use super::repository::{event_of, stream_of};
use crate::log::{Append, AppendError, Log, NewEvent, StreamAppend, append};
use anamnesis_domain::{Event, Root};
use anamnesis_projections::log::RecordedEvent;
use cqrs_es::{AggregateContext, AggregateError, DomainEvent, EventEnvelope, EventStore};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// Events read at a time.
const PAGE: usize = 1_000;

/// A [`cqrs_es::EventStore`] over a log, for every aggregate.
#[derive(Clone)]
pub struct CqrsStore {
    log: Arc<dyn Log>,
}

/// A loaded aggregate and the version that a commit rests on.
#[derive(Debug)]
pub struct CqrsContext<A> {
    aggregate_id: String,
    aggregate: A,
    version: u64,
}

impl<A: Root> AggregateContext<A> for CqrsContext<A> {
    fn aggregate(&mut self) -> &mut A {
        &mut self.aggregate
    }
}

impl CqrsStore {
    /// A store on this log.
    #[must_use]
    pub fn new(log: Arc<dyn Log>) -> Self {
        Self { log }
    }
}

impl<A> EventStore<A> for CqrsStore
where
    A: Root,
    A::Event: Into<Event> + TryFrom<Event>,
{
    type AC = CqrsContext<A>;

    async fn load_events(
        &self,
        id: &str,
    ) -> Result<Vec<EventEnvelope<A>>, AggregateError<A::Error>> {
        let stream = stream_of::<A>(id);
        let mut all = Vec::new();
        loop {
            let read = self.log.read_stream(&stream, all.len() as u64, PAGE).await;
            let page =
                read.map_err(|error| AggregateError::DatabaseConnectionError(error.into()))?;
            for recorded in &page {
                all.push(envelope::<A>(recorded)?);
            }
            if page.len() < PAGE {
                return Ok(all);
            }
        }
    }

    async fn load_aggregate(&self, id: &str) -> Result<CqrsContext<A>, AggregateError<A::Error>> {
        let mut aggregate = A::default();
        let events: Vec<EventEnvelope<A>> = self.load_events(id).await?;
        let version = events.len() as u64;
        for event in events {
            aggregate.apply(event.payload);
        }
        Ok(CqrsContext { aggregate_id: id.to_owned(), aggregate, version })
    }

    async fn commit(
        &self,
        events: Vec<A::Event>,
        context: CqrsContext<A>,
        metadata: HashMap<String, String>,
    ) -> Result<Vec<EventEnvelope<A>>, AggregateError<A::Error>> {
        let metadata: Arc<str> = serde_json::to_string(&metadata)?.into();
        let part = StreamAppend {
            stream: stream_of::<A>(&context.aggregate_id),
            expected: context.version,
            after: None,
            events: events
                .into_iter()
                .map(|event| new_event(event, &metadata))
                .collect::<Result<_, _>>()?,
        };
        match append(&*self.log, Append { streams: vec![part] }).await {
            Ok(written) => written.iter().map(|recorded| envelope::<A>(recorded)).collect(),
            Err(AppendError::VersionConflict { .. }) => Err(AggregateError::AggregateConflict),
            Err(error) => Err(AggregateError::DatabaseConnectionError(error.into())),
        }
    }
}

fn new_event<E>(event: E, metadata: &Arc<str>) -> Result<NewEvent, serde_json::Error>
where
    E: DomainEvent + Into<Event>,
{
    Ok(NewEvent {
        event_id: Uuid::now_v7(),
        event_type: event.event_type(),
        event_version: event.event_version(),
        payload: serde_json::to_string(&event)?,
        metadata: Arc::clone(metadata),
        event: event.into(),
    })
}

fn envelope<A>(recorded: &RecordedEvent) -> Result<EventEnvelope<A>, AggregateError<A::Error>>
where
    A: Root,
    A::Event: TryFrom<Event>,
{
    let payload = event_of::<A>(recorded)
        .map_err(|error| AggregateError::DeserializationError(error.into()))?;
    Ok(EventEnvelope {
        aggregate_id: recorded.stream.aggregate_id.clone(),
        sequence: usize::try_from(recorded.sequence).unwrap_or(usize::MAX),
        payload,
        metadata: serde_json::from_str(&recorded.metadata)?,
    })
}
