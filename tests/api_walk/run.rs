//! Running a page in one shell, and telling its blocks apart afterwards.

use crate::PROGRAM;
use crate::page::Step;
use anamnesis_testkit::{Server, Setup};
use std::fmt::Write;
use std::process::{Output, Stdio};
use std::time::Duration;
use tokio::process::Command;
use tokio::time::timeout;

/// How long the whole page may take.
const PATIENCE: Duration = Duration::from_mins(2);
/// Printed before each block; nothing else prints it.
const SEPARATOR: char = '\u{1e}';

/// What became of a page.
pub(crate) struct Outcome {
    /// What each block printed, up to the one that failed.
    pub printed: Vec<String>,
    /// The block that failed, and how.
    pub failure: Option<String>,
}

/// Runs the blocks in their order, in one shell, until one fails.
pub(crate) async fn run(steps: &[Step], setup: &Setup, server: &Server) -> Outcome {
    let mut script = String::new();
    for step in steps {
        writeln!(script, r"printf '\036'; printf '\036' >&2").unwrap();
        script.push_str(&step.script);
    }
    let output = timeout(PATIENCE, shell(&script, setup, server).output()).await;
    let Output { status, stdout, stderr } = output.expect("the page ends in time").unwrap();
    let (printed, told) = (parts(&stdout), parts(&stderr));
    let failure = (!status.success()).then(|| {
        let at = printed.len() - 1;
        let Step { line, script, .. } = &steps[at];
        format!("docs/API.md:{line}: {status}\n{script}\n{}\n{}", printed[at], told[at])
    });
    Outcome { printed, failure }
}

fn shell(script: &str, setup: &Setup, server: &Server) -> Command {
    let mut shell = Command::new("sh");
    shell
        .args(["-eu", "-c", script])
        .stdin(Stdio::null())
        .env("API_URL", format!("http://{}", server.address()))
        .env("PROGRAM", PROGRAM)
        // A proxy for the world outside knows nothing of a server here.
        .env("no_proxy", "*")
        .kill_on_drop(true);
    // `replay` finds the same database.
    for (name, value) in setup.command(&[]).as_std().get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell
}

/// What was printed between the separators.
fn parts(printed: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(printed);
    text.split(SEPARATOR).skip(1).map(str::to_owned).collect()
}
