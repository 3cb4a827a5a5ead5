//! The rule that what was seen stays seen.

#[path = "support/step.rs"]
mod step;

use anamnesis_domain::inbox::{Inbox, InboxCommand, InboxEvent};
use cqrs_es::Aggregate;
use proptest::prelude::{any, prop, prop_assert_eq, prop_oneof, proptest};
use step::step;

fn see(through: u64) -> InboxCommand {
    InboxCommand::SeeNotices { through }
}

fn seen(through: u64) -> InboxEvent {
    InboxEvent::NoticesSeen { through }
}

/// An inbox in which this was seen; it never refuses, so a test needs no more of it.
fn inbox(through: u64) -> Inbox {
    let mut inbox = Inbox::default();
    inbox.apply(seen(through));
    inbox
}

#[test]
fn what_is_new_can_be_seen() {
    assert_eq!(step(&mut Inbox::default(), &see(7)), Ok(vec![seen(7)]));
    assert_eq!(step(&mut inbox(7), &see(8)), Ok(vec![seen(8)]));
}

#[test]
fn seeing_what_was_seen_before_writes_nothing() {
    for through in [0, 1, 6, 7] {
        assert_eq!(step(&mut inbox(7), &see(through)), Ok(vec![]));
    }
    assert_eq!(step(&mut Inbox::default(), &see(0)), Ok(vec![]));
}

proptest! {
    #[test]
    fn what_was_seen_is_the_furthest_that_was_said(
        said in prop::collection::vec(prop_oneof![0..20_u64, any::<u64>()], 0..40),
    ) {
        let mut inbox = Inbox::default();
        for (index, through) in said.iter().enumerate() {
            let news = *through > said[..index].iter().copied().max().unwrap_or(0);
            let written = if news { vec![seen(*through)] } else { vec![] };
            prop_assert_eq!(step(&mut inbox, &see(*through)), Ok(written));
        }
        prop_assert_eq!(inbox.seen_through(), said.into_iter().max().unwrap_or(0));
    }
}
