//! The real server, as a process of its own.

use crate::{TestDatabase, User};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStderr, Command};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long a server may take to start or to stop.
const PATIENCE: Duration = Duration::from_mins(1);
/// The password of the people that `--demo` makes.
pub const DEMO_PASSWORD: &str = "anamnesis-demo";

/// Where a server of this test gets its key and settings from. Servers made of clones share a
/// database, as several processes of one hospital do.
#[derive(Clone, Debug)]
pub struct Setup {
    program: PathBuf,
    database_url: Option<String>,
    folder: Arc<TempDir>,
    settings: Vec<(String, String)>,
}

impl Setup {
    /// A server of this program on this database. `program` is
    /// `env!("CARGO_BIN_EXE_anamnesis")`, which only integration tests of the server know.
    ///
    /// # Panics
    ///
    /// When no temporary folder can be made.
    #[must_use]
    pub fn new(program: &str, database: &TestDatabase) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self {
            program: program.into(),
            database_url: Some(database.url().to_owned()),
            folder: Arc::new(folder),
            settings: Vec::new(),
        }
    }

    /// A server with nothing configured: it has a private PostgreSQL in its folder, to be torn
    /// apart without disturbing other tests.
    ///
    /// # Panics
    ///
    /// When no temporary folder can be made.
    #[must_use]
    pub fn private(program: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        // PostgreSQL's user must get there, where the tests run as root.
        let mode = Permissions::from_mode(0o711);
        std::fs::set_permissions(folder.path(), mode).expect("the folder is ours");
        Self {
            program: program.into(),
            database_url: None,
            folder: Arc::new(folder),
            settings: Vec::new(),
        }
    }

    /// With a setting, as in `.with("ANAMNESIS_LIMITS__SOCKETS_MAX", "2")`.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The folder of the servers' files, the master key among them.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A command of the same program with the same database and key, such as `replay`.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(arguments)
            .env("ANAMNESIS_DATA_DIR", self.folder.path())
            .env("ANAMNESIS_HTTP__LISTEN", "127.0.0.1:0")
            .env("ANAMNESIS_METRICS__LISTEN", "127.0.0.1:0")
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .kill_on_drop(true);
        match &self.database_url {
            Some(url) => {
                let key = self.folder.path().join("master.key");
                command.env("DATABASE_URL", url).env("MASTER_KEY_FILE", &key);
            }
            None => {
                command.env_remove("DATABASE_URL").env_remove("MASTER_KEY_FILE");
            }
        }
        command
    }

    /// Starts a server with the demo's people, and waits until it listens.
    ///
    /// # Panics
    ///
    /// When it ends before it listens; its log is in the message.
    pub async fn start(&self) -> Server {
        let key = self.folder.path().join("master.key");
        if self.database_url.is_some() && !key.exists() {
            // 32 bytes; a key for a test needs no randomness.
            write_private(&key, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
        }
        let mut child = self
            .command(&["serve", "--demo"])
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("the server's program");
        let log = Arc::new(Mutex::new(String::new()));
        let stderr = child.stderr.take().expect("stderr is piped");
        let (tell, told) = oneshot::channel();
        let gathering = tokio::spawn(gather(stderr, Arc::clone(&log), tell));
        let found = timeout(PATIENCE, told).await.ok().and_then(Result::ok);
        let Some(addresses) = found else {
            let log = log.lock().unwrap_or_else(PoisonError::into_inner);
            panic!("the server did not start:\n{log}");
        };
        Server { child, address: addresses.http, metrics: addresses.metrics, log, gathering }
    }
}

fn write_private(path: &Path, text: &str) {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    let mut file =
        options.write(true).create(true).truncate(true).mode(0o600).open(path).expect("a key file");
    file.write_all(text.as_bytes()).expect("a key file");
}

struct Addresses {
    http: String,
    metrics: String,
}

/// Keeps everything that the server logs, and tells its addresses once they are known.
async fn gather(stderr: ChildStderr, log: Arc<Mutex<String>>, tell: oneshot::Sender<Addresses>) {
    let mut lines = BufReader::new(stderr).lines();
    let mut tell = Some(tell);
    while let Ok(Some(line)) = lines.next_line().await {
        if tell.is_some()
            && let Ok(entry) = serde_json::from_str::<serde_json::Value>(&line)
            && entry["message"] == "listening"
            && let Some(tell) = tell.take()
        {
            let text = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
            let _ = tell.send(Addresses { http: text("address"), metrics: text("metrics") });
        }
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        log.push_str(&line);
        log.push('\n');
    }
}

/// A running server. Dropping it kills it.
#[derive(Debug)]
pub struct Server {
    child: Child,
    address: String,
    metrics: String,
    log: Arc<Mutex<String>>,
    gathering: JoinHandle<()>,
}

impl Server {
    /// `host:port` of the API.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// `host:port` of the metrics page.
    #[must_use]
    pub fn metrics_address(&self) -> &str {
        &self.metrics
    }

    /// Everything it has logged so far.
    #[must_use]
    pub fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Its process.
    ///
    /// # Panics
    ///
    /// When it has ended.
    #[must_use]
    pub fn pid(&self) -> Pid {
        let id = self.child.id().expect("the server runs");
        Pid::from_raw(i32::try_from(id).expect("a process id"))
    }

    /// Ends it as `kill -9` does, and waits until it is gone.
    ///
    /// # Panics
    ///
    /// When the operating system refuses.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("the server can be killed");
    }

    /// Asks it to stop, as an operator does, and waits until it has.
    ///
    /// # Panics
    ///
    /// When it does not stop in time.
    pub async fn stop(mut self) -> ExitStatus {
        kill(self.pid(), Signal::SIGTERM).expect("the server can be asked to stop");
        timeout(PATIENCE, self.child.wait()).await.expect("it stops in time").expect("a status")
    }

    /// Asks it to stop, and tells everything that it logged.
    ///
    /// # Panics
    ///
    /// When it does not stop in time, or not well.
    pub async fn stop_and_tell(mut self) -> String {
        kill(self.pid(), Signal::SIGTERM).expect("the server can be asked to stop");
        let ended = timeout(PATIENCE, self.child.wait()).await.expect("it stops in time");
        assert!(ended.expect("a status").success(), "{}", self.log());
        (&mut self.gathering).await.expect("the log is gathered");
        self.log()
    }

    /// Signs one of the demo's people in: `paula`, `dr.adler`, `dr.okafor`, `admin` or
    /// `compliance`.
    pub async fn sign_in(&self, username: &str) -> User {
        User::sign_in(&self.address, username, DEMO_PASSWORD).await
    }

    /// Registers a patient and signs them in.
    pub async fn register(&self, username: &str) -> User {
        User::register(&self.address, username, DEMO_PASSWORD).await
    }
}
