use std::{io, path::PathBuf};

/// Why the private PostgreSQL could not be used. Each message is one line that says what to
/// do; none holds data from the database.
#[derive(Debug, thiserror::Error)]
pub enum LocalPostgresError {
    /// No PostgreSQL 14 or newer on this machine.
    #[error(
        "PostgreSQL 14 or newer is not installed: run `apt-get install postgresql`, \
         or set DATABASE_URL to use a PostgreSQL elsewhere"
    )]
    MissingPrograms,
    /// The cluster was made by a major version that is not installed.
    #[error(
        "{} was made by PostgreSQL {major}, which is not installed: run \
         `apt-get install postgresql-{major}`, or upgrade the folder with pg_upgrade", cluster.display()
    )]
    MissingVersion {
        /// The cluster's folder.
        cluster: PathBuf,
        /// The major version that made it.
        major: u32,
    },
    /// The account PostgreSQL runs as cannot get to the data folder.
    #[error(
        "the data folder {} is below {}, which the user `{user}` that PostgreSQL runs as may \
         not enter: choose another folder with ANAMNESIS_DATA_DIR", data_dir.display(), ancestor.display()
    )]
    Unreachable {
        /// The data folder.
        data_dir: PathBuf,
        /// The folder that is closed.
        ancestor: PathBuf,
        /// The operating-system user.
        user: String,
    },
    /// Started as root on a machine with neither of the accounts that could run PostgreSQL.
    #[error(
        "PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody` it could run as"
    )]
    NoAccount,
    /// The folder for the socket belongs to somebody else.
    #[error("{} must be a folder that only the user `{user}` can enter: remove it", path.display())]
    SocketFolder {
        /// The folder.
        path: PathBuf,
        /// Whose it must be.
        user: String,
    },
    /// The path is not UTF-8, so it cannot stand in a connection URL.
    #[error("the data folder {} must have a name in UTF-8", .0.display())]
    PathNotText(PathBuf),
    /// `initdb` failed.
    #[error("initdb could not make a database in {}: {message}", cluster.display())]
    InitDb {
        /// The cluster's folder.
        cluster: PathBuf,
        /// The last line `initdb` wrote.
        message: String,
    },
    /// PostgreSQL ended while starting, or did not answer in time.
    #[error("PostgreSQL did not start: see {}", log.display())]
    DidNotStart {
        /// PostgreSQL's own log.
        log: PathBuf,
    },
    /// PostgreSQL did not end in time; it goes on running and the next start uses it.
    #[error("PostgreSQL did not stop in time: see {}", log.display())]
    DidNotStop {
        /// PostgreSQL's own log.
        log: PathBuf,
    },
    /// Another process held a lock for longer than any start or stop may take.
    #[error("another process has been starting or stopping PostgreSQL in {} for too long", .0.display())]
    Locked(PathBuf),
    /// A file or a process could not be worked with.
    #[error("{doing} {}: {source}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// To which file or program.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

impl LocalPostgresError {
    /// For `map_err`: names the file that an operation failed on.
    pub(crate) fn io(
        doing: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { doing, path, source }
    }
}
