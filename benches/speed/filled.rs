//! A hospital with a history: one very long room, many of ordinary length.

use crate::Outcome;
use crate::cluster::Bench;
use crate::engine::Engine;
use crate::hospital::{Hospital, Pair};
use crate::load::BODY;
use crate::readers::Readers;
use crate::rounds::per_second;
use anamnesis::live::Rooms;
use anamnesis::log::{Append, Log, NewEvent, StreamAppend};
use anamnesis::sealing::SealedAt;
use anamnesis_domain::AccountId;
use anamnesis_domain::Role;
use anamnesis_domain::chat_room::ChatRoomEvent;
use anamnesis_projections::log::{EventLog, Metadata};
use cqrs_es::DomainEvent;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;
use uuid::Uuid;

const LONG: u64 = 1_000_000;
const ORDINARY: u64 = 500;
const ORDINARY_ROOMS: usize = 100;
const SHORT: u64 = 10;
const SHORT_ROOMS: usize = 50;
/// Events of one append, and appends under way.
const APPEND: u64 = 1_000;
const UNDER_WAY: usize = 4;

pub(crate) struct Filled {
    pub(crate) hospital: Hospital,
    /// Of every room.
    pub(crate) doctor: AccountId,
    pub(crate) long: Pair,
    pub(crate) ordinary: Vec<Pair>,
    pub(crate) short: Vec<Pair>,
    /// Events per second at which the live read models caught up with all of it.
    pub(crate) caught_up: f64,
}

impl Filled {
    pub(crate) async fn make(bench: &Bench) -> Outcome<Self> {
        let hospital = Hospital::found(bench, "filled").await?;
        let engine = hospital.engine().await?;
        let doctor = AccountId::new();
        let pairs = |count| (0..count).map(|_| Pair::with_doctor(doctor)).collect::<Vec<_>>();
        let (long, ordinary, short) =
            (Pair::with_doctor(doctor), pairs(ORDINARY_ROOMS), pairs(SHORT_ROOMS));
        engine.open_rooms(&[long]).await?;
        engine.open_rooms(&ordinary).await?;
        engine.open_rooms(&short).await?;
        fill(&engine, long, LONG).await?;
        for pair in &ordinary {
            fill(&engine, *pair, ORDINARY).await?;
        }
        for pair in &short {
            fill(&engine, *pair, SHORT).await?;
        }
        let caught_up = catch_up(&hospital, &engine).await?;
        engine.stop().await;
        hospital.database.settle().await?;
        Ok(Self { hospital, doctor, long, ordinary, short, caught_up })
    }
}

/// Writes sealed messages straight into the log.
pub(crate) async fn fill(engine: &Engine, pair: Pair, messages: u64) -> Outcome<()> {
    let metadata = metadata(pair.people.patient_id, Role::Patient)?;
    let mut under_way = VecDeque::new();
    let mut expected = 1;
    while expected <= messages {
        let count = APPEND.min(messages + 1 - expected);
        let part = messages_of(engine, pair, &metadata, expected, count).await?;
        under_way.push_back(engine.log.enqueue(Append { streams: vec![part] })?);
        expected += count;
        if under_way.len() == UNDER_WAY
            && let Some(oldest) = under_way.pop_front()
        {
            oldest.await??;
        }
    }
    for pending in under_way {
        pending.await??;
    }
    Ok(())
}

/// As if somebody did it in a session and a request of their own.
pub(crate) fn metadata(actor: AccountId, role: Role) -> Outcome<Arc<str>> {
    let metadata = Metadata {
        actor_id: Some(actor),
        actor_role: Some(role),
        session_id: Some(Uuid::now_v7()),
        request_id: Some(Uuid::now_v7()),
        correlation_id: Some(Uuid::now_v7()),
        client_id: Some(Uuid::now_v7()),
        ..Metadata::default()
    };
    Ok(serde_json::to_string(&metadata)?.into())
}

/// Messages of a patient, from that sequence on.
pub(crate) async fn messages_of(
    engine: &Engine,
    pair: Pair,
    metadata: &Arc<str>,
    expected: u64,
    count: u64,
) -> Outcome<StreamAppend> {
    let stream = Rooms::stream(pair.room);
    let author_id = pair.people.patient_id;
    let mut events = Vec::new();
    for _ in 0..count {
        let event_id = Uuid::now_v7();
        let at = SealedAt {
            event_id,
            aggregate_type: &stream.aggregate_type,
            aggregate_id: &stream.aggregate_id,
            field: "body",
        };
        let body = engine.sealer.seal(author_id.0, at, BODY.as_bytes()).await?;
        let event = ChatRoomEvent::MessagePosted { author_id, body };
        events.push(NewEvent {
            event_id,
            event_type: event.event_type(),
            event_version: event.event_version(),
            payload: serde_json::to_string(&event)?,
            metadata: Arc::clone(metadata),
            event: event.into(),
        });
    }
    Ok(StreamAppend { stream, expected, after: None, events })
}

/// Lets the read models follow; events per second.
pub(crate) async fn catch_up(hospital: &Hospital, engine: &Engine) -> Outcome<f64> {
    let started = Instant::now();
    let readers = Readers::start(&hospital.database.pool, engine).with_room_opener(engine);
    readers.catch_up(engine).await?;
    let rate = per_second(*engine.log.head().borrow(), started.elapsed());
    // Otherwise the server would begin with reading all of it.
    readers.open_rooms(engine).await?;
    readers.stop().await;
    Ok(rate)
}
