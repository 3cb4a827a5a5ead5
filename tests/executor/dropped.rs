//! Callers who go away.

use crate::engine::Engine;
use crate::support::{
    book, executor, once, open_room, posting, retryable, room_events, scattered, tell,
};
use anamnesis::log::Log;
use anamnesis_domain::Event;
use anamnesis_domain::chat_room::ChatRoomEvent;
use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::sync::Arc;
use uuid::Uuid;

/// Runs it until it ends or has been polled that often, and drops it.
async fn poll_at_most<T: Send + 'static>(
    times: u64,
    future: impl Future<Output = T> + Send + 'static,
) -> Option<T> {
    let task = tokio::spawn(future);
    for _ in 0..times {
        tokio::task::yield_now().await;
    }
    task.abort();
    task.await.ok()
}

pub(crate) async fn a_caller_may_go_away_at_any_moment(engine: &Engine) {
    let on = executor(&engine.log);
    open_room(&on).await;
    let mut asked = HashSet::new();
    let mut acknowledged = HashSet::new();
    for round in 0..300 {
        if round % 40 == 0 {
            // Another process gets in between, so that some of the appends are refused.
            tell(&executor(&engine.other), &once(), posting()).await.unwrap();
        }
        let on = Arc::clone(&on);
        let context = retryable(Uuid::from_u128(u128::from(round)), "a");
        asked.insert(context.event_id);
        let posted = async move { tell(&on, &context, posting()).await.unwrap() };
        if let Some(done) = poll_at_most(scattered(round, 60), posted).await {
            acknowledged.insert(done.events[0].event_id);
        }
    }
    // Behind everything that was queued.
    let last = tell(&on, &once(), posting()).await.unwrap();
    let events = room_events(&*engine.log).await;
    assert_eq!(events.last().unwrap().event_id, last.events[0].event_id);
    let stored: HashSet<_> = events.iter().map(|event| event.event_id).collect();
    assert_eq!(stored.len(), events.len());
    assert!(acknowledged.is_subset(&stored));
    let lost = asked.difference(&stored).count();
    assert_eq!(stored.intersection(&asked).count(), asked.len() - lost);
    let posts = events.iter().filter(|event| event.event_type == "MessagePosted").count();
    assert_eq!(posts, events.len() - 1);
    let Ok(Event::ChatRoom(ChatRoomEvent::RoomOpened { .. })) = events[0].event() else {
        panic!("the room begins with its opening")
    };
}

pub(crate) async fn a_booking_is_whole_when_its_caller_goes_away(engine: &Engine) {
    let on = executor(&engine.log);
    for round in 0..120 {
        let on = Arc::clone(&on);
        let starts = i64::try_from(round).unwrap() * 10;
        let booked = async move { book(&on, starts, starts + 10).await.1 };
        poll_at_most(scattered(round, 40), booked).await;
    }
    let last = book(&on, 1_300, 1_310).await.1.unwrap();
    let halves = bookings(&*engine.log, last.position().unwrap()).await;
    assert!(halves.values().all(|(booked, taken)| (*booked, *taken) == (1, 1)), "{halves:?}");
}

/// How often each appointment is booked and has its time, once the log shows `through`.
pub(crate) async fn bookings(log: &dyn Log, through: u64) -> HashMap<Uuid, (usize, usize)> {
    log.head().wait_for(|position| *position >= through).await.unwrap();
    let mut all: HashMap<Uuid, (usize, usize)> = HashMap::new();
    for recorded in log.read_after(0, 100_000).await.unwrap() {
        match recorded.event().unwrap() {
            Event::Appointment(_) => {
                let id = recorded.stream.aggregate_id.parse().unwrap();
                all.entry(id).or_default().0 += 1;
            }
            Event::DoctorDay(event) => {
                let text = serde_json::to_value(event).unwrap();
                let id = text["TimeTaken"]["appointment_id"].as_str().unwrap().parse().unwrap();
                all.entry(id).or_default().1 += 1;
            }
            _ => {}
        }
    }
    all
}
