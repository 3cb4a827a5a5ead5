//! Finding appointments.

use crate::support::live::Live;
use crate::support::opener::seal;
use crate::support::world::{World, person};
use anamnesis_domain::AppointmentId;
use anamnesis_domain::appointment::{AppointmentCommand, Status};
use anamnesis_projections::appointments::{
    Appointment, AppointmentCursor, AppointmentFilter, Order, Period, Side, appointment,
    appointment_history, appointments_by_booking, appointments_changed_after, appointments_of,
    taken_intervals,
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

fn hour(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

fn id(number: u128) -> AppointmentId {
    AppointmentId(Uuid::from_u128(number))
}

async fn book(world: &mut World, number: u128, patient: u8, start: i64) {
    let command = AppointmentCommand::BookAppointment {
        patient_id: person(patient),
        doctor_id: person(1),
        starts_at: hour(start),
        ends_at: hour(start + 1),
        zone: "Europe/Berlin".to_owned(),
        reason: Some(seal("a cough")),
        now: DateTime::UNIX_EPOCH,
    };
    world.appointment(id(number), command).await.unwrap();
}

async fn list(
    live: &Live,
    side: Side,
    period: Period,
    statuses: &[Status],
    after: Option<AppointmentCursor>,
    limit: u32,
) -> Vec<Appointment> {
    let statuses = statuses.to_vec();
    let filter = AppointmentFilter { period, statuses, with: None, order: Order::First };
    appointments_of(&live.pool, side, &filter, after, limit).await.unwrap()
}

#[tokio::test]
async fn both_sides_see_an_appointment_and_the_doctor_is_taken_then() {
    let mut world = World::new();
    book(&mut world, 1, 0, 10).await;
    book(&mut world, 2, 2, 12).await;
    book(&mut world, 3, 0, 40).await;
    let live = Live::start(&world.log).await;
    live.caught_up().await;
    let day = Period { from: hour(0), to: hour(24) };
    let own = list(&live, Side::Patient(person(0)), day, &Status::ALL, None, 10).await;
    assert_eq!(own.iter().map(|a| a.appointment_id).collect::<Vec<_>>(), [id(1)]);
    let first = list(&live, Side::Doctor(person(1)), day, &Status::ALL, None, 1).await;
    let cursor = first.last().unwrap();
    let cursor =
        AppointmentCursor { starts_at: cursor.starts_at, appointment_id: cursor.appointment_id };
    let rest = list(&live, Side::Doctor(person(1)), day, &Status::ALL, Some(cursor), 10).await;
    assert_eq!(rest.iter().map(|a| a.appointment_id).collect::<Vec<_>>(), [id(2)]);
    let found = appointment(&live.pool, id(1)).await.unwrap().unwrap();
    let reason = found.reason.unwrap();
    assert_eq!((reason.sealed, found.status.as_str()), (seal("a cough"), "scheduled"));
    assert_eq!(reason.event_id, world.log.all().first().unwrap().event_id);
}

#[tokio::test]
async fn a_page_lies_within_its_period_whatever_the_cursor_says() {
    let mut world = World::new();
    for (number, patient, start) in [(1, 0, 10), (2, 2, 12), (3, 0, 14), (4, 0, 16), (5, 0, 40)] {
        book(&mut world, number, patient, start).await;
    }
    let live = Live::start(&world.log).await;
    live.caught_up().await;
    let (both, none) = (Some(person(0)), None);
    let (first, latest) = (Order::First, Order::Latest);
    for (with, order, after, expected) in [
        (none, first, None, vec![2, 3, 4]),
        (none, latest, None, vec![4, 3, 2]),
        (none, first, Some((12, 2)), vec![3, 4]),
        (none, latest, Some((14, 3)), vec![2]),
        (both, first, None, vec![3, 4]),
        (both, latest, Some((16, 4)), vec![3]),
        (Some(person(3)), first, None, vec![]),
        // Before the period, and after it.
        (none, first, Some((-99_999_999, 9)), vec![2, 3, 4]),
        (none, latest, Some((-99_999_999, 9)), vec![]),
        (none, first, Some((99_999_999, 9)), vec![]),
        (none, latest, Some((99_999_999, 9)), vec![4, 3, 2]),
    ] {
        let period = Period { from: hour(12), to: hour(40) };
        let filter = AppointmentFilter { period, statuses: Status::ALL.to_vec(), with, order };
        let after = after.map(|(start, number)| AppointmentCursor {
            starts_at: hour(start),
            appointment_id: id(number),
        });
        let side = Side::Doctor(person(1));
        let page = appointments_of(&live.pool, side, &filter, after, 10).await.unwrap();
        let found: Vec<_> = page.iter().map(|one| one.appointment_id).collect();
        assert_eq!(found, expected.into_iter().map(id).collect::<Vec<_>>(), "{filter:?} {after:?}");
    }
}

#[tokio::test]
async fn taken_intervals_include_one_that_began_before_the_period_but_none_that_only_touches_it() {
    let mut world = World::new();
    book(&mut world, 1, 0, 10).await;
    book(&mut world, 2, 0, 13).await;
    let live = Live::start(&world.log).await;
    live.caught_up().await;
    let half = TimeDelta::minutes(30);
    let period = Period { from: hour(10) + half, to: hour(13) };
    let taken = taken_intervals(&live.pool, person(1), period).await.unwrap();
    assert_eq!(
        taken.iter().map(|t| (t.starts_at, t.ends_at)).collect::<Vec<_>>(),
        [(hour(10), hour(11))]
    );
}

#[tokio::test]
async fn a_list_by_booking_neither_loses_nor_doubles_what_is_moved_meanwhile() {
    let mut world = World::new();
    for (number, patient, start) in [(1, 0, 10), (2, 0, 12), (3, 0, 40), (4, 2, 50)] {
        book(&mut world, number, patient, start).await;
    }
    let live = Live::start(&world.log).await;
    live.caught_up().await;
    let page =
        async |after| appointments_by_booking(&live.pool, person(0), after, 2).await.unwrap();
    let first = page(None).await;
    for (number, start) in [(1, 60), (3, 5)] {
        let (by, zone, now) = (person(1), "UTC".to_owned(), DateTime::UNIX_EPOCH);
        let (starts_at, ends_at) = (hour(start), hour(start + 1));
        let moved = AppointmentCommand::RescheduleAppointment { by, starts_at, ends_at, zone, now };
        world.appointment(id(number), moved).await.unwrap();
    }
    live.caught_up().await;
    let last = first.last().map(|last| (last.booked_at, last.appointment_id));
    let rest = page(last).await;
    let ids: Vec<_> = first.iter().chain(&rest).map(|one| one.appointment_id).collect();
    assert_eq!(ids, [id(1), id(2), id(3)]);
}

#[tokio::test]
async fn a_moved_and_cancelled_appointment_says_so_and_its_time_is_free() {
    let mut world = World::new();
    book(&mut world, 1, 0, 10).await;
    let now = DateTime::UNIX_EPOCH;
    let (by, zone) = (person(1), "Asia/Tokyo".to_owned());
    let (starts_at, ends_at) = (hour(14), hour(15));
    let moved = AppointmentCommand::RescheduleAppointment { by, starts_at, ends_at, zone, now };
    world.appointment(id(1), moved).await.unwrap();
    let reason = Some(seal("a wedding"));
    let cancel = AppointmentCommand::CancelAppointment { by: person(0), reason, now };
    let last = world.appointment(id(1), cancel).await.unwrap();
    let live = Live::start(&world.log).await;
    live.caught_up().await;
    let found = appointment(&live.pool, id(1)).await.unwrap().unwrap();
    assert_eq!((found.starts_at, found.zone.as_str(), found.version), (hour(14), "Asia/Tokyo", 3));
    assert_eq!(
        (found.status.as_str(), found.cancel_reason.unwrap().sealed),
        ("cancelled", seal("a wedding"))
    );
    let history = appointment_history(&live.pool, id(1)).await.unwrap();
    let lines: Vec<_> = history
        .iter()
        .map(|line| (line.what.as_str(), line.by, line.old_time.map(|old| old.starts_at)))
        .collect();
    assert_eq!(
        lines,
        [
            ("cancelled", person(0), None),
            ("rescheduled", person(1), Some(hour(10))),
            ("booked", person(0), None)
        ]
    );
    let day = Period { from: hour(0), to: hour(24) };
    assert!(taken_intervals(&live.pool, person(1), day).await.unwrap().is_empty());
    let side = Side::Patient(person(0));
    assert!(list(&live, side, day, &[Status::Scheduled], None, 10).await.is_empty());
    assert_eq!(list(&live, side, day, &[Status::Cancelled], None, 10).await.len(), 1);
    for account in [person(0), person(1)] {
        let changed = appointments_changed_after(&live.pool, account, last - 1, 10).await.unwrap();
        assert_eq!(changed, [id(1)]);
        assert!(
            appointments_changed_after(&live.pool, account, last, 10).await.unwrap().is_empty()
        );
    }
}

#[tokio::test]
async fn a_deleted_appointment_is_nowhere_until_it_is_restored() {
    let mut world = World::new();
    book(&mut world, 1, 0, 10).await;
    let delete = AppointmentCommand::DeleteAppointment { by: person(0) };
    world.appointment(id(1), delete).await.unwrap();
    let live = Live::start(&world.log).await;
    live.caught_up().await;
    let day = Period { from: hour(0), to: hour(24) };
    assert!(appointment(&live.pool, id(1)).await.unwrap().is_none());
    assert!(list(&live, Side::Doctor(person(1)), day, &Status::ALL, None, 9).await.is_empty());
    assert!(taken_intervals(&live.pool, person(1), day).await.unwrap().is_empty());
    let restore = AppointmentCommand::RestoreAppointment { by: person(9), as_cancelled: false };
    world.appointment(id(1), restore).await.unwrap();
    live.caught_up().await;
    assert!(appointment(&live.pool, id(1)).await.unwrap().is_some());
    assert_eq!(taken_intervals(&live.pool, person(1), day).await.unwrap().len(), 1);
}
