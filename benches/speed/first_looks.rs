//! The worst that writing down who reads can cost: every page is one that nobody in the session
//! has looked at yet, so every page waits for a durable event of its own. Against the same pages
//! within ten minutes, when that stands in the log.

use crate::Outcome;
use crate::cluster::Bench;
use crate::history_page::{ENDS, read_pages};
use crate::http_client::get;
use crate::report::{Goal, Row};
use crate::rounds::median;
use crate::server::Server;
use anamnesis_domain::Role;
use std::sync::Arc;
use std::time::Duration;

const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_secs(3);
/// More different pages than are read in a round.
const PAGES: usize = 20_000;

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let filled = bench.filled().await?;
    let server = Server::start(&filled.hospital).await?;
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let doctor = filled.hospital.sign_in(filled.doctor, Role::Doctor).await?;
        filled.hospital.close_door().await;
        let request = |index: usize| {
            let room = filled.ordinary[index % filled.ordinary.len()].room;
            let end = ENDS.start() + index / filled.ordinary.len() % (ENDS.end() - ENDS.start());
            let path = format!("/api/rooms/{room}/messages?limit=50&before={end}");
            get(&path, &doctor.access_token)
        };
        let requests: Arc<[Vec<u8>]> = (0..PAGES).map(request).collect();
        let read = read_pages(&server.address, &requests, ROUND).await?;
        if read.pages >= PAGES {
            return Err("every page was read: there were none left for the first time".into());
        }
        first.push(read.per_second);
        let known = requests[..read.pages / 2].into();
        again.push(read_pages(&server.address, &known, ROUND).await?.per_second);
    }
    server.stop().await?;
    let rates = (median(&mut first)?, median(&mut again)?);
    let note = "pages of 50 messages, each for the first time in its session: one event each; \
                limit: the same pages again"
        .to_owned();
    Ok(vec![Row::new("first_looks", "pages/s", rates, Goal::RatioAtLeast(0.6), note)])
}
