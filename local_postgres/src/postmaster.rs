//! PostgreSQL's main process: finding it, starting it, stopping it.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    process::Stdio,
    time::Duration,
};

use nix::{
    errno::Errno,
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use tokio::{
    process::{Child, Command},
    time::{Instant, sleep, timeout},
};

use crate::{
    LocalPostgresError, Settings, account::Account, cluster, layout::Layout, process_table,
    programs::Programs,
};

/// A crash leaves up to `max_wal_size` to be replayed, on a slow disk.
const READY_WITHIN: Duration = Duration::from_mins(5);
const STOPPED_WITHIN: Duration = Duration::from_mins(1);
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(25);
/// PostgreSQL's log is put aside at start when it has grown beyond this.
const LOG_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Set on the command line, which `ALTER SYSTEM` and `postgresql.conf` cannot override: what was
/// acknowledged is on disk, there is no way in but the socket, and neither a statement nor a
/// value is ever written to the log. Messages of level ERROR quote values ("Key (email)=(…)
/// already exists"), so the log starts above them, at LOG; the server gets every error anyway.
const FIXED: [&str; 16] = [
    "fsync=on",
    "full_page_writes=on",
    "synchronous_commit=on",
    "listen_addresses=",
    "port=5432",
    "unix_socket_permissions=0700",
    "logging_collector=off",
    "log_destination=stderr",
    "log_timezone=UTC",
    "log_min_messages=log",
    "log_error_verbosity=terse",
    "log_statement=none",
    "log_min_duration_statement=-1",
    "log_min_error_statement=panic",
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It answers.
    Up,
    /// The process is there but lets nobody in: it starts, recovers or stops.
    Busy,
    Down,
}

/// Asks the cluster itself first: what answers on its socket is it, whatever files say.
pub(crate) async fn state(layout: &Layout, options: &PgConnectOptions) -> State {
    match timeout(ANSWER_WITHIN, PgConnection::connect_with(options)).await {
        Ok(Ok(connection)) => {
            // Failing to say goodbye does not make the answer less of one.
            let _ = connection.close().await;
            State::Up
        }
        Ok(Err(sqlx::Error::Database(_))) | Err(_) => State::Busy,
        Ok(Err(_)) if pid(layout).is_some() => State::Busy,
        Ok(Err(_)) => State::Down,
    }
}

/// The cluster's main process, if it is alive. A stale `postmaster.pid`, even one whose number
/// belongs to another program by now, is seen through.
pub(crate) fn pid(layout: &Layout) -> Option<Pid> {
    let pid = written_pid(layout)?;
    let alive = matches!(kill(pid, None), Ok(()) | Err(Errno::EPERM));
    (alive && process_table::shows(pid, &layout.tag)).then_some(pid)
}

fn written_pid(layout: &Layout) -> Option<Pid> {
    let text = fs::read_to_string(layout.cluster.join("postmaster.pid")).ok()?;
    text.lines().next()?.trim().parse().ok().map(Pid::from_raw)
}

/// PostgreSQL refuses to start while the number in its pid file belongs to any live process of
/// its user, which after a crash in a container can be so for ever. The file is removed only
/// when no process of this cluster is left, because it also guards against two at once.
pub(crate) fn forget_stale_pid(layout: &Layout) {
    if written_pid(layout).is_some() && process_table::nobody_has(&layout.tag) {
        let _ = fs::remove_file(layout.cluster.join("postmaster.pid"));
    }
}

/// Starts PostgreSQL in a process group of its own, so that Ctrl-C at a terminal reaches only
/// the server, which drains before it stops the database.
pub(crate) fn spawn(
    layout: &Layout,
    programs: &Programs,
    account: &Account,
    settings: &Settings,
) -> Result<Child, LocalPostgresError> {
    let log = open_log(&layout.log)?;
    let errors = log.try_clone().map_err(LocalPostgresError::io("cannot open", &layout.log))?;
    let mut command = Command::new(&programs.postgres);
    command.arg("-D").arg(&layout.cluster);
    for setting in FIXED {
        command.args(["-c", setting]);
    }
    let socket_dir = layout.socket_dir.to_string_lossy().replace('"', "\"\"");
    command
        .args(["-c", &format!("unix_socket_directories=\"{socket_dir}\"")])
        .args(["-c", &format!("cluster_name={}", layout.tag)])
        .args(["-c", &format!("max_connections={}", settings.connections_max)])
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(errors)
        .process_group(0);
    cluster::clean_environment(&mut command);
    account.apply(&mut command);
    command.spawn().map_err(LocalPostgresError::io("cannot run", &programs.postgres))
}

fn open_log(path: &Path) -> Result<File, LocalPostgresError> {
    if path.metadata().is_ok_and(|meta| meta.len() > LOG_BYTES_MAX) {
        fs::rename(path, path.with_extension("log.1"))
            .map_err(LocalPostgresError::io("cannot rename", path))?;
    }
    OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(path)
        .map_err(LocalPostgresError::io("cannot open", path))
}

/// Waits until it answers. `false`: the process ended instead.
pub(crate) async fn ready(
    child: &mut Child,
    layout: &Layout,
    options: &PgConnectOptions,
) -> Result<bool, LocalPostgresError> {
    let deadline = Instant::now() + READY_WITHIN;
    while Instant::now() < deadline {
        let ended =
            child.try_wait().map_err(LocalPostgresError::io("cannot watch", &layout.cluster))?;
        if ended.is_some() {
            return Ok(false);
        }
        if state(layout, options).await == State::Up {
            return Ok(true);
        }
        sleep(POLL).await;
    }
    Err(LocalPostgresError::DidNotStart { log: layout.log.clone() })
}

/// Ends PostgreSQL in order: sessions are cut, a checkpoint is written.
pub(crate) async fn stop(layout: &Layout, child: Option<Child>) -> Result<(), LocalPostgresError> {
    let Some(pid) = pid(layout) else { return Ok(()) };
    // It may have ended by itself since; the loop below finds out.
    let _ = kill(pid, Signal::SIGINT);
    if let Some(mut child) = child {
        return match timeout(STOPPED_WITHIN, child.wait()).await {
            Ok(_) => Ok(()),
            Err(_) => Err(LocalPostgresError::DidNotStop { log: layout.log.clone() }),
        };
    }
    let deadline = Instant::now() + STOPPED_WITHIN;
    while self::pid(layout).is_some() {
        if Instant::now() > deadline {
            return Err(LocalPostgresError::DidNotStop { log: layout.log.clone() });
        }
        sleep(POLL).await;
    }
    Ok(())
}
