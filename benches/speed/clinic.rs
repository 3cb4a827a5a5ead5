//! Doctors with working hours in the log, patients, and free times that are booked one by one.

use crate::Outcome;
use crate::engine::Engine;
use crate::rounds::per_second;
use anamnesis::commands::booking::Wish;
use anamnesis::commands::{CommandError, ExecuteError, Executed, Refusal, Request};
use anamnesis::policy::Actor;
use anamnesis_domain::doctor_schedule::{Weekday, WeeklySpan, slots};
use anamnesis_domain::{AccountId, Role};
use chrono::{DateTime, Days, TimeDelta, Utc};
use futures_util::{StreamExt, TryStreamExt, stream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use uuid::Uuid;

/// Where everybody is.
pub(crate) const ZONE: &str = "Europe/Berlin";
pub(crate) const SLOT_MINUTES: u16 = 20;
/// In the words of a patient.
pub(crate) const REASON: &str = "A cough that does not go away, since about three weeks.";
/// How far ahead there are free times.
const AHEAD: TimeDelta = TimeDelta::days(28);
/// Working hours that are set at a time.
const AT_ONCE: usize = 100;
/// After so many bookings, a caller asks for a time that is taken.
const TAKEN_EVERY: u64 = 20;

/// A time that a doctor can be booked at.
#[derive(Clone, Copy)]
pub(crate) struct Slot {
    doctor_id: AccountId,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

pub(crate) struct Clinic {
    patients: Vec<AccountId>,
    /// Of all doctors in the coming four weeks, in no order: as people choose, several of one
    /// doctor and now and then of one day are asked for at the same moment.
    slots: Vec<Slot>,
    next: AtomicUsize,
}

/// Monday to Friday, eight to twelve and one to six.
pub(crate) fn week() -> Vec<WeeklySpan> {
    let days = &Weekday::ALL[..5];
    let parts = [(8 * 60, 12 * 60), (13 * 60, 18 * 60)];
    days.iter()
        .flat_map(|weekday| parts.map(|(from, to)| WeeklySpan { weekday: *weekday, from, to }))
        .collect()
}

impl Clinic {
    pub(crate) async fn open(engine: &Engine, doctors: usize, patients: usize) -> Outcome<Self> {
        let doctors: Vec<_> = (0..doctors).map(|_| AccountId::new()).collect();
        let setting = doctors.iter().map(|doctor| engine.set_hours(*doctor));
        stream::iter(setting).buffer_unordered(AT_ONCE).try_for_each(|()| async { Ok(()) }).await?;
        let first = doctors.first().ok_or("a clinic without doctors")?;
        let (schedule, _) = engine.executor().schedule(*first).await?;
        let from = Utc::now() + Days::new(1);
        let times = slots(&schedule, from..from + AHEAD);
        let of_doctor = |doctor_id: AccountId| {
            times.iter().map(move |&(starts_at, ends_at)| Slot { doctor_id, starts_at, ends_at })
        };
        let mut slots: Vec<_> = doctors.iter().flat_map(|doctor| of_doctor(*doctor)).collect();
        slots.sort_by_cached_key(|_| Uuid::new_v4());
        let patients = (0..patients).map(|_| AccountId::new()).collect();
        Ok(Self { patients, slots, next: AtomicUsize::new(0) })
    }

    /// Books the next free time for the next patient.
    pub(crate) async fn book_next(&self, engine: &Engine) -> Outcome<(Executed, Slot)> {
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        let slot = self.slots.get(index).ok_or("every time is booked: the clinic is too small")?;
        let executed = self.book(engine, index, *slot).await?;
        Ok((executed, *slot))
    }

    /// Asks for a time that somebody else has, which has to be refused.
    async fn book_taken(&self, engine: &Engine, slot: Slot) -> Outcome<()> {
        let patient = self.next.load(Ordering::Relaxed) + self.patients.len() / 2;
        match self.book(engine, patient, slot).await {
            Err(CommandError::Execute(ExecuteError::Refused(Refusal::DoctorDay(_)))) => Ok(()),
            Err(other) => Err(other.into()),
            Ok(_) => Err("the same time was booked twice".into()),
        }
    }

    async fn book(
        &self,
        engine: &Engine,
        patient: usize,
        slot: Slot,
    ) -> Result<Executed, CommandError> {
        let account_id = self.patients[patient % self.patients.len()];
        let actor = Actor { account_id, role: Role::Patient, session_id: account_id.0 };
        let (request_id, client_id) = (Uuid::now_v7(), Some(Uuid::new_v4()));
        let wish = Wish {
            doctor_id: slot.doctor_id,
            starts_at: slot.starts_at,
            ends_at: slot.ends_at,
            zone: ZONE.to_owned(),
            reason: Some(REASON.to_owned()),
        };
        let request = Request { actor, request_id, client_id };
        Ok(engine.bookings.book(&request, wish).await?.executed)
    }
}

/// `callers` who each book one time after the other, and now and then ask for one that is
/// taken; bookings, and how many there are per second.
pub(crate) async fn book(
    engine: &Arc<Engine>,
    clinic: &Arc<Clinic>,
    callers: usize,
    time: Duration,
) -> Outcome<(u64, f64)> {
    let started = Instant::now();
    let mut running = JoinSet::new();
    for _ in 0..callers {
        let (engine, clinic) = (Arc::clone(engine), Arc::clone(clinic));
        running.spawn(async move {
            let mut booked = 0;
            while started.elapsed() < time {
                let (_, slot) = clinic.book_next(&engine).await?;
                booked += 1;
                if booked % TAKEN_EVERY == 0 {
                    clinic.book_taken(&engine, slot).await?;
                }
            }
            Outcome::Ok(booked)
        });
    }
    let mut booked = 0;
    while let Some(one) = running.join_next().await {
        booked += one??;
    }
    Ok((booked, per_second(booked, started.elapsed())))
}
