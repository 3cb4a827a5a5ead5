//! A doctor's day and a month's free slots among a million appointments, against ten thousand.
//!
//! Doctors are equally busy in both hospitals, so the answers are alike: only what lies around
//! them differs.

use crate::Outcome;
use crate::asking::ask_all;
use crate::cluster::Bench;
use crate::filled_calendar::{DAYS, FilledCalendar};
use crate::http_client::get;
use crate::percentiles::Percentiles;
use crate::report::{Goal, Row};
use crate::server::Server;
use anamnesis_domain::Role;
use chrono::{DateTime, Days, SecondsFormat, Utc};
use std::sync::Arc;

/// Doctors of the limit's hospital.
const FEW: usize = 100;
/// Doctors who are signed in: as many here as there, because what a process remembers of who is
/// signed in, and of their patients' keys, has nothing to do with how many others there are.
const SIGNED_IN: usize = 100;
/// Requests of each kind and round: every day of everyone who is signed in, twice.
const REQUESTS: usize = 2_000;
const ROUNDS: usize = 3;
/// Ten appointments, and two hundred slots, are longer than these.
const DAY_BYTES_MIN: usize = 3_000;
const SLOTS_BYTES_MIN: usize = 10_000;

/// One hospital and what it is asked.
struct Side {
    server: Server,
    days: Arc<[Vec<u8>]>,
    slots: Arc<[Vec<u8>]>,
}

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let few = FilledCalendar::make(bench, "calendar_few", FEW).await?;
    let ours = Side::start(bench.calendar().await?).await?;
    let limit = Side::start(&few).await?;

    // The first time also loads the patients' keys; it is told apart.
    let (mut days, mut slots) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
    let mut first = (Vec::new(), Vec::new());
    limit.ask(&mut Vec::new(), &mut Vec::new()).await?;
    ours.ask(&mut first.0, &mut first.1).await?;
    for _ in 0..ROUNDS {
        limit.ask(&mut days.1, &mut slots.1).await?;
        ours.ask(&mut days.0, &mut slots.0).await?;
    }

    ours.server.stop().await?;
    limit.server.stop().await?;
    few.hospital.database.pool.close().await;
    Ok(vec![row("calendar_day", days, first.0)?, row("calendar_slots", slots, first.1)?])
}

fn row(
    name: &'static str,
    (ours, limit): (Vec<Time>, Vec<Time>),
    first: Vec<Time>,
) -> Outcome<Row> {
    let (ours, limit) = (Percentiles::of(ours)?, Percentiles::of(limit)?);
    let first = Percentiles::of(first)?;
    let note = format!(
        "p99 with 10,000 doctors and 1,000,000 appointments, 4 connections; limit: with 10,000 \
         appointments of 100 doctors; p50 {:.0} and {:.0} us, ratio {:.2}; the first time of all \
         p99 {:.0} us",
        ours.p50,
        limit.p50,
        ours.p50 / limit.p50,
        first.p99
    );
    let goal = Goal::OursAndRatioAtMost(20_000.0, 1.5);
    Ok(Row::new(name, "us", (ours.p99, limit.p99), goal, note))
}

type Time = std::time::Duration;

impl Side {
    async fn start(filled: &FilledCalendar) -> Outcome<Self> {
        let server = Server::start(&filled.hospital).await?;
        let hospital = &filled.hospital;
        let step = filled.doctors.len() / SIGNED_IN;
        let mut days = Vec::new();
        for doctor in filled.doctors.iter().step_by(step) {
            let doctor = hospital.sign_in(*doctor, Role::Doctor).await?;
            days.extend((0..DAYS).map(|day| {
                let from = filled.monday + Days::new(day + day / 5 * 2);
                let period = period(from, from + Days::new(1));
                get(&format!("/api/appointments?{period}"), &doctor.access_token)
            }));
        }
        let patient = hospital.sign_in(filled.patient, Role::Patient).await?;
        hospital.close_door().await;
        let month = period(filled.monday, filled.monday + Days::new(30));
        // Over all doctors, in leaps: neighbours share pages.
        let leaps = (0..REQUESTS).map(|index| filled.doctors[index * 7_919 % filled.doctors.len()]);
        let slots = leaps.map(|doctor| {
            get(&format!("/api/doctors/{doctor}/slots?{month}"), &patient.access_token)
        });
        let slots = slots.collect();
        let days = days.into_iter().cycle().take(REQUESTS).collect();
        Ok(Self { server, days, slots })
    }

    async fn ask(&self, days: &mut Vec<Time>, slots: &mut Vec<Time>) -> Outcome<()> {
        days.extend(ask_all(&self.server.address, &self.days, DAY_BYTES_MIN).await?);
        slots.extend(ask_all(&self.server.address, &self.slots, SLOTS_BYTES_MIN).await?);
        Ok(())
    }
}

fn period(from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let text = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    format!("from={}&to={}", text(from), text(to))
}
