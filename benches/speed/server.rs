//! The real server, as a process of its own.

use crate::Outcome;
use crate::hospital::Hospital;
use crate::rounds::number;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// Starting includes catching up with the log.
const START_MAX: Duration = Duration::from_mins(1);
const STOP_MAX: Duration = Duration::from_secs(30);

pub(crate) struct Server {
    /// Where it listens.
    pub(crate) address: String,
    child: Child,
}

impl Server {
    /// Starts it on the hospital's database.
    pub(crate) async fn start(hospital: &Hospital) -> Outcome<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_anamnesis"));
        command
            .env("DATABASE_URL", &hospital.database.url)
            .env("MASTER_KEY_FILE", &hospital.key_file);
        Self::spawn(command).await
    }

    /// Starts a program that logs JSON with its address once it listens.
    pub(crate) async fn spawn(mut command: Command) -> Outcome<Self> {
        let mut child = command
            .env("ANAMNESIS_HTTP__LISTEN", "127.0.0.1:0")
            .env("ANAMNESIS_METRICS__LISTEN", "off")
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let errors = child.stderr.take().ok_or("the server has no standard error")?;
        let mut lines = BufReader::new(errors).lines();
        let listening = async {
            while let Some(line) = lines.next_line().await? {
                let line: serde_json::Value = serde_json::from_str(&line).map_err(|_| line)?;
                if line["message"] == "listening" {
                    return Ok(line["address"].as_str().unwrap_or_default().to_owned());
                }
            }
            Err("the server ended before it listened".into())
        };
        let address: Outcome<String> = timeout(START_MAX, listening).await?;
        // What it complains about belongs on the screen; nobody reading would block it.
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                eprintln!("{line}");
            }
        });
        Ok(Self { address: address?, child })
    }

    fn pid(&self) -> Outcome<i32> {
        Ok(i32::try_from(self.child.id().ok_or("the server has ended")?)?)
    }

    /// Bytes of its memory that are in RAM.
    pub(crate) fn resident_bytes(&self) -> Outcome<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid()?))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
        Ok(number(kib.ok_or("/proc shows no resident memory")?) * 1024.0)
    }

    /// Asks it to end, and waits until it has.
    pub(crate) async fn stop(mut self) -> Outcome<()> {
        kill(Pid::from_raw(self.pid()?), Signal::SIGTERM)?;
        timeout(STOP_MAX, self.child.wait()).await??;
        Ok(())
    }
}
