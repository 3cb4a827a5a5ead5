//! A replay in which there is little to tell.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use anamnesis::log::{Append, Log, MemoryLog, NewEvent, StreamAppend, append};
use anamnesis::replay::{Asked, Format, Pages, Written};
use anamnesis_domain::session::SessionEvent;
use anamnesis_domain::{AccountId, Event};
use anamnesis_projections::log::StreamId;
use chrono::Utc;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// More than two pages.
const EVENTS: u64 = 2_500;

async fn log() -> Arc<dyn Log> {
    let log = MemoryLog::default();
    let stream = StreamId { aggregate_type: "session".into(), aggregate_id: "s".into() };
    let event = SessionEvent::FeedFollowed { after: None };
    let events = (0..EVENTS).map(|_| NewEvent {
        event_id: Uuid::new_v4(),
        event_type: "FeedFollowed".into(),
        event_version: "1".into(),
        payload: serde_json::to_string(&event).unwrap(),
        metadata: "{}".into(),
        event: Event::Session(event.clone()),
    });
    let part = StreamAppend { stream, expected: 0, after: None, events: events.collect() };
    append(&log, Append { streams: vec![part] }).await.unwrap();
    Arc::new(log)
}

async fn pieces(log: Arc<dyn Log>, format: Format, silence_max: Duration) -> Vec<String> {
    let asked = Asked { actor: Some(AccountId::new()), ..Asked::default() };
    let selection = asked.settle(&*log, Utc::now()).await.unwrap();
    let pages = Pages::start(log, &selection, None);
    let mut written = Written::new(pages, &selection, format).silent_for(silence_max);
    let mut pieces = Vec::new();
    while let Some(piece) = written.next().await {
        pieces.push(String::from_utf8(piece.unwrap()).unwrap());
    }
    pieces
}

#[tokio::test]
async fn where_nothing_is_found_for_long_blank_lines_say_that_it_goes_on() {
    let closing = format!(
        "{{\"complete\":true,\"count\":0,\"first\":null,\"last\":null,\"from\":1,\"to\":{EVENTS}}}\n"
    );
    let log = log().await;
    let told = pieces(Arc::clone(&log), Format::JsonLines, Duration::ZERO).await;
    assert_eq!(told, ["\n", "\n", "\n", closing.as_str()]);
    let told = pieces(Arc::clone(&log), Format::JsonLines, Duration::from_hours(1)).await;
    assert_eq!(told, [closing]);
    // A blank line would be a row of a table.
    let told = pieces(log, Format::Csv, Duration::ZERO).await.concat();
    assert!(told.starts_with("kind,position,") && told.contains("\r\nend,"), "{told}");
    assert_eq!(told.lines().count(), 2);
}
