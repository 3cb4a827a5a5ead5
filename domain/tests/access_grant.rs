//! The rules of break-glass.

mod support;

use anamnesis_domain::Sealed;
use anamnesis_domain::access_grant::{
    AccessGrant, AccessGrantCommand as Command, AccessGrantError as Error,
    AccessGrantEvent as Event, MINUTES_MAX, Verdict,
};
use chrono::{DateTime, TimeDelta, Utc};
use support::{account, given, refusals};

/// This many minutes after the grant.
fn after(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes)
}

fn words(text: &str) -> Sealed {
    Sealed(format!("s1.k.{text}"))
}

fn grant(minutes: i64) -> Command {
    Command::Grant {
        officer_id: account(1),
        patient_id: account(2),
        reason: words("why"),
        expires_at: after(minutes),
        now: after(0),
    }
}

fn granted() -> Event {
    Event::AccessGranted {
        officer_id: account(1),
        patient_id: account(2),
        reason: words("why"),
        expires_at: after(60),
    }
}

fn ended() -> Event {
    Event::AccessEnded { by: account(1) }
}

fn review(by: u128, verdict: Verdict, minutes: i64) -> Command {
    Command::Review { by: account(by), verdict, note: Some(words("so")), now: after(minutes) }
}

fn reviewed() -> Event {
    let note = Some(words("so"));
    Event::AccessReviewed { by: account(3), verdict: Verdict::Justified, note }
}

#[test]
fn a_record_is_opened_for_one_to_240_minutes() {
    given::<AccessGrant>([]).when(grant(60)).then(granted());
    for minutes in [1, i64::from(MINUTES_MAX)] {
        let expires_at = after(minutes);
        let (officer_id, patient_id, reason) = (account(1), account(2), words("why"));
        let event = Event::AccessGranted { officer_id, patient_id, reason, expires_at };
        given::<AccessGrant>([]).when(grant(minutes)).then(event);
    }
    for minutes in [-1, 0, i64::from(MINUTES_MAX) + 1] {
        given::<AccessGrant>([]).when(grant(minutes)).then_refused(Error::BadLength);
    }
}

#[test]
fn it_is_open_until_its_last_instant_unless_it_was_ended() {
    let mut state = AccessGrant::default();
    assert_eq!(state.open(after(0)), None);
    cqrs_es::Aggregate::apply(&mut state, granted());
    assert_eq!(state.open(after(60) - TimeDelta::microseconds(1)), state.terms());
    assert_eq!(state.open(after(60)), None);
    cqrs_es::Aggregate::apply(&mut state, ended());
    assert_eq!(state.open(after(1)), None);
}

#[test]
fn what_is_over_is_not_ended_again() {
    let end = |minutes| Command::End { by: account(1), now: after(minutes) };
    given::<AccessGrant>([granted()]).when(end(5)).then(ended());
    given::<AccessGrant>([granted(), ended()]).when(end(6)).then_nothing();
    given::<AccessGrant>([granted()]).when(end(60)).then_nothing();
}

#[test]
fn another_officer_reviews_it_once_it_is_over_and_the_same_again_is_nothing_new() {
    let justified = Verdict::Justified;
    given::<AccessGrant>([granted()]).when(review(3, justified, 60)).then(reviewed());
    given::<AccessGrant>([granted(), ended()]).when(review(3, justified, 1)).then(reviewed());
    let history = [granted(), ended(), reviewed()];
    given::<AccessGrant>(history.clone()).when(review(3, justified, 2)).then_nothing();
    given::<AccessGrant>(history).when(review(4, justified, 2)).then_nothing();
}

refusals!(AccessGrant, Error {
    NotFound "grant_not_found": [] => review(3, Verdict::Justified, 60);
    AlreadyGranted "grant_already_given": [granted()] => grant(60);
    BadLength "grant_bad_length": [] => grant(0);
    NotItsOfficer "grant_not_its_officer": [granted()] => Command::End { by: account(3), now: after(1) };
    StillOpen "grant_still_open": [granted()] => review(3, Verdict::Justified, 59);
    OwnReview "own_review": [granted()] => review(1, Verdict::Justified, 60);
    AlreadyReviewed "grant_already_reviewed":
        [granted(), ended(), reviewed()] => review(4, Verdict::NotJustified, 2);
});
