//! Being reminded of a review.

use crate::support::given;
use crate::words::{amended, day, deleted, draft, history, remind, restored, review, signed, with};
use anamnesis_domain::consultation::{Change, Consultation, ConsultationEvent as Event};

/// Signed, with a review on the 20th.
fn due() -> Vec<Event> {
    signed([history(), review(Change::Set(day(20)))])
}

fn reminded(of_may: u32) -> Event {
    Event::ReviewDue { on: day(of_may) }
}

fn moved(of_may: u32) -> Event {
    amended(review(Change::Set(day(of_may))))
}

#[test]
fn the_doctor_is_reminded_of_the_day_that_was_set() {
    given::<Consultation>(due()).when(remind(day(20))).then(reminded(20));
}

#[test]
fn nobody_is_reminded_of_the_same_day_twice() {
    given::<Consultation>(with(due(), reminded(20))).when(remind(day(20))).then_nothing();
    let moved_and_back = [reminded(20), moved(25), moved(20)];
    let history = moved_and_back.into_iter().fold(due(), with);
    given::<Consultation>(history).when(remind(day(20))).then_nothing();
}

#[test]
fn a_day_that_was_moved_or_cleared_is_not_reminded_of() {
    let moved_on = with(due(), moved(25));
    given::<Consultation>(moved_on.clone()).when(remind(day(20))).then_nothing();
    given::<Consultation>(moved_on).when(remind(day(25))).then(reminded(25));
    let cleared = with(due(), amended(review(Change::Cleared)));
    given::<Consultation>(cleared).when(remind(day(20))).then_nothing();
}

#[test]
fn each_new_day_is_reminded_of() {
    let history = [reminded(20), moved(25)].into_iter().fold(due(), with);
    given::<Consultation>(history).when(remind(day(25))).then(reminded(25));
}

#[test]
fn a_draft_reminds_nobody() {
    given::<Consultation>(draft([review(Change::Set(day(20)))]))
        .when(remind(day(20)))
        .then_nothing();
}

#[test]
fn what_is_deleted_reminds_nobody_until_it_is_restored() {
    let hidden = with(due(), deleted());
    given::<Consultation>(hidden.clone()).when(remind(day(20))).then_nothing();
    given::<Consultation>(with(hidden, restored())).when(remind(day(20))).then(reminded(20));
}

#[test]
fn what_was_never_opened_reminds_nobody() {
    given::<Consultation>([]).when(remind(day(20))).then_nothing();
}
