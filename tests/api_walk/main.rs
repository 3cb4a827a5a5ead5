//! `docs/API.md` does what it says: the whole page is run as its reader would run it, with `sh`
//! and `curl`, against the real server, and what comes is compared with what is shown.
//!
//! The rules: a block that begins with three backticks and `sh` is run, all of them in order, in
//! one shell, until one fails. Below it, a block of `json` shows the last line that it printed,
//! and each line of a block of `text` shows some line that it printed. `…` stands for anything.
//! Objects and lists may show less than comes (see `shown.rs`).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod page;
mod run;
mod shown;

use anamnesis::http::routes::routes;
use anamnesis_testkit::{Server, World};
use run::{Outcome, run};
use std::collections::BTreeSet;

const PAGE: &str = include_str!("../../docs/API.md");
/// The server's program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_anamnesis");
/// Fewer blocks than these, and the search has gone blind.
const STEPS_MIN: usize = 50;

#[tokio::test]
async fn the_page_runs_from_top_to_bottom_and_answers_as_it_shows() {
    let World { server, setup, database: _database } = World::start(PROGRAM).await;
    let steps = page::steps(PAGE);
    assert!(steps.len() >= STEPS_MIN, "only {} blocks were found", steps.len());
    let outcome = run(&steps, &setup, &server).await;
    assert!(outcome.failure.is_none(), "{}", outcome.failure.unwrap_or_default());
    let wrong = differences(&steps, &outcome);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let missing = not_walked(&server).await;
    assert!(missing.is_empty(), "the page never succeeds with {missing:#?}");
}

fn differences(steps: &[page::Step], outcome: &Outcome) -> Vec<String> {
    let found = steps.iter().zip(&outcome.printed).filter_map(|(step, printed)| {
        let shown = step.shown.as_ref()?;
        let why = shown.compare(printed).err()?;
        Some(format!("docs/API.md:{}: {why}\n{printed}", shown.line))
    });
    found.collect()
}

/// The routes with which nobody succeeded, as the server itself counted.
async fn not_walked(server: &Server) -> BTreeSet<String> {
    let url = format!("http://{}/metrics", server.metrics_address());
    let page = reqwest::get(url).await.unwrap().text().await.unwrap();
    let counted: BTreeSet<String> = page.lines().filter_map(succeeded).collect();
    let all = routes().into_iter().map(|route| {
        let method = route.method.to_uppercase();
        format!("{method} {}", route.path)
    });
    all.filter(|route| !counted.contains(route)).collect()
}

/// The route of a line that counts answers of success.
fn succeeded(line: &str) -> Option<String> {
    let labels = line.strip_prefix("http_requests_total{")?;
    let label = |name: &str| {
        let (_, rest) = labels.split_once(&format!("{name}=\""))?;
        rest.split('"').next()
    };
    let done = label("status")?.starts_with(['1', '2']);
    done.then(|| Some(format!("{} {}", label("method")?, label("route")?)))?
}

#[tokio::test]
async fn a_block_that_fails_is_named_with_what_it_printed() {
    let World { server, setup, database: _database } = World::start(PROGRAM).await;
    let text = "```sh\necho one\n```\n\n```sh\necho two\nfalse\n```\n\n```sh\necho three\n```\n";
    let outcome = run(&page::steps(text), &setup, &server).await;
    let failure = outcome.failure.unwrap();
    assert!(failure.contains("docs/API.md:5") && failure.contains("two"), "{failure}");
    assert!(!failure.contains("one") && !failure.contains("three"), "{failure}");
    let text = "```sh\necho '{\"code\": \"b\"}'\n```\n\n```json\n{ \"code\": \"a\" }\n```\n";
    let steps = page::steps(text);
    let outcome = run(&steps, &setup, &server).await;
    let wrong = differences(&steps, &outcome);
    assert!(wrong.len() == 1 && wrong[0].contains("docs/API.md:5"), "{wrong:?}");
}
