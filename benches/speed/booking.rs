//! Bookings against plain appends: durable, against the doctors' hours, no time given twice.

use crate::Outcome;
use crate::clinic::{self, Clinic};
use crate::cluster::Bench;
use crate::engine::Engine;
use crate::hospital::{Hospital, Pair};
use crate::load;
use crate::readers::Readers;
use crate::report::{Goal, Row};
use crate::rounds::alternate;
use sqlx::PgPool;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

const ROOMS: usize = 500;
const DOCTORS: usize = 500;
const PATIENTS: usize = 2_000;
const CALLERS: usize = 256;
const ROUND: Duration = Duration::from_secs(3);
const WARM_UP: Duration = Duration::from_secs(1);

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let hospital = Hospital::found(bench, "booking").await?;
    let engine = Arc::new(hospital.engine().await?);
    let pairs: Arc<[Pair]> = (0..ROOMS).map(|_| Pair::new()).collect();
    engine.open_rooms(&pairs).await?;
    let clinic = Arc::new(Clinic::open(&engine, DOCTORS, PATIENTS).await?);
    load::post(&engine, &pairs, CALLERS, WARM_UP).await?;
    let booked = AtomicU64::new(0);
    let book = async || {
        let (count, rate) = clinic::book(&engine, &clinic, CALLERS, ROUND).await?;
        booked.fetch_add(count, Ordering::Relaxed);
        Outcome::Ok(rate)
    };
    book().await?;
    let before = bench.decided_again();

    let rates = alternate(
        async |_| book().await,
        async |_| Ok(load::post(&engine, &pairs, CALLERS, ROUND).await?.per_second),
    )
    .await?;

    let again = bench.decided_again() - before;
    let with_readers = with_read_models(&hospital.database.pool, &engine, book).await?;
    let booked = booked.into_inner();
    check(&hospital.database.pool, booked).await?;
    if let Some(engine) = Arc::into_inner(engine) {
        engine.stop().await;
    }
    hospital.database.pool.close().await;
    let note = format!(
        "256 callers, 500 doctors, 2,000 patients, four weeks; limit: one message per append, 256 \
         callers; {booked} booked, none twice, {again} decided again; with every read model \
         running in the same process, ours is {with_readers:.0}"
    );
    Ok(vec![Row::new("booking", "bookings/s", rates, Goal::RatioAtLeast(0.3), note)])
}

async fn with_read_models(
    pool: &PgPool,
    engine: &Engine,
    book: impl AsyncFn() -> Outcome<f64>,
) -> Outcome<f64> {
    let readers = Readers::start(pool, engine);
    readers.catch_up(engine).await?;
    let rate = book().await?;
    readers.stop().await;
    Ok(rate)
}

/// What was acknowledged is in the log, each with the doctor's day, and no time twice.
async fn check(pool: &PgPool, acknowledged: u64) -> Outcome<()> {
    let (booked, times, taken): (i64, i64, i64) = sqlx::query_as(
        "SELECT count(*) FILTER (WHERE event_type = 'AppointmentBooked'),
             count(DISTINCT (payload->'AppointmentBooked'->>'doctor_id',
                 payload->'AppointmentBooked'->>'starts_at'))
                 FILTER (WHERE event_type = 'AppointmentBooked'),
             count(*) FILTER (WHERE event_type = 'TimeTaken')
         FROM log.events",
    )
    .fetch_one(pool)
    .await?;
    if u64::try_from(booked)? == acknowledged && times == booked && taken == booked {
        return Ok(());
    }
    let found = format!("{booked} bookings of {times} times, {taken} taken in days");
    Err(format!("{acknowledged} bookings were acknowledged, in the log are {found}").into())
}
