//! The first page of a search in the audit trail of a million events, against a hundred thousand.
//!
//! Every search is recorded, and answered once the trail shows what happened before it: both are
//! a part of the time.

use crate::Outcome;
use crate::asking::ask_all;
use crate::cluster::Bench;
use crate::filled_trail::FilledTrail;
use crate::http_client::get;
use crate::percentiles::Percentiles;
use crate::report::{Goal, Row};
use crate::server::Server;
use anamnesis_domain::{AccountId, Role};
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

/// Rooms of a thousand messages each.
const MANY: usize = 1_000;
const FEW: usize = 100;
/// Of each kind and round.
const REQUESTS: usize = 100;
const ROUNDS: usize = 3;
/// Some kinds find nothing, which is an answer, too.
const BYTES_MIN: usize = 20;

/// What is searched for, one of a pair each.
const KINDS: [(&str, &str); 9] = [
    ("everything", ""),
    ("person", "person=PATIENT"),
    ("patient", "patient=PATIENT"),
    ("record", "record=ROOM"),
    ("rare action", "action=room_opened"),
    ("frequent person and room", "person=DOCTOR&record=ROOM"),
    ("person and frequent action", "person=PATIENT&action=message_posted"),
    ("never together", "person=PATIENT&patient=OTHER"),
    ("frequent person and outcome", "person=DOCTOR&outcome=success"),
];

struct Side {
    server: Server,
    requests: Arc<[Vec<u8>]>,
}

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let few = FilledTrail::make(bench, "trail_few", FEW).await?;
    let many = FilledTrail::make(bench, "trail_many", MANY).await?;
    let (ours, limit) = (Side::start(&many).await?, Side::start(&few).await?);
    let (mut all, mut limits) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        limits.extend(ask_all(&limit.server.address, &limit.requests, BYTES_MIN).await?);
        all.extend(ask_all(&ours.server.address, &ours.requests, BYTES_MIN).await?);
    }
    ours.server.stop().await?;
    limit.server.stop().await?;
    for side in [few, many] {
        side.hospital.database.pool.close().await;
    }

    let mut note = "p99 of nine kinds of search in 1,000,000 events, recorded and complete, 4 \
                    connections; limit: in 100,000; p99 of each:"
        .to_owned();
    for (index, (kind, _)) in KINDS.iter().enumerate() {
        let own = |times: &[Duration]| {
            Percentiles::of(times.iter().skip(index).step_by(KINDS.len()).copied().collect())
        };
        write!(note, " {kind} {:.0} ({:.0}),", own(&all)?.p99, own(&limits)?.p99)?;
    }
    let (ours, limit) = (Percentiles::of(all)?, Percentiles::of(limits)?);
    write!(note, " p50 of all {:.0} ({:.0})", ours.p50, limit.p50)?;
    let goal = Goal::OursAndRatioAtMost(50_000.0, 1.5);
    Ok(vec![Row::new("trail", "us", (ours.p99, limit.p99), goal, note)])
}

impl Side {
    async fn start(filled: &FilledTrail) -> Outcome<Self> {
        let server = Server::start(&filled.hospital).await?;
        let officer = filled.hospital.sign_in(AccountId::new(), Role::Compliance).await?;
        filled.hospital.close_door().await;
        let request = |index: usize| {
            let (_, query) = KINDS[index % KINDS.len()];
            let pair = |leap: usize| filled.pairs[index * leap % filled.pairs.len()];
            let query = query
                .replace("PATIENT", &pair(7_919).people.patient_id.to_string())
                .replace("OTHER", &pair(104_729).people.patient_id.to_string())
                .replace("ROOM", &pair(7_919).room.to_string())
                .replace("DOCTOR", &filled.doctor.to_string());
            get(&format!("/api/audit/events?{query}"), &officer.access_token)
        };
        let requests = (0..KINDS.len() * REQUESTS).map(request).collect();
        Ok(Self { server, requests })
    }
}
