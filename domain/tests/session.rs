//! The rule that nothing is read outside of a session.

#[path = "support/step.rs"]
mod step;

use anamnesis_domain::session::{
    EndReason, Read, ReadPart, RecordKind, Session, SessionCommand as Command,
    SessionError as Error, SessionEvent as Event,
};
use anamnesis_domain::{AccountId, Role};
use cqrs_es::Aggregate;
use step::step;
use uuid::Uuid;

const WHO: AccountId = AccountId(Uuid::from_u128(1));

fn start() -> Command {
    Command::Start { account_id: WHO, role: Role::Doctor }
}

fn started() -> Event {
    Event::SessionStarted { account_id: WHO, role: Role::Doctor }
}

fn end() -> Command {
    Command::End { reason: EndReason::SignedOut }
}

fn ended() -> Event {
    Event::SessionEnded { reason: EndReason::SignedOut }
}

fn read(number: u128) -> Read {
    Read {
        patient_id: AccountId(Uuid::from_u128(2)),
        kind: RecordKind::Consultation,
        parts: vec![ReadPart { id: Uuid::from_u128(number), from: 1, through: 1 }],
        grant_id: None,
    }
}

fn given(events: impl IntoIterator<Item = Event>) -> Session {
    let mut session = Session::default();
    events.into_iter().for_each(|event| session.apply(event));
    session
}

#[test]
fn a_session_starts_once() {
    assert_eq!(step(&mut Session::default(), &start()), Ok(vec![started()]));
    assert_eq!(step(&mut given([started()]), &start()), Ok(vec![]));
}

/// Codes stand in other tables as well, and are turned into events.
#[test]
fn a_reason_has_one_code_wherever_it_is_stored() {
    for reason in EndReason::ALL {
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        assert_eq!(EndReason::from_code(reason.as_str()), Some(reason));
    }
    assert_eq!(EndReason::from_code("tired"), None);
}

#[test]
fn a_session_ends_once() {
    assert_eq!(step(&mut given([started()]), &end()), Ok(vec![ended()]));
    assert_eq!(step(&mut given([started(), ended()]), &end()), Ok(vec![]));
}

#[test]
fn each_patient_whom_a_look_concerns_has_an_event() {
    let look = Command::RecordReads(vec![read(7), read(8)]);
    let written = [7, 8].map(|number| Event::ContentRead { read: read(number) });
    assert_eq!(step(&mut given([started()]), &look), Ok(written.to_vec()));
}

#[test]
fn nothing_is_read_before_a_session_or_after_its_end() {
    for command in [Command::RecordReads(vec![read(7)]), Command::FollowFeed { after: None }] {
        assert_eq!(step(&mut Session::default(), &command), Err(Error::NotFound));
        assert_eq!(step(&mut given([started(), ended()]), &command), Err(Error::Ended));
    }
    assert_eq!(step(&mut Session::default(), &end()), Err(Error::NotFound));
}
