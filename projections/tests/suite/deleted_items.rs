//! What is deleted at present.

use crate::support::history::{Story, Try, appointment_id, room_id};
use crate::support::live::Live;
use crate::support::world::person;
use anamnesis_domain::AccountId;
use anamnesis_projections::deleted_items::{
    DeletedItem, DeletedItemFilter, DeletedKind, deleted_items,
};

async fn listed(live: &Live, filter: DeletedItemFilter) -> Vec<DeletedItem> {
    live.caught_up().await;
    deleted_items(&live.pool, filter, None, 100).await.unwrap()
}

/// A retracted message, a deleted appointment, a deleted consultation and a deactivated account.
async fn one_of_each() -> Story {
    let mut story = Story::new();
    for what in [
        Try::Register { person: 4, role: None },
        Try::Post { room: 1, doctor: false },
        Try::Book { appointment: 1, patient: 2, hour: 9 },
        Try::Retract { room: 1, message: 0 },
        Try::Hide { appointment: 1, consultation: false, restore: false },
        Try::Hide { appointment: 0, consultation: true, restore: false },
        Try::Manage { person: 4, action: 0 },
    ] {
        story.perform(&what).await;
    }
    story
}

#[tokio::test]
async fn what_is_deleted_is_listed_with_those_whom_it_concerns_the_last_first() {
    let story = one_of_each().await;
    let live = Live::start(&story.world.log).await;
    let all = listed(&live, DeletedItemFilter::default()).await;
    let told: Vec<(DeletedKind, Vec<AccountId>)> =
        all.iter().map(|item| (item.kind, item.people.clone())).collect();
    assert_eq!(
        told,
        [
            (DeletedKind::Account, vec![person(4)]),
            (DeletedKind::Consultation, vec![person(0), person(1)]),
            (DeletedKind::Appointment, vec![person(4), person(1)]),
            (DeletedKind::Message, vec![person(2), person(1)]),
        ]
    );
    let message = all.last().unwrap();
    assert_eq!((message.id, message.number), (room_id(1).0, 2));
    assert_eq!((all[2].id, all[2].deleted_by), (appointment_id(1).0, person(99)));
}

#[tokio::test]
async fn it_is_listed_by_kind_by_person_and_page_by_page() {
    let story = one_of_each().await;
    let live = Live::start(&story.world.log).await;
    let kinds = |items: Vec<DeletedItem>| -> Vec<DeletedKind> {
        items.into_iter().map(|item| item.kind).collect()
    };
    let of_person = DeletedItemFilter { person: Some(person(4)), ..Default::default() };
    assert_eq!(
        kinds(listed(&live, of_person).await),
        [DeletedKind::Account, DeletedKind::Appointment]
    );
    let kind = Some(DeletedKind::Appointment);
    assert_eq!(
        kinds(listed(&live, DeletedItemFilter { kind, ..of_person }).await),
        [DeletedKind::Appointment]
    );
    let only = DeletedItemFilter { kind, ..Default::default() };
    assert_eq!(kinds(listed(&live, only).await), [DeletedKind::Appointment]);
    let all = DeletedItemFilter::default();
    let first = deleted_items(&live.pool, all, None, 3).await.unwrap();
    let before = first.last().map(|item| item.position);
    let rest = deleted_items(&live.pool, all, before, 3).await.unwrap();
    assert_eq!(kinds(rest), [DeletedKind::Message]);
}

#[tokio::test]
async fn what_is_restored_is_gone_from_the_list_also_within_one_batch() {
    let mut story = one_of_each().await;
    let live = Live::start(&story.world.log).await;
    live.caught_up().await;
    for what in [
        Try::Restore { room: 1, message: 0 },
        Try::Hide { appointment: 1, consultation: false, restore: true },
        Try::Hide { appointment: 0, consultation: true, restore: true },
        Try::Manage { person: 4, action: 1 },
        Try::Retract { room: 1, message: 0 },
        Try::Restore { room: 1, message: 0 },
    ] {
        story.perform(&what).await;
    }
    assert_eq!(listed(&live, DeletedItemFilter::default()).await, []);
    let again = Live::start(&story.world.log).await;
    assert_eq!(listed(&again, DeletedItemFilter::default()).await, []);
}
