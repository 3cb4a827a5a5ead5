//! A hospital in which much was said, by many patients and one doctor.

use crate::Outcome;
use crate::cluster::Bench;
use crate::filled::{messages_of, metadata};
use crate::hospital::{Hospital, Pair};
use crate::readers::Readers;
use anamnesis::log::{Append, Log};
use anamnesis_domain::{AccountId, Role};
use std::collections::VecDeque;

/// Messages of each room, whatever the hospital's size: half of them its patient's.
pub(crate) const OF_EACH: u64 = 1_000;
/// Messages of one append, and appends under way.
const APPEND: u64 = 100;
const UNDER_WAY: usize = 8;

pub(crate) struct FilledTrail {
    pub(crate) hospital: Hospital,
    pub(crate) doctor: AccountId,
    pub(crate) pairs: Vec<Pair>,
}

impl FilledTrail {
    pub(crate) async fn make(bench: &Bench, name: &str, rooms: usize) -> Outcome<Self> {
        let hospital = Hospital::found(bench, name).await?;
        let engine = hospital.engine().await?;
        let doctor = AccountId::new();
        let pairs: Vec<_> = (0..rooms).map(|_| Pair::with_doctor(doctor)).collect();
        engine.open_rooms(&pairs).await?;
        let mut under_way = VecDeque::new();
        // Round by round, so that everybody's lines lie all over the log.
        for round in 0..OF_EACH / APPEND {
            for pair in &pairs {
                let (actor, role) = match round % 2 {
                    0 => (pair.people.patient_id, Role::Patient),
                    _ => (doctor, Role::Doctor),
                };
                let metadata = metadata(actor, role)?;
                let expected = 1 + round * APPEND;
                let part = messages_of(&engine, *pair, &metadata, expected, APPEND).await?;
                under_way.push_back(engine.log.enqueue(Append { streams: vec![part] })?);
                if under_way.len() == UNDER_WAY
                    && let Some(oldest) = under_way.pop_front()
                {
                    oldest.await??;
                }
            }
        }
        for pending in under_way {
            pending.await??;
        }
        let readers = Readers::start(&hospital.database.pool, &engine);
        readers.catch_up(&engine).await?;
        readers.complete_trail(&engine).await?;
        readers.stop().await;
        engine.stop().await;
        Ok(Self { hospital, doctor, pairs })
    }
}
