//! How fast a rebuild is. Run by name, in release: a measurement, not a test.

use crate::support::database::fresh_database;
use crate::support::live::{Live, PATIENCE};
use crate::support::memory_log::MemoryLog;
use crate::support::opener::seal;
use crate::support::world::person;
use anamnesis_domain::chat_room::{ChatRoom, ChatRoomEvent};
use anamnesis_domain::{AccountId, RoomId};
use anamnesis_projections::conversations::Conversations;
use anamnesis_projections::shadow::rebuild;
use std::sync::Arc;
use std::time::Instant;
use uuid::Uuid;

const ROOMS: u128 = 500;
const MESSAGES: u64 = 300_000;

fn conversation() -> Arc<MemoryLog> {
    let log = MemoryLog::new();
    let doctor_id = person(1);
    let rooms: Vec<_> = (0..ROOMS)
        .map(|number| {
            let patient_id = AccountId(Uuid::from_u128(number));
            let room = RoomId::of_pair(patient_id, doctor_id);
            log.append::<ChatRoom>(&room, &ChatRoomEvent::RoomOpened { patient_id, doctor_id });
            (room, patient_id)
        })
        .collect();
    let body = seal(&"x".repeat(150));
    for (room, author_id) in rooms.into_iter().cycle().take(usize::try_from(MESSAGES).unwrap()) {
        let body = body.clone();
        log.append::<ChatRoom>(&room, &ChatRoomEvent::MessagePosted { author_id, body });
    }
    log
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
#[expect(clippy::print_stdout, clippy::cast_precision_loss, reason = "it is there to print")]
async fn rebuild_speed() {
    let log = conversation();
    let events = log.last_position() as f64;
    let started = Instant::now();
    let live = Live::start_on(fresh_database().await, &log, vec![Arc::new(Conversations)]);
    assert!(live.runner.wait_until(log.last_position(), PATIENCE).await);
    println!("live catch-up: {:.0} events/s", events / started.elapsed().as_secs_f64());
    let started = Instant::now();
    let report = rebuild(&live.pool, log.as_ref(), &Conversations).await.unwrap();
    assert!(report.is_equal());

    println!("rebuild, compare and swap: {:.0} events/s", events / started.elapsed().as_secs_f64());
}
