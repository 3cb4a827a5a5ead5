//! Locks between processes. They are on open files, so the system lets go of them when a
//! process dies, however it dies.

use std::{
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    time::Duration,
};

use tokio::time::{Instant, sleep};

use crate::LocalPostgresError;

/// Longer than the longest start or stop that another process may be busy with.
const WAIT_MAX: Duration = Duration::from_mins(10);
const POLL: Duration = Duration::from_millis(20);

pub(crate) fn open(path: &Path) -> Result<File, LocalPostgresError> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        // Who can open it can lock it, and so keep the server from starting.
        .mode(0o600)
        .open(path)
        .map_err(LocalPostgresError::io("cannot open", path))
}

/// Waits for `path` to be free and takes it for this process alone.
pub(crate) async fn exclusive(path: &Path) -> Result<File, LocalPostgresError> {
    wait(path, File::try_lock).await
}

/// Waits until nobody has `path` alone, and takes a share of it.
pub(crate) async fn shared(path: &Path) -> Result<File, LocalPostgresError> {
    wait(path, File::try_lock_shared).await
}

async fn wait(
    path: &Path,
    attempt: fn(&File) -> Result<(), TryLockError>,
) -> Result<File, LocalPostgresError> {
    let file = open(path)?;
    let deadline = Instant::now() + WAIT_MAX;
    loop {
        match attempt(&file) {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => sleep(POLL).await,
            Err(TryLockError::WouldBlock) => {
                return Err(LocalPostgresError::Locked(path.to_owned()));
            }
            Err(TryLockError::Error(error)) => {
                return Err(LocalPostgresError::io("cannot lock", path)(error));
            }
        }
    }
}
