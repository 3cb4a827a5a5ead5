//! The past, folded anew, is what the live tables were: for random histories and several moments
//! of each.

use crate::support::history::{Story, Try, tries};
use crate::support::live::{Live, accounts};
use anamnesis_domain::account::Account;
use anamnesis_domain::appointment::Appointment;
use anamnesis_domain::chat_room::ChatRoom;
use anamnesis_domain::consultation::Consultation;
use anamnesis_projections::Projection;
use anamnesis_projections::accounts::account_by_id;
use anamnesis_projections::appointments::{Appointments, appointment_ever, appointment_history};
use anamnesis_projections::consultations::{
    Consultations, consultation, consultation_versions, medicines,
};
use anamnesis_projections::conversations::{
    Anchor, Conversations, message_history, message_page, room, unread,
};
use anamnesis_projections::deleted_items::{DeletedItems, DeletedKind, deletions};
use anamnesis_projections::log::{EventLog, StreamId};
use anamnesis_projections::scratch::{Extent, Scratch, ScratchError};
use cqrs_es::Aggregate;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use sqlx::{PgConnection, PgPool};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;
use uuid::Uuid;

const KINDS: [&str; 4] = [Account::TYPE, ChatRoom::TYPE, Appointment::TYPE, Consultation::TYPE];

fn models() -> Vec<Arc<dyn Projection>> {
    let (rooms, appointments) = (Arc::new(Conversations), Arc::new(Appointments));
    vec![accounts(), rooms, appointments, Arc::new(Consultations), Arc::new(DeletedItems)]
}

/// What the queries answered at a moment, of every record there was.
struct Told {
    position: u64,
    answers: Vec<(StreamId, String)>,
}

#[test]
fn the_past_folded_anew_is_what_the_live_tables_were() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let stops = prop::collection::vec(1..60_usize, 1..4);
    let mut runner = TestRunner::new(Config { cases: 16, ..Config::default() });
    runner
        .run(&(tries(160), stops), |(tries, stops)| runtime.block_on(case(&tries, &stops)))
        .unwrap();
}

async fn case(tries: &[Try], stops: &[usize]) -> Result<(), TestCaseError> {
    let mut story = Story::new();
    let live = Live::start(&story.world.log).await;
    let (mut told, mut rest) = (Vec::new(), tries);
    for stop in stops {
        let (now, later) = rest.split_at((*stop).min(rest.len()));
        for what in now {
            story.perform(what).await;
        }
        rest = later;
        live.caught_up().await;
        told.push(tell(&live).await);
    }
    // The tables stay as they are at the last stop, and the log goes on.
    let log: Arc<dyn EventLog> = story.world.log.clone();
    let pool = live.stop().await;
    for what in rest {
        story.perform(what).await;
    }
    for then in &told {
        for (stream, answer) in &then.answers {
            let mut scratch = built(&pool, &log, vec![stream.clone()], then.position).await;
            prop_assert_eq!(&answers(scratch.connection(), stream).await, answer);
        }
    }
    if let Some(last) = told.last() {
        let streams = last.answers.iter().map(|(stream, _)| stream.clone()).collect();
        let mut scratch = built(&pool, &log, streams, last.position).await;
        for table in models().iter().flat_map(|model| model.tables()) {
            let differing = differing(scratch.connection(), table.name).await;
            prop_assert_eq!(differing, 0, "{}", table.name);
        }
    }
    pool.close().await;
    Ok(())
}

async fn built(
    pool: &PgPool,
    log: &Arc<dyn EventLog>,
    streams: Vec<StreamId>,
    until: u64,
) -> Scratch {
    let mut scratch = Scratch::open(pool, models()).await.unwrap();
    let extent = Extent { until, events_max: 10_000 };
    scratch.fold(log, streams, extent).await.unwrap();
    scratch
}

/// Rows that only one of the two has.
async fn differing(conn: &mut PgConnection, table: &str) -> i64 {
    let statement = format!(
        "SELECT count(*) FROM (
             (TABLE pg_temp.{table} EXCEPT ALL TABLE read.{table})
             UNION ALL (TABLE read.{table} EXCEPT ALL TABLE pg_temp.{table})) AS differing"
    );
    sqlx::query_scalar(&statement).fetch_one(conn).await.unwrap()
}

async fn tell(live: &Live) -> Told {
    let streams: BTreeSet<StreamId> = live
        .log
        .all()
        .iter()
        .map(|event| event.stream.clone())
        .filter(|stream| KINDS.contains(&stream.aggregate_type.as_ref()))
        .collect();
    let mut conn = live.pool.acquire().await.unwrap();
    let mut told = Vec::new();
    for stream in streams {
        let answer = answers(&mut conn, &stream).await;
        told.push((stream, answer));
    }
    Told { position: live.log.last_position(), answers: told }
}

