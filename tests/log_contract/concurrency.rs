//! Many writers at once, through two processes' views of one log.

use crate::engine::Engine;
use crate::events::{assert_sound, message_with, room, to};
use anamnesis::log::{AppendError, Log, append};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

const WRITERS: usize = 24;
const APPENDS_EACH: usize = 12;
const ROOMS: usize = 5;

/// Appends to rooms in turn, on the version last seen, until each append is accepted.
async fn write(log: Arc<dyn Log>, writer: usize) -> Vec<(Uuid, u64)> {
    let mut versions: HashMap<usize, u64> = HashMap::new();
    let mut acknowledged = Vec::new();
    for number in 0..APPENDS_EACH {
        let chosen = (writer * 7 + number * 3) % ROOMS;
        let count = 1 + (writer + number) % 3;
        let ids: Vec<Uuid> = (0..count).map(|_| Uuid::new_v4()).collect();
        loop {
            let version = versions.entry(chosen).or_default();
            let events = ids.iter().map(|id| message_with(*id)).collect();
            match append(&*log, to(&room(&chosen.to_string()), *version, events)).await {
                Ok(written) => {
                    *version += count as u64;
                    acknowledged.extend(written.iter().map(|e| (e.event_id, e.position)));
                    break;
                }
                Err(AppendError::VersionConflict { actual, .. }) => *version = actual,
                Err(other) => panic!("{other}"),
            }
        }
    }
    acknowledged
}

pub(crate) async fn many_writers_leave_no_gap_and_lose_nothing(engine: &Engine) {
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let log = if writer % 2 == 0 { &engine.log } else { &engine.other };
            tokio::spawn(write(Arc::clone(log), writer))
        })
        .collect();
    let mut acknowledged = Vec::new();
    for writer in writers {
        acknowledged.extend(writer.await.unwrap());
    }
    acknowledged.sort_unstable_by_key(|(_, position)| *position);
    let last = acknowledged.len() as u64;
    for log in [&engine.log, &engine.other] {
        log.head().wait_for(|position| *position == last).await.unwrap();
        let all = log.read_after(0, 10_000).await.unwrap();
        assert_sound(&all);
        let read: Vec<_> = all.iter().map(|event| (event.event_id, event.position)).collect();
        assert_eq!(read, acknowledged, "what was acknowledged is there, where it was said to be");
    }
}

pub(crate) async fn a_reader_that_follows_sees_everything_in_order(engine: &Engine) {
    let expected = 200;
    let follow = |log: &Arc<dyn Log>| {
        let log = Arc::clone(log);
        tokio::spawn(async move {
            let mut head = log.head();
            let mut seen = Vec::new();
            while seen.len() < expected {
                let after = seen.len() as u64;
                head.wait_for(|position| *position > after).await.unwrap();
                seen.extend(log.read_after(after, 7).await.unwrap());
            }
            seen
        })
    };
    let readers = [follow(&engine.log), follow(&engine.other)];
    for number in 0..expected {
        let log = if number % 3 == 0 { &engine.log } else { &engine.other };
        let stream = room(&number.to_string());
        append(&**log, to(&stream, 0, vec![message_with(Uuid::new_v4())])).await.unwrap();
    }
    for reader in readers {
        assert_sound(&reader.await.unwrap());
    }
}
