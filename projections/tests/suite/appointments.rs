//! Finding appointments.

use crate::support::live::Live;
use crate::support::opener::seal;
use crate::support::world::{World, person};
use anamnesis_domain::AppointmentId;
use anamnesis_domain::appointment::AppointmentCommand;
use anamnesis_projections::appointments::{
    AppointmentCursor, Period, appointment, appointments_of, taken_intervals,
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

#[tokio::test]
async fn both_sides_see_an_appointment_and_the_doctor_is_taken_then() {
    let mut world = World::new();
    book(&mut world, 1, 0, 10).await;
    book(&mut world, 2, 2, 12).await;
    book(&mut world, 3, 0, 40).await;
    let live = Live::start(&world.log).await;
    live.caught_up().await;
    let day = Period { from: hour(0), to: hour(24) };
    let own = appointments_of(&live.pool, person(0), day, None, 10).await.unwrap();
    assert_eq!(own.iter().map(|a| a.appointment_id).collect::<Vec<_>>(), [id(1)]);
    let first = appointments_of(&live.pool, person(1), day, None, 1).await.unwrap();
    let cursor = first.last().unwrap();
    let cursor =
        AppointmentCursor { starts_at: cursor.starts_at, appointment_id: cursor.appointment_id };
    let rest = appointments_of(&live.pool, person(1), day, Some(cursor), 10).await.unwrap();
    assert_eq!(rest.iter().map(|a| a.appointment_id).collect::<Vec<_>>(), [id(2)]);
    let found = appointment(&live.pool, id(1)).await.unwrap().unwrap();
    let reason = found.reason.unwrap();
    assert_eq!((reason.sealed, found.status.as_str()), (seal("a cough"), "booked"));
    assert_eq!(reason.event_id, world.log.all().first().unwrap().event_id);
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
