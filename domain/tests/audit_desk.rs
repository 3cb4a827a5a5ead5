//! The limits of an officer's desk.

mod support;

use anamnesis_domain::audit_desk::{
    AuditDesk, AuditDeskCommand as Command, AuditDeskError as Error, AuditDeskEvent as Event,
    Filters, GRANTS_MAX, SEARCHES_MAX,
};
use anamnesis_domain::{GrantId, Sealed};
use chrono::{DateTime, TimeDelta, Utc};
use support::{given, refusals};
use uuid::Uuid;

fn after(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes)
}

fn id(number: usize) -> Uuid {
    Uuid::from_u128(number as u128)
}

fn take(number: usize, minutes: i64) -> Command {
    let (grant_id, now) = (GrantId(id(number)), after(minutes));
    Command::TakeGrant { grant_id, expires_at: now + TimeDelta::minutes(60), now }
}

fn taken(number: usize, minutes: i64) -> Event {
    Event::GrantTaken { grant_id: GrantId(id(number)), expires_at: after(minutes + 60) }
}

fn returned(number: usize) -> Event {
    Event::GrantReturned { grant_id: GrantId(id(number)) }
}

fn filters() -> Filters {
    [("outcome".to_owned(), "denied".to_owned())].into()
}

fn words() -> Sealed {
    Sealed("s1.k.words".to_owned())
}

fn save(number: usize) -> Command {
    Command::SaveSearch { search_id: id(number), name: words(), filters: filters() }
}

fn saved(number: usize) -> Event {
    Event::SearchSaved { search_id: id(number), name: words(), filters: filters() }
}

fn full() -> Vec<Event> {
    (0..GRANTS_MAX).map(|number| taken(number, 0)).collect()
}

#[test]
fn grants_count_until_they_are_returned_or_over() {
    let nine = full().into_iter().take(GRANTS_MAX - 1);
    given::<AuditDesk>(nine).when(take(20, 1)).then(taken(20, 1));
    let returned = full().into_iter().chain([returned(3)]);
    given::<AuditDesk>(returned).when(take(20, 1)).then(taken(20, 1));
    given::<AuditDesk>(full()).when(take(20, 60)).then(taken(20, 60));
    given::<AuditDesk>(full()).when(take(20, 59)).then_refused(Error::TooManyGrants);
}

#[test]
fn what_is_long_over_is_forgotten_and_what_is_not_is_still_counted() {
    let later = full().into_iter().chain([taken(20, 100), taken(21, 500)]);
    let mut desk = AuditDesk::default();
    later.for_each(|event| cqrs_es::Aggregate::apply(&mut desk, event));
    let mut short = AuditDesk::default();
    cqrs_es::Aggregate::apply(&mut short, taken(21, 500));
    assert_eq!(desk, short);
    // Given earlier, over later: a short one that comes after a long one forgets nothing open.
    let long = Event::GrantTaken { grant_id: GrantId(id(30)), expires_at: after(240) };
    let ten = (0..GRANTS_MAX - 1).map(|number| taken(number, 100));
    given::<AuditDesk>([long].into_iter().chain(ten))
        .when(take(40, 120))
        .then_refused(Error::TooManyGrants);
}

#[test]
fn only_what_is_held_is_returned() {
    let give = |number, minutes| Command::ReturnGrant {
        grant_id: GrantId(id(number)),
        now: after(minutes),
    };
    given::<AuditDesk>([taken(1, 0)]).when(give(1, 5)).then(returned(1));
    given::<AuditDesk>([taken(1, 0)]).when(give(1, 60)).then_nothing();
    given::<AuditDesk>([taken(1, 0)]).when(give(2, 5)).then_nothing();
    given::<AuditDesk>([taken(1, 0), returned(1)]).when(give(1, 5)).then_nothing();
}

#[test]
fn a_review_is_written_down_as_it_is_signed() {
    let (review_id, from, to, note) = (id(1), 1, 40, words());
    let review =
        Command::ReviewTrail { review_id, filters: filters(), from, to, note: note.clone() };
    let reviewed = Event::TrailReviewed { review_id, filters: filters(), from, to, note };
    given::<AuditDesk>([]).when(review).then(reviewed);
}

#[test]
fn a_search_is_saved_changed_and_deleted() {
    given::<AuditDesk>([]).when(save(1)).then(saved(1));
    let search_id = id(1);
    let change = Command::ChangeSearch { search_id, filters: Filters::new() };
    let changed = Event::SearchChanged { search_id, filters: Filters::new() };
    given::<AuditDesk>([saved(1)]).when(change).then(changed);
    let deleted = Event::SearchDeleted { search_id };
    let delete = Command::DeleteSearch { search_id };
    given::<AuditDesk>([saved(1)]).when(delete).then(deleted.clone());
    given::<AuditDesk>([saved(1), deleted]).when(save(1)).then(saved(1));
}

refusals!(AuditDesk, Error {
    TooManyGrants "too_many_open_grants": full() => take(20, 1);
    NameTaken "search_name_taken": [saved(1)] => save(1);
    TooManySearches "too_many_searches": (0..SEARCHES_MAX).map(saved) => save(SEARCHES_MAX);
    NoSuchSearch "search_not_found": [] => Command::DeleteSearch { search_id: id(1) };
});
