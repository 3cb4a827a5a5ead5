//! Making the cluster's files, once.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::Write,
    os::unix::fs::DirBuilderExt,
    path::Path,
    process::Stdio,
};

use tokio::process::Command;
use uuid::Uuid;

use crate::{LocalPostgresError, account::Account, layout::Layout, programs::Programs};

/// The name of a cluster that is still being made starts with this.
const UNFINISHED: &str = "postgres.making-";

/// The superuser, and thus the owner of everything in the cluster.
pub(crate) const SUPERUSER: &str = "anamnesis";

/// Appended once to `postgresql.conf`, where an operator may change it.
const TUNING: &str = "
# For a small machine; change these as you like.
shared_buffers = 256MB
max_wal_size = 2GB
wal_compression = on
";

/// Makes the cluster unless it exists. It is made beside its place and renamed when complete,
/// so that a crash in the middle leaves nothing that looks like a cluster.
///
/// The caller holds the start lock.
pub(crate) async fn ensure(
    layout: &Layout,
    programs: &Programs,
    account: &Account,
) -> Result<(), LocalPostgresError> {
    sweep(&layout.data_dir);
    if layout.cluster.exists() {
        return Ok(());
    }
    let making = layout.data_dir.join(format!("{UNFINISHED}{}", Uuid::new_v4().simple()));
    DirBuilder::new()
        .mode(0o700)
        .create(&making)
        .map_err(LocalPostgresError::io("cannot make", &making))?;
    account.give(&making)?;
    init(&making, programs, account).await?;
    tune(&making.join("postgresql.conf"))?;
    fs::rename(&making, &layout.cluster)
        .map_err(LocalPostgresError::io("cannot rename", &making))?;
    File::open(&layout.data_dir)
        .and_then(|folder| folder.sync_all())
        .map_err(LocalPostgresError::io("cannot sync", &layout.data_dir))
}

/// Removes what an earlier start left unfinished. Best effort: the `initdb` of a server that
/// was killed may still be writing there, and the next start removes the rest.
fn sweep(data_dir: &Path) {
    let Ok(entries) = fs::read_dir(data_dir) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED)
            && let Err(error) = fs::remove_dir_all(entry.path())
        {
            tracing::debug!(%error, "an unfinished cluster could not be removed");
        }
    }
}

async fn init(
    cluster: &Path,
    programs: &Programs,
    account: &Account,
) -> Result<(), LocalPostgresError> {
    let mut command = Command::new(&programs.initdb);
    command
        .arg("-D")
        .arg(cluster)
        // Trust is safe because nobody gets that far: there is no TCP port, and the socket
        // lies in a folder that only the account PostgreSQL runs as (and root) can enter.
        .args(["--auth-local=trust", "--auth-host=reject"])
        .args(["--username", SUPERUSER])
        .args(["--encoding=UTF8", "--locale=C", "--data-checksums"])
        .stdin(Stdio::null())
        .kill_on_drop(true);
    clean_environment(&mut command);
    account.apply(&mut command);
    let output =
        command.output().await.map_err(LocalPostgresError::io("cannot run", &programs.initdb))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    // initdb ends its complaint with what it removed again; the reason is the line before.
    let message = text.lines().find(|line| line.contains("error:") || line.contains("FATAL:"));
    Err(LocalPostgresError::InitDb {
        cluster: cluster.to_owned(),
        message: message.or(text.lines().last()).unwrap_or("it said nothing").to_owned(),
    })
}

fn tune(conf: &Path) -> Result<(), LocalPostgresError> {
    OpenOptions::new()
        .append(true)
        .open(conf)
        .and_then(|mut file| {
            file.write_all(TUNING.as_bytes())?;
            file.sync_all()
        })
        .map_err(LocalPostgresError::io("cannot write", conf))
}

/// PostgreSQL's programs follow many variables (`PGDATA`, `PGPORT`, `LANG`), and ours may hold
/// secrets: they get only what is needed to find libraries.
pub(crate) fn clean_environment(command: &mut Command) {
    command.env_clear().env("LC_ALL", "C").env("TZ", "UTC").current_dir("/");
    for name in ["PATH", "LD_LIBRARY_PATH"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
}
