//! The audit trail.

use crate::support::history::{Story, Try, appointment_id, room_id, tries};
use crate::support::live::Live;
use crate::support::looking::session_id;
use crate::support::world::person;
use anamnesis_domain::session::{Read, ReadPart, RecordKind, SessionCommand};
use anamnesis_domain::{AccountId, Event, Role};
use anamnesis_projections::Projection;
use anamnesis_projections::trail::{
    Outcome, Stretch, Trail, TrailFilter, TrailKind, TrailLine, is_action, is_known, positions_in,
    search, timeline,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use std::path::Path;

const ALL: Stretch = Stretch { from: 0, before: u64::MAX };

/// Every page of a search.
async fn pages(live: &Live, filter: &TrailFilter, limit: u32) -> Vec<TrailLine> {
    let (mut found, mut within) = (Vec::new(), ALL);
    loop {
        let page = search(&live.pool, filter, within, limit).await.unwrap();
        assert!(page.lines.len() <= limit as usize);
        found.extend(page.lines);
        let Some(next) = page.next else { return found };
        assert!(next < within.before, "a search that does not go on");
        within.before = next;
    }
}

async fn actions(live: &Live, filter: TrailFilter) -> Vec<String> {
    live.caught_up().await;
    pages(live, &filter, 100).await.into_iter().map(|line| line.action).collect()
}

async fn a_day() -> Story {
    let mut story = Story::new();
    for what in [
        Try::Register { person: 2, role: None },
        Try::Book { appointment: 1, patient: 1, hour: 9 },
        Try::Post { room: 1, doctor: false },
        Try::Hide { appointment: 1, consultation: true, restore: false },
    ] {
        story.perform(&what).await;
    }
    story
}

#[tokio::test]
async fn whatever_concerns_a_patient_is_found_also_where_the_event_does_not_say_so() {
    let story = a_day().await;
    let live = Live::start(&story.world.log).await;
    let filter = TrailFilter { patient: Some(person(2)), ..TrailFilter::default() };
    let expected = [
        "consultation_deleted",
        "consultation_opened",
        "message_posted",
        "room_opened",
        "appointment_booked",
        "patient_registered",
    ];
    assert_eq!(actions(&live, filter).await, expected);
    // Applied one by one, so that what the events need was said in batches before.
    let mut story = Story::new();
    let live = Live::start(&story.world.log).await;
    story.perform(&Try::Post { room: 1, doctor: false }).await;
    live.caught_up().await;
    story.perform(&Try::Retract { room: 1, message: 0 }).await;
    let filter = TrailFilter { patient: Some(person(2)), ..TrailFilter::default() };
    let expected = ["message_retracted", "message_posted", "room_opened"];
    assert_eq!(actions(&live, filter).await, expected);
}

#[tokio::test]
async fn a_timeline_has_what_was_done_and_what_was_read_in_order() {
    let mut story = a_day().await;
    let session = session_id(1);
    let start = SessionCommand::Start { account_id: person(1), role: Role::Doctor };
    story.world.session(session, start).await;
    let parts = vec![ReadPart { id: room_id(1).0, from: 1, through: 2 }];
    let read = Read { patient_id: person(2), kind: RecordKind::Messages, parts, grant_id: None };
    story.world.session(session, SessionCommand::RecordReads(vec![read])).await;
    let live = Live::start(&story.world.log).await;
    live.caught_up().await;
    let told = async |id| {
        let lines = timeline(&live.pool, id, 0, u64::MAX, 100).await.unwrap();
        lines.into_iter().map(|line| line.action).collect::<Vec<_>>()
    };
    assert_eq!(told(room_id(1).0).await, ["room_opened", "message_posted", "content_read"]);
    let appointment = appointment_id(1).0;
    assert_eq!(told(appointment).await, ["appointment_booked", "consultation_opened"]);
    assert_eq!(told(session.0).await, ["session_started", "content_read"]);
    assert_eq!(told(person(1).0).await, ["session_started"]);
    let first = timeline(&live.pool, room_id(1).0, 0, u64::MAX, 2).await.unwrap();
    let rest = timeline(&live.pool, room_id(1).0, first[1].position, u64::MAX, 2).await.unwrap();
    assert_eq!((first.len(), rest.len()), (2, 1));
    assert!(is_known(&live.pool, TrailKind::Appointment, appointment).await.unwrap());
    assert!(!is_known(&live.pool, TrailKind::Room, appointment).await.unwrap());
    assert!(!is_known(&live.pool, TrailKind::Room, person(77).0).await.unwrap());
}

#[tokio::test]
async fn a_period_is_a_stretch_of_positions() {
    let story = a_day().await;
    let live = Live::start(&story.world.log).await;
    live.caught_up().await;
    let at = |position| Some(crate::support::memory_log::instant(position));
    let stretch = positions_in(&live.pool, at(2), at(4)).await.unwrap().unwrap();
    assert_eq!((stretch.from, stretch.before), (2, 4));
    let page = search(&live.pool, &TrailFilter::default(), stretch, 100).await.unwrap();
    let positions: Vec<u64> = page.lines.iter().map(|line| line.position).collect();
    assert_eq!(positions, [3, 2]);
    assert!(positions_in(&live.pool, at(1_000), None).await.unwrap().is_none());
    let whole = positions_in(&live.pool, None, at(1_000)).await.unwrap().unwrap();
    assert_eq!((whole.from, whole.before), (0, u64::MAX));
}

/// One half of the lines of one kind, and one of each thing that can be asked for.
fn filters(lines: &[TrailLine], pick: usize, which: u8) -> TrailFilter {
    let line = &lines[pick % lines.len()];
    let has = |bit: u8| which & bit != 0;
    TrailFilter {
        person: line.actor_id.filter(|_| has(1)),
        patient: line.patient_id.filter(|_| has(2)),
        action: has(4).then(|| line.action.clone()),
        outcome: has(8).then_some(line.outcome),
        request_id: line.request_id.filter(|_| has(16)),
        record: None,
    }
}

fn holds(filter: &TrailFilter, line: &TrailLine) -> bool {
    filter.person.is_none_or(|id: AccountId| line.actor_id == Some(id))
        && filter.patient.is_none_or(|id| line.patient_id == Some(id))
        && filter.action.as_ref().is_none_or(|action| line.action == *action)
        && filter.outcome.is_none_or(|outcome| line.outcome == outcome)
        && filter.request_id.is_none_or(|id| line.request_id == Some(id))
}

#[test]
fn a_search_finds_what_looking_at_every_line_finds_page_by_page() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config::default());
    let history = tries(150).new_tree(&mut runner).unwrap().current();
    runtime.block_on(async {
        let mut story = Story::new();
        for what in &history {
            story.perform(what).await;
        }
        let live = Live::start(&story.world.log).await;
        live.caught_up().await;
        let all = pages(&live, &TrailFilter::default(), 7).await;
        let positions: Vec<u64> = all.iter().map(|line| line.position).collect();
        let expected: Vec<u64> = (1..=story.world.log.last_position()).rev().collect();
        assert_eq!(positions, expected);
        for (pick, which) in (0..64_usize).zip(0..32_u8).chain((64..96).zip(0..32)) {
            let filter = filters(&all, pick * 7, which);
            let expected: Vec<_> =
                all.iter().filter(|line| holds(&filter, line)).cloned().collect();
            assert!(!expected.is_empty());
            assert_eq!(pages(&live, &filter, 3).await, expected, "{filter:?}");
        }
        let nobody = TrailFilter { person: Some(person(77)), ..TrailFilter::default() };
        assert_eq!(pages(&live, &nobody, 3).await, []);
    });
}

