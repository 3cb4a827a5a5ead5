//! Random sessions: whatever people look at, or try to.

use super::history::room_id;
use super::world::{World, person};
use anamnesis_domain::session::{
    Attempt, EndReason, LookUp, Read, ReadPart, RecordKind, SessionCommand as Command,
};
use anamnesis_domain::sign_in::{FailureReason, SignInCommand};
use anamnesis_domain::{Role, SessionId};
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

/// One try in one of a few sessions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    session: u8,
    what: u8,
    at: u8,
}

pub(crate) fn looking() -> impl Strategy<Value = Look> {
    (0..4_u8, 0..8_u8, 0..3_u8).prop_map(|(session, what, at)| Look { session, what, at })
}

pub(crate) fn session_id(session: u8) -> SessionId {
    SessionId(Uuid::from_u128(0x5E55 + u128::from(session)))
}

pub(crate) async fn look(world: &mut World, Look { session, what, at }: Look) {
    let (patient_id, room) = (person(at * 2), room_id(at).0);
    let command = match what {
        0..=2 => Command::Start {
            account_id: person(session),
            role: if session.is_multiple_of(2) { Role::Patient } else { Role::Doctor },
        },
        3 => {
            let parts = vec![
                ReadPart { id: room, from: 1, through: 4 },
                ReadPart { id: room_id(0).0, from: 1, through: 2 },
            ];
            let kind = RecordKind::Messages;
            Command::RecordReads(vec![Read { patient_id, kind, parts, grant_id: None }])
        }
        4 => {
            let filters = BTreeMap::from([("patient".to_owned(), patient_id.to_string())]);
            Command::RecordLookUp(LookUp { view: "search".to_owned(), filters })
        }
        5 => Command::RecordDenial(Attempt {
            action: "read_room".to_owned(),
            kind: Some(RecordKind::Messages),
            id: Some(room),
            patient_id: Some(patient_id),
        }),
        6 => {
            let account_id = (at > 0).then_some(patient_id);
            let reason = FailureReason::WrongPassword;
            world.sign_in(SignInCommand::RecordFailure { account_id, reason }).await;
            return;
        }
        _ => Command::End { reason: EndReason::TokenReused },
    };
    world.session(session_id(session), command).await;
}
