//! Finding one of ten thousand doctors.

use crate::Outcome;
use crate::asking::ask_all;
use crate::cluster::Bench;
use crate::http_client::get;
use crate::percentiles::Percentiles;
use crate::report::{Goal, Row};
use crate::server::Server;
use anamnesis_domain::Role;
use std::fmt::Write;
use std::sync::Arc;

/// Of each kind.
const REQUESTS: usize = 300;
/// What none of the kinds may exceed at p99, in microseconds.
const GOAL_US: f64 = 20_000.0;
/// A page of doctors is longer than this.
const BYTES_MIN: usize = 100;

/// What is typed, from what almost nobody has in their name to what everybody has.
const KINDS: [(&str, [&str; 4]); 6] = [
    ("no name", ["limit=50", "limit=50", "limit=50", "limit=50"]),
    (
        "specialty",
        [
            "specialty=cardiology",
            "specialty=neurology",
            "specialty=oncology",
            "specialty=pathology",
        ],
    ),
    ("two words", ["name=ines%20adl", "name=omar%20ste", "name=sara%20vob", "name=leon%20mei"]),
    ("three letters", ["name=adl", "name=hol", "name=kat", "name=sch"]),
    ("one letter", ["name=a", "name=s", "name=m", "name=k"]),
    ("everybody", ["name=dr", "name=d", "name=dr%20a", "name=dr."]),
];

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let filled = bench.calendar().await?;
    let server = Server::start(&filled.hospital).await?;
    let patient = filled.hospital.sign_in(filled.patient, Role::Patient).await?;
    filled.hospital.close_door().await;
    let request = |index: usize| {
        let (_, asked) = KINDS[index % KINDS.len()];
        let asked = asked[index / KINDS.len() % asked.len()];
        get(&format!("/api/doctors?{asked}"), &patient.access_token)
    };
    let requests: Arc<[_]> = (0..KINDS.len() * REQUESTS).map(request).collect();
    let times = ask_all(&server.address, &requests, BYTES_MIN).await?;
    server.stop().await?;

    let mut note =
        "p99 of the slowest kind, 10,000 doctors, 4 connections; limit: 20 ms".to_owned();
    let mut worst: f64 = 0.0;
    for (index, (kind, _)) in KINDS.iter().enumerate() {
        let own = times.iter().skip(index).step_by(KINDS.len()).copied().collect();
        let Percentiles { p50, p99, .. } = Percentiles::of(own)?;
        write!(note, "; {kind}: p50 {p50:.0}, p99 {p99:.0}")?;
        worst = worst.max(p99);
    }
    let everything = Percentiles::of(times)?;
    write!(note, "; all: p50 {:.0}, p99 {:.0}", everything.p50, everything.p99)?;
    Ok(vec![Row::new("directory", "us", (worst, GOAL_US), Goal::RatioAtMost(1.0), note)])
}
