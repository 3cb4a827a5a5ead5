//! What writing down who reads takes from the history page's throughput: the pages of that row,
//! asked for over and over in a session that has just begun, so that each is written down once,
//! against the same once all of it stands in the log.

use crate::Outcome;
use crate::cluster::Bench;
use crate::history_page::{PAGES, read_pages, requests};
use crate::report::{Goal, Row};
use crate::rounds::median;
use crate::server::Server;
use sqlx::PgPool;
use std::time::Duration;

const ROUNDS: usize = 3;
/// A tenth of the time for which a record stands: over all of that time, a tenth as many of the
/// pages would be first looks.
const ROUND: Duration = Duration::from_mins(1);

pub(crate) async fn measure(bench: &Bench) -> Outcome<Vec<Row>> {
    let filled = bench.filled().await?;
    let pool = &filled.hospital.database.pool;
    let server = Server::start(&filled.hospital).await?;
    let (mut new, mut known) = (Vec::new(), Vec::new());
    let (mut pages, mut first_looks) = (0, 0);
    for _ in 0..ROUNDS {
        let requests = requests(filled).await?;
        let before = written(pool).await?;
        let read = read_pages(&server.address, &requests, ROUND).await?;
        first_looks += written(pool).await? - before;
        pages += read.pages;
        new.push(read.per_second);
        let before = written(pool).await?;
        known.push(read_pages(&server.address, &requests, ROUND).await?.per_second);
        if written(pool).await? != before {
            return Err("a page was written down again that was remembered".into());
        }
    }
    server.stop().await?;
    let rates = (median(&mut new)?, median(&mut known)?);
    let note = format!(
        "{PAGES} pages of 50 messages, over and over for {} s from the session's beginning, \
         {ROUNDS} rounds: {first_looks} first looks among {pages} pages; limit: the same, all of \
         it remembered",
        ROUND.as_secs()
    );
    Ok(vec![Row::new("reads", "pages/s", rates, Goal::RatioAtLeast(0.95), note)])
}

/// Events of the log.
async fn written(pool: &PgPool) -> Outcome<i64> {
    Ok(sqlx::query_scalar("SELECT position FROM log.head").fetch_one(pool).await?)
}
