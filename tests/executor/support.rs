//! A room, its pair, and short ways to ask things.

use crate::engine::Engine;
use anamnesis::commands::{Command, Context, ExecuteError, Executed, Executor, ExecutorSettings};
use anamnesis::log::Log;
use anamnesis_domain::appointment::AppointmentCommand;
use anamnesis_domain::chat_room::ChatRoomCommand;
use anamnesis_domain::doctor_day::{DoctorDayCommand, days_of};
use anamnesis_domain::{AccountId, AppointmentId, RoomId, Sealed};
use anamnesis_projections::log::{Metadata, RecordedEvent, StreamId};
use chrono::{DateTime, TimeDelta, Utc};
use std::borrow::Cow;
use std::sync::Arc;
use uuid::Uuid;

pub(crate) type Answer = Result<Executed, ExecuteError>;

pub(crate) const PATIENT: AccountId = AccountId(Uuid::from_u128(1));
pub(crate) const DOCTOR: AccountId = AccountId(Uuid::from_u128(2));

pub(crate) fn executor(log: &Arc<dyn Log>) -> Arc<Executor> {
    Arc::new(Executor::new(Arc::clone(log), None, ExecutorSettings::default()))
}

/// One executor in each of two processes.
pub(crate) fn two_executors(engine: &Engine) -> [Arc<Executor>; 2] {
    [executor(&engine.log), executor(&engine.other)]
}

pub(crate) fn room_id() -> RoomId {
    RoomId::of_pair(PATIENT, DOCTOR)
}

pub(crate) fn room_stream() -> StreamId {
    StreamId { aggregate_type: Cow::Borrowed("chat_room"), aggregate_id: room_id().to_string() }
}

/// A command that can be retried; `fingerprint` stands for its content.
pub(crate) fn retryable(client_id: Uuid, fingerprint: &str) -> Context {
    Context::new(Metadata {
        actor_id: Some(PATIENT),
        client_id: Some(client_id),
        fingerprint: Some(fingerprint.to_owned()),
        ..Metadata::default()
    })
}

pub(crate) fn once() -> Context {
    Context::new(Metadata::default())
}

pub(crate) fn posting() -> ChatRoomCommand {
    ChatRoomCommand::PostMessage { by: PATIENT, body: Sealed("s1.k.c".into()) }
}

pub(crate) async fn tell(on: &Executor, context: &Context, command: ChatRoomCommand) -> Answer {
    on.execute(context, vec![Command::ChatRoom(room_id(), command)]).await
}

pub(crate) async fn open_room(on: &Executor) {
    let open = ChatRoomCommand::OpenRoom { patient_id: PATIENT, doctor_id: DOCTOR };
    tell(on, &once(), open).await.unwrap();
}

pub(crate) async fn room_events(log: &dyn Log) -> Vec<Arc<RecordedEvent>> {
    let events = log.read_stream(&room_stream(), 0, 100_000).await.unwrap();
    for (sequence, event) in (1..).zip(&events) {
        assert_eq!(event.sequence, sequence, "the room has no gaps");
    }
    events
}

/// Minutes after midnight of a day to come.
pub(crate) fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_899_936_000, 0).unwrap() + TimeDelta::minutes(minutes)
}

pub(crate) async fn book(on: &Executor, starts: i64, ends: i64) -> (AppointmentId, Answer) {
    book_as(on, &once(), starts, ends).await
}

pub(crate) async fn book_as(
    on: &Executor,
    context: &Context,
    starts: i64,
    ends: i64,
) -> (AppointmentId, Answer) {
    let appointment_id = AppointmentId(context.event_id);
    let (starts_at, ends_at) = (at(starts), at(ends));
    let book = AppointmentCommand::BookAppointment {
        patient_id: PATIENT,
        doctor_id: DOCTOR,
        starts_at,
        ends_at,
        zone: "Europe/Berlin".into(),
        reason: None,
        now: at(-10_000),
    };
    let take = DoctorDayCommand::TakeTime { appointment_id, starts_at, ends_at };
    let mut commands = vec![Command::Appointment(appointment_id, book)];
    let days = days_of(DOCTOR, starts_at, ends_at);
    commands.extend(days.into_iter().map(|day| Command::DoctorDay(day, take)));
    (appointment_id, on.execute(context, commands).await)
}

/// Numbers that look random and are the same in every run.
pub(crate) fn scattered(number: u64, below: u64) -> u64 {
    let mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 33) % below
}
