//! A long room as it once was, over HTTP by the real server, folded anew each time.

use crate::Outcome;
use crate::cluster::Bench;
use crate::filled::{catch_up, fill};
use crate::hospital::{Hospital, Pair};
use crate::http_client::{Http, get};
use crate::percentiles::Percentiles;
use crate::report::{Goal, Row};
use crate::server::Server;
use anamnesis::commands::{Command, Context};
use anamnesis_domain::session::SessionCommand;
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::log::{EventLog, Metadata};
use std::time::Instant;

const EVENTS: u64 = 100_000;
/// Each at a position of its own: the same one is folded once a minute.
const VIEWS: u64 = 15;

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let hospital = Hospital::found(bench, "as_of").await?;
    let engine = hospital.engine().await?;
    let account_id = AccountId::new();
    let officer = hospital.sign_in(account_id, Role::Compliance).await?;
    hospital.close_door().await;
    let start = SessionCommand::Start { account_id, role: Role::Compliance };
    let start = vec![Command::Session(officer.session_id, start)];
    engine.executor().execute(&Context::new(Metadata::default()), start).await?;
    let pair = Pair::with_doctor(AccountId::new());
    engine.open_rooms(&[pair]).await?;
    fill(&engine, pair, EVENTS + VIEWS).await?;
    catch_up(&hospital, &engine).await?;
    let last = *engine.log.head().borrow();
    engine.stop().await;

    let server = Server::start(&hospital).await?;
    let mut http = Http::connect(&server.address).await?;
    let mut times = Vec::new();
    for back in 0..VIEWS {
        let path = format!("/api/audit/as-of/room/{}?position={}", pair.room, last - back);
        let request = get(&path, &officer.access_token);
        let started = Instant::now();
        http.ask(&request).await?;
        times.push(started.elapsed());
    }
    server.stop().await?;
    let times = Percentiles::of(times)?;
    let (p50, max) = (times.p50 / 1e6, times.max / 1e6);
    let note = format!("p50 of {VIEWS} views, each folding {EVENTS} events; at most {max:.2} s");
    Ok(vec![Row::new("as_of", "s", (p50, 1.0), Goal::OursAtMost(1.0), note)])
}