/// All that the queries say of a record.
async fn answers(conn: &mut PgConnection, stream: &StreamId) -> String {
    let id: Uuid = stream.aggregate_id.parse().unwrap();
    let id_text = &stream.aggregate_id;
    let mut told = String::new();
    let kind = match stream.aggregate_type.as_ref() {
        ChatRoom::TYPE => {
            of_room(conn, stream, &mut told).await;
            DeletedKind::Message
        }
        Appointment::TYPE => {
            let id = id_text.parse().unwrap();
            let one = appointment_ever(&mut *conn, id).await.unwrap();
            let history = appointment_history(&mut *conn, id).await.unwrap();
            write!(told, "{one:?} {history:?}").unwrap();
            DeletedKind::Appointment
        }
        Consultation::TYPE => {
            let id = id_text.parse().unwrap();
            let one = consultation(&mut *conn, id).await.unwrap().unwrap();
            let versions = consultation_versions(&mut *conn, id, 0, 50).await.unwrap();
            let taken = medicines(&mut *conn, one.patient_id, None, 200).await.unwrap();
            let taken: Vec<_> = taken.iter().filter(|one| one.consultation_id == id).collect();
            write!(told, "{one:?} {versions:?} {taken:?}").unwrap();
            DeletedKind::Consultation
        }
        _ => {
            let one = account_by_id(&mut *conn, id_text.parse().unwrap()).await.unwrap();
            write!(told, "{one:?}").unwrap();
            DeletedKind::Account
        }
    };
    let deleted = deletions(conn, kind, id, (0, 10_000)).await.unwrap();
    write!(told, " {deleted:?}").unwrap();
    told
}

async fn of_room(conn: &mut PgConnection, stream: &StreamId, told: &mut String) {
    let id = stream.aggregate_id.parse().unwrap();
    let found = room(&mut *conn, id).await.unwrap().unwrap();
    let page = message_page(conn, id, Anchor::Latest, 200).await.unwrap();
    for reader in [found.patient_id, found.doctor_id] {
        write!(told, "{} ", unread(&mut *conn, id, reader).await.unwrap()).unwrap();
    }
    for message in &page.messages {
        let history = message_history(&mut *conn, id, message.sequence, 0, 200).await.unwrap();
        write!(told, "{history:?}").unwrap();
    }
    write!(told, "{found:?} {page:?}").unwrap();
}

#[tokio::test]
async fn more_than_may_be_folded_is_refused_and_nothing_stays_behind() {
    let mut story = Story::new();
    story.talk(30).await;
    let live = Live::start(&story.world.log).await;
    live.caught_up().await;
    let log: Arc<dyn EventLog> = live.log.clone();
    let stream = live.log.all()[0].stream.clone();
    let mut scratch = Scratch::open(&live.pool, models()).await.unwrap();
    let extent = Extent { until: u64::MAX, events_max: 5 };
    let refused = scratch.fold(&log, vec![stream], extent).await;
    assert!(matches!(refused, Err(ScratchError::TooLarge { limit: 5 })), "{refused:?}");
    let there = "SELECT count(*) FROM pg_class WHERE relpersistence = 't'";
    let tables: i64 = sqlx::query_scalar(there).fetch_one(scratch.connection()).await.unwrap();
    assert!(tables > 0);
    drop(scratch);
    // PostgreSQL notices the end of the connection by itself.
    let mut left = tables;
    while left > 0 {
        left = sqlx::query_scalar(there).fetch_one(&live.pool).await.unwrap();
        tokio::task::yield_now().await;
    }
    live.stop().await.close().await;
}

#[tokio::test]
async fn before_its_first_event_there_is_nothing_of_a_record() {
    let mut story = Story::new();
    story.talk(3).await;
    let live = Live::start(&story.world.log).await;
    let log: Arc<dyn EventLog> = live.log.clone();
    let second = live.log.all().into_iter().find(|event| event.position > 2).unwrap();
    let mut scratch = Scratch::open(&live.pool, models()).await.unwrap();
    let extent = Extent { until: second.position - 1, events_max: 100 };
    let folded = scratch.fold(&log, vec![second.stream.clone()], extent).await.unwrap();
    assert_eq!(folded, 0);
    let id = second.stream.aggregate_id.parse().unwrap();
    assert_eq!(room(scratch.connection(), id).await.unwrap(), None);
    live.stop().await.close().await;
}
