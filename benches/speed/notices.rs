//! How far the notices are behind the log under a thousand bookings per second.

use crate::Outcome;
use crate::clinic::Clinic;
use crate::cluster::Bench;
use crate::engine::Engine;
use crate::hospital::Hospital;
use crate::percentiles::Percentiles;
use crate::readers::Readers;
use crate::report::{Goal, Row};
use anamnesis_projections::notices::Notices;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

const DOCTORS: usize = 500;
const PATIENTS: usize = 5_000;
/// One booking is begun in each, whatever became of those before.
const EVERY: Duration = Duration::from_millis(1);
const BOOKINGS: usize = 10_000;
/// The longest that is waited for one notice.
const LAG_MAX: Duration = Duration::from_secs(30);
/// What the lag has to stay below, in microseconds.
const GOAL_US: f64 = 1_000_000.0;

/// Of one booking: until it was durable, and from then until its notice could be read.
type Times = (Duration, Duration);

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let hospital = Hospital::found(bench, "notices").await?;
    let engine = Arc::new(hospital.engine().await?);
    let clinic = Arc::new(Clinic::open(&engine, DOCTORS, PATIENTS).await?);
    let readers = Readers::start(&hospital.database.pool, &engine).with_room_opener(&engine);
    let readers = Arc::new(readers);
    readers.catch_up(&engine).await?;

    let started = Instant::now();
    let times = book_at_pace(&engine, &clinic, &readers).await?;
    let took = started.elapsed().as_secs_f64();
    let ended = Instant::now();
    readers.open_rooms(&engine).await?;
    let rooms_after = ended.elapsed().as_secs_f64();

    if let Some(readers) = Arc::into_inner(readers) {
        readers.stop().await;
    }
    let written: i64 = sqlx::query_scalar("SELECT count(*) FROM read.notices")
        .fetch_one(&hospital.database.pool)
        .await?;
    if usize::try_from(written)? != BOOKINGS {
        return Err(format!("{BOOKINGS} were booked, {written} doctors were told").into());
    }
    if let Some(engine) = Arc::into_inner(engine) {
        engine.stop().await;
    }
    hospital.database.pool.close().await;
    let (durable, lag): (Vec<_>, Vec<_>) = times.into_iter().unzip();
    let (durable, lag) = (Percentiles::of(durable)?, Percentiles::of(lag)?);
    let note = format!(
        "the longest of {BOOKINGS} bookings, 1,000 begun per second ({took:.1} s), every read \
         model and the room opener in the same process; lag p50 {:.0} us, p99 {:.0} us; a booking \
         was durable after p50 {:.0} us, p99 {:.0} us; the last room was open {rooms_after:.1} s \
         after the last booking; limit: 1 s",
        lag.p50, lag.p99, durable.p50, durable.p99
    );
    Ok(vec![Row::new("notices", "us", (lag.max, GOAL_US), Goal::RatioAtMost(1.0), note)])
}

async fn book_at_pace(
    engine: &Arc<Engine>,
    clinic: &Arc<Clinic>,
    readers: &Arc<Readers>,
) -> Outcome<Vec<Times>> {
    let mut pace = interval(EVERY);
    // One that comes late does not delay the others: they come all the faster.
    pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut running = JoinSet::new();
    for _ in 0..BOOKINGS {
        pace.tick().await;
        let (engine, clinic, readers) =
            (Arc::clone(engine), Arc::clone(clinic), Arc::clone(readers));
        running.spawn(async move { book(&engine, &clinic, &readers).await });
    }
    let mut times = Vec::with_capacity(BOOKINGS);
    while let Some(one) = running.join_next().await {
        times.push(one??);
    }
    Ok(times)
}

async fn book(engine: &Engine, clinic: &Clinic, readers: &Readers) -> Outcome<Times> {
    let begun = Instant::now();
    let (executed, _) = clinic.book_next(engine).await?;
    let durable = Instant::now();
    let position = executed.position().ok_or("a booking without events")?;
    if !readers.runner.wait_until_named(&[Notices::NAME], position, LAG_MAX).await {
        return Err("the notices are more than half a minute behind".into());
    }
    Ok((durable - begun, durable.elapsed()))
}
