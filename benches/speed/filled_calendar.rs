//! A hospital with doctors and appointments: their read models, as the projections write them.
//!
//! The events are made here and given to the projections themselves, a batch at a time, without
//! going through the log: nothing that is measured on this hospital reads it.

use crate::Outcome;
use crate::cluster::Bench;
use crate::engine::Engine;
use crate::filling::Filling;
use crate::hospital::Hospital;
use crate::{clinic, names};
use anamnesis::sealing::{SealedAt, Sealer};
use anamnesis_domain::account::{AccountEvent, Identity, Specialty};
use anamnesis_domain::appointment::AppointmentEvent;
use anamnesis_domain::doctor_schedule::DoctorScheduleEvent;
use anamnesis_domain::{AccountId, AppointmentId, Role, Sealed};
use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, Utc};
use sqlx::Executor;
use uuid::Uuid;

/// Working days with appointments, from a Monday on.
pub(crate) const DAYS: u64 = 10;
/// Hours (UTC) at which they begin, which are in working hours in summer and in winter.
const HALF_DAYS: [i64; 2] = [7, 12];
const PER_HALF_DAY: i32 = 5;
/// Between the starts of two appointments: every second slot is free.
const EVERY: TimeDelta = TimeDelta::minutes(40);
/// Of a doctor, some of whom also see others.
const PATIENTS: usize = 20;

pub(crate) struct FilledCalendar {
    pub(crate) hospital: Hospital,
    pub(crate) doctors: Vec<AccountId>,
    pub(crate) patient: AccountId,
    /// Midnight (UTC) of the Monday on which the appointments begin.
    pub(crate) monday: DateTime<Utc>,
}

impl FilledCalendar {
    /// With so many doctors, a hundred appointments each.
    pub(crate) async fn make(bench: &Bench, name: &str, doctors: usize) -> Outcome<Self> {
        let hospital = Hospital::found(bench, name).await?;
        let engine = hospital.engine().await?;
        let patients: Vec<_> = (0..doctors * 2 + PATIENTS).map(|_| AccountId::new()).collect();
        let doctors: Vec<_> = (0..doctors).map(|_| AccountId::new()).collect();
        let monday = next_monday();
        let mut filling = Filling::begin(&hospital.database.pool, &engine).await?;
        for (index, doctor) in doctors.iter().enumerate() {
            say_who(&mut filling, &engine.sealer, *doctor, index).await?;
        }
        for doctor in &doctors {
            say_when(&mut filling, *doctor).await?;
        }
        for (index, doctor) in doctors.iter().enumerate() {
            let own = &patients[index * 2..index * 2 + PATIENTS];
            book(&mut filling, &engine, *doctor, own, monday).await?;
        }
        filling.end().await?;
        // As autovacuum does it, a minute later.
        let tables = "VACUUM ANALYZE read.accounts, read.schedules, read.appointments";
        hospital.database.pool.execute(tables).await?;
        engine.stop().await;
        let patient = patients[0];
        Ok(Self { hospital, doctors, patient, monday })
    }
}

fn next_monday() -> DateTime<Utc> {
    let today = Utc::now().date_naive();
    let ahead = 7 - u64::from(today.weekday().num_days_from_monday());
    (today + Days::new(ahead)).and_time(NaiveTime::MIN).and_utc()
}

/// Registers a doctor with a name, who is approved and names a specialty.
async fn say_who(
    filling: &mut Filling,
    sealer: &Sealer,
    doctor: AccountId,
    index: usize,
) -> Outcome<()> {
    let event_id = Uuid::now_v7();
    let id = doctor.to_string();
    let seal = async |field: &'static str, text: String| {
        let at = SealedAt { event_id, aggregate_type: "account", aggregate_id: &id, field };
        Outcome::<Sealed>::Ok(sealer.seal(doctor.0, at, text.as_bytes()).await?)
    };
    let identity = Identity {
        username: seal("username", format!("doctor.{index}")).await?,
        email: seal("email", format!("doctor.{index}@hospital.example")).await?,
        name: seal("name", names::of_doctor(index)).await?,
    };
    let role = Role::Doctor;
    let specialty = Specialty::ALL[index % Specialty::ALL.len()];
    let events = [
        AccountEvent::StaffAccountRequested { identity, role },
        AccountEvent::AccountApproved { by: None, role },
        AccountEvent::DoctorSpecialtyChanged { specialty },
    ];
    filling.add(id, event_id, events).await
}

async fn say_when(filling: &mut Filling, doctor: AccountId) -> Outcome<()> {
    let (zone, slot_minutes) = (clinic::ZONE.to_owned(), clinic::SLOT_MINUTES);
    let hours = DoctorScheduleEvent::WorkingHoursSet { zone, slot_minutes, week: clinic::week() };
    filling.add(doctor.to_string(), Uuid::now_v7(), [hours]).await
}

/// Two working weeks, each patient in turn, with a reason.
async fn book(
    filling: &mut Filling,
    engine: &Engine,
    doctor_id: AccountId,
    patients: &[AccountId],
    monday: DateTime<Utc>,
) -> Outcome<()> {
    let starts = (0..DAYS).flat_map(|day| {
        let day = monday + Days::new(day + day / 5 * 2);
        HALF_DAYS.into_iter().flat_map(move |hour| {
            (0..PER_HALF_DAY).map(move |turn| day + TimeDelta::hours(hour) + EVERY * turn)
        })
    });
    for (starts_at, patient_id) in starts.zip(patients.iter().cycle()) {
        let appointment = AppointmentId::new();
        let id = appointment.to_string();
        let event_id = appointment.0;
        let at = SealedAt {
            event_id,
            aggregate_type: "appointment",
            aggregate_id: &id,
            field: "reason",
        };
        let reason = engine.sealer.seal(patient_id.0, at, clinic::REASON.as_bytes()).await?;
        let ends_at = starts_at + TimeDelta::minutes(i64::from(clinic::SLOT_MINUTES));
        let booked = AppointmentEvent::AppointmentBooked {
            patient_id: *patient_id,
            doctor_id,
            starts_at,
            ends_at,
            zone: clinic::ZONE.to_owned(),
            reason: Some(reason),
        };
        filling.add(id, event_id, [booked]).await?;
    }
    Ok(())
}
