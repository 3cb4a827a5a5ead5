//! What was reported, and what was decided about it.

use crate::support::history::{Story, Try, room_id};
use crate::support::live::Live;
use crate::support::world::person;
use anamnesis_domain::chat_room::{HideDecision, HideReason};
use anamnesis_projections::reports::{Report, ReportState, reports};

async fn listed(live: &Live, state: ReportState) -> Vec<Report> {
    live.caught_up().await;
    reports(&live.pool, state, None, 100).await.unwrap()
}

#[tokio::test]
async fn a_report_is_open_until_it_is_decided_and_each_is_listed() {
    let mut story = Story::new();
    for what in [
        Try::Post { room: 1, doctor: true },
        Try::Post { room: 2, doctor: true },
        Try::Report { room: 1, message: 0 },
        Try::Report { room: 1, message: 0 },
        Try::Report { room: 2, message: 0 },
        Try::DecideReport { room: 1, message: 0, show: true },
        Try::DecideReport { room: 1, message: 0, show: false },
        Try::Report { room: 1, message: 0 },
    ] {
        story.perform(&what).await;
    }
    let live = Live::start(&story.world.log).await;
    let open = listed(&live, ReportState::Open).await;
    let of = |report: &Report| (report.room_id, report.message, report.author_id);
    let expected = [1, 2].map(|room| (room_id(room), 2, person(1)));
    assert_eq!(open.iter().map(of).collect::<Vec<_>>(), expected);
    for report in &open {
        assert_eq!((report.reason, &report.decided), (HideReason::WrongPatient, &None));
        assert_eq!(report.reported_by, person(99));
    }
    let [decided] = &listed(&live, ReportState::Decided).await[..] else { panic!("one") };
    assert_eq!(of(decided), (room_id(1), 2, person(1)));
    let decision = decided.decided.as_ref().unwrap();
    assert_eq!((decision.decision, decision.by), (HideDecision::ShownAgain, person(98)));
    assert!(decision.at > decided.reported_at);

    let first = reports(&live.pool, ReportState::Open, None, 1).await.unwrap();
    let rest = reports(&live.pool, ReportState::Open, Some(first[0].position), 1).await.unwrap();
    assert_eq!([first, rest].concat(), open);
}
