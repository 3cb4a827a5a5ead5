//! A day at the hospital, played through the real API: `make demo`.
//!
//! Starts the server on a folder that is thrown away, lets a patient and a doctor live through
//! a day over HTTP and two WebSockets, and prints the transcript and the trail that is left in
//! the log. Fails when anything turns out otherwise than the script says.

mod client;
mod script;

use std::error::Error;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The first start makes a whole PostgreSQL cluster.
const START_MAX: Duration = Duration::from_mins(1);
const DAY_MAX: Duration = Duration::from_mins(1);
const STOP_MAX: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nThe day went wrong: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let folder = tempfile::tempdir()?;
    // Where this runs as root, the database runs as another user, who must get in.
    fs::set_permissions(folder.path(), Permissions::from_mode(0o711))?;
    let mut server = Server::start(folder.path()).await?;
    let played = timeout(DAY_MAX, script::play(&server)).await;
    // Whatever happened: the database must not outlive its folder.
    let stopped = server.stop().await;
    played.map_err(|_| "the day took too long")??;
    stopped
}

/// The server's program, running.
struct Server {
    program: PathBuf,
    data_dir: PathBuf,
    process: Child,
    /// Such as `127.0.0.1:40123`.
    address: String,
}

impl Server {
    async fn start(data_dir: &Path) -> Result<Self> {
        let program = program()?;
        let mut process = command(&program, data_dir).args(["serve", "--demo"]).spawn()?;
        let address = timeout(START_MAX, listening(&mut process)).await;
        let address = address.map_err(|_| "the server did not start in time")??;
        Ok(Self { program, data_dir: data_dir.to_owned(), process, address })
    }

    /// What `anamnesis` prints when it is called with these arguments beside the server.
    async fn output_of(&self, arguments: &[&str]) -> Result<String> {
        let output = command(&self.program, &self.data_dir).args(arguments).output().await?;
        if output.status.success() {
            Ok(String::from_utf8(output.stdout)?)
        } else {
            Err(format!("anamnesis {}: {}", arguments.join(" "), output.status).into())
        }
    }

    /// Asks the server to stop; it ends its PostgreSQL as well.
    async fn stop(&mut self) -> Result<()> {
        let id = self.process.id().ok_or("the server has ended by itself")?;
        kill(Pid::from_raw(i32::try_from(id)?), Signal::SIGTERM)?;
        let ended = timeout(STOP_MAX, self.process.wait()).await;
        let status = ended.map_err(|_| "the server did not stop in time")??;
        if status.success() { Ok(()) } else { Err(format!("the server ended: {status}").into()) }
    }
}

/// The server's program stands beside the folder of the examples.
fn program() -> Result<PathBuf> {
    let example = std::env::current_exe()?;
    let profile = example.parent().and_then(Path::parent).ok_or("no folder above the example")?;
    let program = profile.join("anamnesis");
    if program.exists() {
        Ok(program)
    } else {
        Err(format!("{} is missing: run `make demo`, which builds it", program.display()).into())
    }
}

fn command(program: &Path, data_dir: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_remove("DATABASE_URL")
        .env_remove("ANAMNESIS_DATABASE__URL")
        .env_remove("ANAMNESIS_CONFIG")
        .env("ANAMNESIS_DATA_DIR", data_dir)
        .env("ANAMNESIS_HTTP__LISTEN", "127.0.0.1:0")
        .env("ANAMNESIS_METRICS__LISTEN", "off")
        .env("ANAMNESIS_LOG__FORMAT", "json")
        .env("ANAMNESIS_LOG__FILTER", "info")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// Reads the server's log up to the line that says where it listens.
async fn listening(process: &mut Child) -> Result<String> {
    let stderr = process.stderr.take().ok_or("the server's log is not piped")?;
    let mut lines = BufReader::new(stderr).lines();
    let mut last = String::new();
    while let Some(line) = lines.next_line().await? {
        let entry: Value = serde_json::from_str(&line).unwrap_or_default();
        if entry["message"] == "listening" {
            let address = entry["address"].as_str().ok_or("no address")?.to_owned();
            // Read on: whoever closes the other end of a pipe makes the writer fail.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(address);
        }
        last = line;
    }
    Err(format!("the server did not start: {last}").into())
}
