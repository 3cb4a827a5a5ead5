//! PostgreSQL's own load generator.

use crate::Outcome;
use crate::rounds::median;
use crate::sample::Sample;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::process::Command;

/// Rooms that one client writes to.
const ROOMS_PER_CLIENT: u32 = 8;
/// More rows than one client writes in one run, and than all of them do.
const ROWS_OF_CLIENT: u64 = 10_000_000;
const ROWS_OF_RUN: u64 = 10_000_000_000;

/// The program, and where it may write.
pub(crate) struct Pgbench {
    program: PathBuf,
    folder: PathBuf,
}

/// What is to be run.
pub(crate) struct Run<'a> {
    /// Chosen at random, transaction by transaction.
    pub(crate) scripts: Vec<PathBuf>,
    pub(crate) url: &'a str,
    pub(crate) clients: u32,
    pub(crate) time: Duration,
    /// Variables of the scripts.
    pub(crate) variables: Vec<String>,
}

impl Pgbench {
    /// On the `PATH`, or where packages put PostgreSQL's programs.
    pub(crate) fn find(folder: &Path) -> Outcome<Self> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
        if let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") {
            folders.extend(versions.flatten().map(|version| version.path().join("bin")));
        }
        let mut programs = folders.into_iter().map(|folder| folder.join("pgbench"));
        let program = programs
            .find(|program| program.is_file())
            .ok_or("pgbench is needed: it comes with PostgreSQL (package postgresql)")?;
        Ok(Self { program, folder: folder.to_owned() })
    }

    /// A run that inserts rows like the sample one by one, from so many clients. No two runs in
    /// the same database may have the same number.
    pub(crate) fn insertion<'a>(
        &self,
        url: &'a str,
        sample: &Sample,
        clients: u32,
        number: u64,
        time: Duration,
    ) -> Outcome<Run<'a>> {
        let script = self.folder.join("insert.sql");
        std::fs::write(&script, insert_script(sample))?;
        let variables = vec![format!("base={}", number * ROWS_OF_RUN), "n=0".to_owned()];
        Ok(Run { scripts: vec![script], url, clients, time, variables })
    }

    /// Transactions per second.
    pub(crate) async fn rate(&self, run: &Run<'_>) -> Outcome<f64> {
        let text = self.run(run, &[]).await?;
        let rate = text
            .lines()
            .find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        rate.ok_or_else(|| "pgbench printed no rate".into())
    }

    /// The median of the transactions, in microseconds.
    pub(crate) async fn p50_us(&self, run: &Run<'_>) -> Outcome<f64> {
        let prefix = self.folder.join("transactions");
        self.run(run, &["--log".as_ref(), "--log-prefix".as_ref(), prefix.as_os_str()]).await?;
        self.take_p50()
    }

    async fn run(&self, run: &Run<'_>, more: &[&OsStr]) -> Outcome<String> {
        let mut command = Command::new(&self.program);
        command
            .args(["--no-vacuum", "--protocol=prepared"])
            .args(["--jobs", &run.clients.min(2).to_string()])
            .args(["--client", &run.clients.to_string()])
            .args(["--time", &run.time.as_secs().max(1).to_string()])
            .args(more)
            .kill_on_drop(true);
        for variable in &run.variables {
            command.args(["-D", variable]);
        }
        for script in &run.scripts {
            command.arg("--file").arg(script);
        }
        let output = command.arg(run.url).output().await?;
        let text = String::from_utf8(output.stdout)?;
        if !output.status.success() || !text.contains("number of failed transactions: 0 ") {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        Ok(text)
    }

    /// The median of the logs (third column), which are removed.
    fn take_p50(&self) -> Outcome<f64> {
        let mut times = Vec::new();
        for file in std::fs::read_dir(&self.folder)? {
            let file = file?.path();
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !name.starts_with("transactions.") {
                continue;
            }
            let text = std::fs::read_to_string(&file)?;
            times.extend(
                text.lines().filter_map(|line| line.split(' ').nth(2)?.parse::<f64>().ok()),
            );
            std::fs::remove_file(&file)?;
        }
        median(&mut times)
    }
}

/// The statement that writes one of our rows, with as little around it as pgbench allows.
fn insert_script(sample: &Sample) -> String {
    let Sample { payload, metadata } = sample;
    format!(
        "\\set n :n + 1\n\
         \\set position :base + :client_id * {ROWS_OF_CLIENT} + :n\n\
         \\set room :base + :client_id * {ROOMS_PER_CLIENT} + :n % {ROOMS_PER_CLIENT}\n\
         \\set sequence :n / {ROOMS_PER_CLIENT} + 1\n\
         INSERT INTO log.events (global_position, event_id, aggregate_type, aggregate_id, \
         sequence, event_type, event_version, payload, metadata, recorded_at, leaf_hash) \
         VALUES (:position, gen_random_uuid(), 'chat_room', \
         lpad(:room::text, 36, '0'), :sequence, 'MessagePosted', '1', \
         '{payload}', '{metadata}', now(), '\\x{}');\n",
        "07".repeat(32)
    )
}

/// With how many clients the insertion does best.
pub(crate) async fn best_clients(pgbench: &Pgbench, url: &str, sample: &Sample) -> Outcome<u32> {
    let mut best = (0.0, 0);
    for (number, clients) in [(1001, 32), (1002, 64)] {
        let time = Duration::from_secs(2);
        let run = pgbench.insertion(url, sample, clients, number, time)?;
        let rate = pgbench.rate(&run).await?;
        if rate > best.0 {
            best = (rate, clients);
        }
    }
    Ok(best.1)
}
