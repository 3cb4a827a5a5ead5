//! Random work of compliance officers: grants, reviews and searches.

use super::opener::seal;
use super::world::{World, person};
use anamnesis_domain::GrantId;
use anamnesis_domain::access_grant::{AccessGrantCommand as Ask, Verdict};
use anamnesis_domain::audit_desk::{AuditDeskCommand as Command, Filters};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

/// One try of one of two officers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work {
    officer: u8,
    what: u8,
    /// Which grant, review or search.
    which: u8,
}

pub(crate) fn officers() -> impl Strategy<Value = Work> {
    (0..2_u8, 0..10_u8, 0..4_u8).prop_map(|(officer, what, which)| Work { officer, what, which })
}

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
}

fn id(kind: u128, officer: u8, which: u8) -> Uuid {
    Uuid::from_u128((kind << 64) + u128::from(officer) * 16 + u128::from(which))
}

pub(crate) async fn work(world: &mut World, Work { officer, what, which }: Work) {
    let by = person(90 + officer);
    let filters: Filters = [("patient".to_owned(), person(which).to_string())].into();
    let search_id = id(2, officer, which);
    let command = match what {
        0..=4 => return hold(world, Work { officer, what, which }).await,
        5 => Command::ReviewTrail {
            review_id: Uuid::new_v4(),
            filters,
            from: 1,
            to: u64::from(which) + 1,
            note: seal("seen"),
        },
        6 | 7 => Command::SaveSearch { search_id, name: seal("mine"), filters },
        8 => Command::ChangeSearch { search_id, filters: Filters::new() },
        _ => Command::DeleteSearch { search_id },
    };
    world.desk(by, command).await;
}

/// A grant is given, ended, or reviewed by the other officer.
async fn hold(world: &mut World, Work { officer, what, which }: Work) {
    let (by, other) = (person(90 + officer), person(91 - officer));
    let (patient_id, grant_id) = (person(which * 2), GrantId(id(1, officer, which)));
    let (now, expires_at) = (at(0), at(60));
    let ask = match what {
        0 | 1 => Ask::Grant { officer_id: by, patient_id, reason: seal("asked"), expires_at, now },
        2 => Ask::End { by, now },
        3 => {
            let (verdict, note) = (Verdict::Justified, Some(seal("fine")));
            Ask::Review { by: other, verdict, note, now: at(61) }
        }
        _ => {
            let verdict = Verdict::NotJustified;
            Ask::Review { by: other, verdict, note: None, now: at(61) }
        }
    };
    if world.grant(grant_id, ask).await.is_some() && what < 3 {
        let command = if what == 2 {
            Command::ReturnGrant { grant_id, now }
        } else {
            Command::TakeGrant { grant_id, expires_at, now }
        };
        world.desk(by, command).await;
    }
}
