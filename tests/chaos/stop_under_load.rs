//! Stopping in order while everybody talks.

use crate::talk::{Pair, Talk};
use crate::{PROGRAM, cluster, evidence, verdict};
use anamnesis_testkit::Setup;
use std::time::Duration;
use tokio::time::Instant;

/// The drain of requests and sockets, then of the server's tasks, then PostgreSQL's checkpoint.
const STOP_MAX: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_stop_under_load_keeps_what_was_acknowledged_and_stops_the_database_too() {
    let setup = Setup::private(PROGRAM);
    let server = setup.start().await;
    let pairs = Pair::three(&server).await;
    let talk = Talk::start(pairs, server.address(), server.address()).await;
    talk.goes_on_for(100).await;
    let asked = Instant::now();
    assert_eq!(server.stop().await.code(), Some(0));
    assert!(asked.elapsed() < STOP_MAX, "it took {:?}", asked.elapsed());
    assert_eq!(cluster::postmaster(&setup), None, "the database is stopped");

    let server = setup.start().await;
    talk.meet_at(server.address());
    talk.goes_on_for(100).await;
    let talked = talk.finish().await;
    verdict::pass(&setup, server.address(), &talked).await;
    evidence::examine(&cluster::url(&setup)).await;
    assert!(server.stop().await.success());
}
