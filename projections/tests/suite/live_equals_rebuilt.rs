//! Whatever happened, in whatever batches and with whatever restarts it was applied: the live
//! tables are what the log says.

use crate::model;
use crate::support::history::{Story, Try, tries};
use crate::support::live::{Live, projections};
use anamnesis_projections::shadow::check;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

/// How many tries are performed before the readers must have caught up, and whether the
/// process restarts then.
type Rhythm = Vec<(usize, bool)>;

#[test]
fn live_tables_equal_rebuilt_ones_whatever_the_batches_and_restarts() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let rhythm = prop::collection::vec((1..40_usize, prop::bool::weighted(0.2)), 1..6);
    let mut runner = TestRunner::new(Config { cases: 24, ..Config::default() });
    runner
        .run(&(tries(150), rhythm), |(tries, rhythm)| runtime.block_on(case(&tries, &rhythm)))
        .unwrap();
}

async fn case(tries: &[Try], rhythm: &Rhythm) -> Result<(), TestCaseError> {
    let mut story = Story::new();
    let mut live = Live::start(&story.world.log).await;
    let mut rhythm = rhythm.iter().cycle();
    let mut rest = tries;
    while !rest.is_empty() {
        let &(count, restart) = rhythm.next().unwrap();
        let (now, later) = rest.split_at(count.min(rest.len()));
        for what in now {
            story.perform(what).await;
        }
        rest = later;
        live.caught_up().await;
        if restart {
            live = live.restart().await;
        }
    }
    live.caught_up().await;
    for projection in projections() {
        let report = check(&live.pool, live.log.as_ref(), projection.as_ref()).await.unwrap();
        prop_assert!(report.is_equal(), "{report:?}");
    }
    model::agrees(&live).await;
    live.stop().await.close().await;
    Ok(())
}
