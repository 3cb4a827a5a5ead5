//! The program itself: starting with nothing configured, and stopping in order.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Stdio, time::Duration};

use anamnesis_testkit::TestDatabase;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

const PATIENCE: Duration = Duration::from_mins(1);

/// A data folder that, where the tests run as root, PostgreSQL's user can reach.
fn data_dir() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).unwrap();
    folder
}

fn server(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_anamnesis"));
    command
        .env_remove("DATABASE_URL")
        .env("ANAMNESIS_DATA_DIR", data_dir)
        .env("ANAMNESIS_HTTP__LISTEN", "127.0.0.1:0")
        .env("ANAMNESIS_METRICS__LISTEN", "off")
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// Waits for the log line that says where the server listens.
async fn address(server: &mut Child) -> String {
    let mut lines = BufReader::new(server.stderr.take().unwrap()).lines();
    let listening = async {
        loop {
            let line = lines.next_line().await.unwrap().expect("it listens before it ends");
            let line: serde_json::Value = serde_json::from_str(&line).expect("log lines are JSON");
            if line["message"] == "listening" {
                return line["address"].as_str().unwrap().to_owned();
            }
        }
    };
    let address = timeout(PATIENCE, listening).await.unwrap();
    // Whoever closes the other end of a pipe makes the writer fail.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    address
}

async fn stop(mut server: Child) {
    kill(Pid::from_raw(i32::try_from(server.id().unwrap()).unwrap()), Signal::SIGTERM).unwrap();
    assert!(timeout(PATIENCE, server.wait()).await.unwrap().unwrap().success());
}

#[tokio::test]
async fn with_nothing_configured_it_serves_and_stops_its_database_at_the_end() {
    let folder = data_dir();
    for _start in ["first", "second"] {
        let mut server = server(folder.path()).spawn().unwrap();
        let address = address(&mut server).await;
        let status = reqwest::get(format!("http://{address}/livez")).await.unwrap().status();
        assert_eq!(status, 200);
        assert!(folder.path().join("postgres/postmaster.pid").exists());
        stop(server).await;
        assert!(!folder.path().join("postgres/postmaster.pid").exists());
    }
}

#[tokio::test]
async fn with_a_database_url_it_starts_no_database_of_its_own() {
    let database = TestDatabase::create().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    anamnesis::sealing::MasterKey::load_or_create(&folder.path().join("key")).unwrap();
    let mut server = server(folder.path())
        .env("DATABASE_URL", database.url())
        .env("MASTER_KEY_FILE", folder.path().join("key"))
        .spawn()
        .unwrap();
    let address = address(&mut server).await;
    let status = reqwest::get(format!("http://{address}/livez")).await.unwrap().status();
    assert_eq!(status, 200);
    stop(server).await;
    assert!(!folder.path().join("postgres").exists());
}

#[tokio::test]
async fn a_mistake_in_the_configuration_is_one_line_that_names_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let output = server(folder.path()).env("ANAMNESIS_HTTP__DRAIN", "1").output().await.unwrap();
    assert!(!output.status.success());
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains("drain_seconds"), "{text}");
}

#[tokio::test]
async fn a_taken_address_is_named_and_leaves_no_database_running() {
    let folder = data_dir();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output =
        server(folder.path()).env("ANAMNESIS_HTTP__LISTEN", &address).output().await.unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains(&address));
    assert!(folder.path().join("postgres").exists());
    assert!(!folder.path().join("postgres/postmaster.pid").exists());
}