/// Of two frequent things that never come together, one page looks through so much and no more,
/// and says where to go on.
#[tokio::test]
async fn a_search_for_what_never_comes_together_is_bounded_and_ends() {
    let mut story = Story::new();
    story.talk(3 * 1_100).await;
    let live = Live::start(&story.world.log).await;
    live.caught_up().await;
    let patient = Some(person(0));
    let never = TrailFilter { patient, record: Some(room_id(1).0), ..TrailFilter::default() };
    let page = search(&live.pool, &never, ALL, 50).await.unwrap();
    assert!(page.lines.is_empty() && page.next.is_some(), "{page:?}");
    assert_eq!(pages(&live, &never, 50).await, []);
    // A rare one leads, however frequent the other is.
    let denied = TrailFilter { outcome: Some(Outcome::Denied), patient, ..TrailFilter::default() };
    let page = search(&live.pool, &denied, ALL, 50).await.unwrap();
    assert_eq!((page.lines, page.next), (vec![], None));
    let done = TrailFilter { outcome: Some(Outcome::Success), patient, ..TrailFilter::default() };
    assert_eq!(pages(&live, &done, 200).await.len(), 1_101);
    let all = TrailFilter { outcome: Some(Outcome::Success), ..TrailFilter::default() };
    assert_eq!(pages(&live, &all, 200).await.len(), 3 * 1_101);
}

#[test]
fn every_aggregate_is_read_and_every_type_is_an_action() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/tests/golden");
    let folders = std::fs::read_dir(golden).unwrap();
    let aggregates: BTreeSet<String> =
        folders.map(|folder| folder.unwrap().file_name().into_string().unwrap()).collect();
    let read = Trail.aggregate_types().iter().map(|name| (*name).to_owned());
    assert_eq!(read.collect::<BTreeSet<_>>(), aggregates);
    assert!(Event::TYPES.len() == aggregates.len() && is_action("message_posted"));
    assert!(!is_action("message_posted2") && !is_action("MessagePosted") && !is_action(""));
}
