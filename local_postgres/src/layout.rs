//! Where everything stands below the data folder.

use std::{
    fs::{self, DirBuilder, Permissions},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
};

use uuid::Uuid;

use crate::{LocalPostgresError, account::Account};

/// The longest path of a Unix socket that every system accepts, its ending zero not counted.
const SOCKET_PATH_BYTES_MAX: usize = 107;
/// The name PostgreSQL gives its socket on the only port we use.
const SOCKET_NAME: &str = ".s.PGSQL.5432";

#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) data_dir: PathBuf,
    /// PostgreSQL's own data directory.
    pub(crate) cluster: PathBuf,
    pub(crate) socket_dir: PathBuf,
    pub(crate) log: PathBuf,
    /// Held, shared, by every process that uses the cluster.
    pub(crate) holders_lock: PathBuf,
    /// Held by the one process that is starting PostgreSQL.
    pub(crate) start_lock: PathBuf,
    /// Names the cluster in the process table (PostgreSQL shows its `cluster_name` there).
    pub(crate) tag: String,
}

impl Layout {
    /// Makes the data folder if it is missing, and every name below it.
    pub(crate) fn prepare(data_dir: &Path) -> Result<Self, LocalPostgresError> {
        // Others may pass through it (PostgreSQL must, where the server is root) but not list it.
        DirBuilder::new()
            .recursive(true)
            .mode(0o711)
            .create(data_dir)
            .map_err(LocalPostgresError::io("cannot make", data_dir))?;
        // Two spellings of one folder must give one socket and one tag.
        let data_dir =
            data_dir.canonicalize().map_err(LocalPostgresError::io("cannot look at", data_dir))?;
        let text =
            data_dir.to_str().ok_or_else(|| LocalPostgresError::PathNotText(data_dir.clone()))?;
        let hash = Uuid::new_v5(&Uuid::NAMESPACE_URL, text.as_bytes()).simple().to_string();
        Ok(Self {
            cluster: data_dir.join("postgres"),
            socket_dir: socket_dir(&data_dir, &hash),
            log: data_dir.join("postgres.log"),
            holders_lock: data_dir.join("postgres.holders.lock"),
            start_lock: data_dir.join("postgres.start.lock"),
            tag: format!("anamnesis-{hash}"),
            data_dir,
        })
    }

    /// Makes the socket's folder, which only `account` may enter, or checks that it is so.
    pub(crate) fn prepare_socket_dir(&self, account: &Account) -> Result<(), LocalPostgresError> {
        let path = &self.socket_dir;
        match DirBuilder::new().mode(0o700).create(path) {
            Ok(()) => account.give(path)?,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(LocalPostgresError::io("cannot make", path)(error)),
        }
        let meta =
            path.symlink_metadata().map_err(LocalPostgresError::io("cannot look at", path))?;
        let owned = account.owns(path).map_err(LocalPostgresError::io("cannot look at", path))?;
        // The fallback lies in a folder where anyone may write: somebody else's folder, or a
        // link, must not be trusted with the door to the database.
        if !meta.is_dir() || !owned {
            return Err(LocalPostgresError::SocketFolder {
                path: path.clone(),
                user: account.name.clone(),
            });
        }
        fs::set_permissions(path, Permissions::from_mode(0o700))
            .map_err(LocalPostgresError::io("cannot close to others", path))
    }
}

/// Inside the data folder, unless that makes the path too long for a socket. The fallback does
/// not follow `TMPDIR`, because every process that shares the cluster must come to the same one.
fn socket_dir(data_dir: &Path, hash: &str) -> PathBuf {
    let inside = data_dir.join("socket");
    if inside.join(SOCKET_NAME).as_os_str().len() <= SOCKET_PATH_BYTES_MAX {
        inside
    } else {
        Path::new("/tmp").join(format!("anamnesis-{hash}"))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{SOCKET_PATH_BYTES_MAX, socket_dir};

    #[test]
    fn a_long_data_folder_gets_a_short_socket_folder() {
        let long = "/x".repeat(60);
        let fallback = socket_dir(Path::new(&long), &"f".repeat(32));
        assert!(fallback.starts_with("/tmp"));
        assert!(fallback.join(super::SOCKET_NAME).as_os_str().len() <= SOCKET_PATH_BYTES_MAX);
        assert_eq!(socket_dir(Path::new("/data"), "f"), Path::new("/data/socket"));
    }
}
