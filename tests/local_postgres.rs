//! The private PostgreSQL survives what happens to it, to the server and to its folder.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::{
    fs,
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt},
    path::Path,
    process::Stdio,
    time::Duration,
};

use anamnesis_local_postgres::{Health, LocalPostgres, LocalPostgresError, Settings, Stopped};
use nix::{
    sys::signal::{Signal, kill},
    unistd::{Pid, geteuid},
};
use sqlx::{Connection, Executor, PgConnection};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::{Instant, sleep, timeout},
};

/// Generous, because the machine may be busy with other tests.
const PATIENCE: Duration = Duration::from_mins(1);

/// A data folder that, where the tests run as root, PostgreSQL's user can reach.
fn data_dir() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).unwrap();
    folder
}

async fn start(folder: &Path) -> LocalPostgres {
    LocalPostgres::start(folder, Settings::default()).await.unwrap()
}

async fn connect(postgres: &LocalPostgres) -> PgConnection {
    PgConnection::connect_with(&postgres.connection_options()).await.unwrap()
}

async fn write_a_row(postgres: &LocalPostgres) {
    let mut connection = connect(postgres).await;
    connection.execute("CREATE TABLE public.kept AS SELECT 42 AS answer").await.unwrap();
}

async fn read_the_row(postgres: &LocalPostgres) -> i32 {
    let mut connection = connect(postgres).await;
    sqlx::query_scalar("SELECT answer FROM public.kept").fetch_one(&mut connection).await.unwrap()
}

/// A server process of its own, whose death is not this process's.
async fn start_server(folder: &Path) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_anamnesis"))
        .arg("postgres")
        .env_remove("DATABASE_URL")
        .env("ANAMNESIS_DATA_DIR", folder)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let url =
        timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap().expect("it prints its URL");
    (child, url)
}

fn signal(pid: i32, signal: Signal) {
    kill(Pid::from_raw(pid), signal).unwrap();
}

async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so().await {
        assert!(Instant::now() < deadline, "waited too long until {what}");
        sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_first_start_makes_a_database_that_is_durable_and_utf8() {
    let folder = data_dir();
    let postgres = start(folder.path()).await;
    let mut connection = connect(&postgres).await;
    for (setting, expected) in [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("data_checksums", "on"),
        ("server_encoding", "UTF8"),
        ("listen_addresses", ""),
        ("log_statement", "none"),
        ("log_min_error_statement", "panic"),
    ] {
        let value: String = sqlx::query_scalar("SELECT pg_catalog.current_setting($1)")
            .bind(setting)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(value, expected, "{setting}");
    }
    assert_eq!(postgres.stop().await.unwrap(), Stopped::Ended);
}

#[tokio::test]
async fn what_was_written_is_there_after_a_restart() {
    let folder = data_dir();
    let first = start(folder.path()).await;
    write_a_row(&first).await;
    let pid = first.postmaster_pid();
    assert_eq!(first.stop().await.unwrap(), Stopped::Ended);

    let second = start(folder.path()).await;
    assert_ne!(second.postmaster_pid(), pid);
    assert_eq!(read_the_row(&second).await, 42);
    second.stop().await.unwrap();
}

#[tokio::test]
async fn the_next_start_adopts_the_postgresql_of_a_server_that_was_killed() {
    let folder = data_dir();
    let (mut server, url) = start_server(folder.path()).await;
    let mut connection = PgConnection::connect(&url).await.unwrap();
    connection.execute("SELECT 1").await.unwrap();
    server.kill().await.unwrap();

    let adopted = start(folder.path()).await;
    // The very session outlived the server, so this is the same PostgreSQL.
    connection.execute("SELECT 1").await.unwrap();
    assert_eq!(adopted.stop().await.unwrap(), Stopped::Ended);
    assert!(connection.execute("SELECT 1").await.is_err());
}

#[tokio::test]
async fn an_adopted_postgresql_is_supervised_too() {
    let folder = data_dir();
    let (mut server, _) = start_server(folder.path()).await;
    server.kill().await.unwrap();
    let adopted = start(folder.path()).await;
    write_a_row(&adopted).await;
    let pid = adopted.postmaster_pid().unwrap();
    signal(pid, Signal::SIGKILL);
    until("PostgreSQL is another", async || adopted.postmaster_pid().is_some_and(|new| new != pid))
        .await;
    until("it answers", async || {
        PgConnection::connect_with(&adopted.connection_options()).await.is_ok()
    })
    .await;
    assert_eq!(read_the_row(&adopted).await, 42);
    adopted.stop().await.unwrap();
}

#[tokio::test]
async fn a_killed_postgresql_is_started_again_with_what_it_had() {
    let folder = data_dir();
    let postgres = start(folder.path()).await;
    write_a_row(&postgres).await;
    let mut health = postgres.health();
    assert_eq!(*health.borrow_and_update(), Health::Up);

    signal(postgres.postmaster_pid().unwrap(), Signal::SIGKILL);
    for expected in [Health::Down, Health::Up] {
        timeout(PATIENCE, health.wait_for(|now| *now == expected)).await.unwrap().unwrap();
    }
    assert_eq!(read_the_row(&postgres).await, 42);
    assert_eq!(postgres.stop().await.unwrap(), Stopped::Ended);
}

#[tokio::test]
async fn a_crash_of_both_leaves_a_pid_file_that_the_next_start_sees_through() {
    let folder = data_dir();
    let (mut server, url) = start_server(folder.path()).await;
    server.kill().await.unwrap();
    let pid_file = folder.path().join("postgres/postmaster.pid");
    let text = fs::read_to_string(&pid_file).unwrap();
    let pid: i32 = text.lines().next().unwrap().parse().unwrap();
    signal(pid, Signal::SIGKILL);
    until("its socket is dead", async || PgConnection::connect(&url).await.is_err()).await;
    // The number now belongs to a program that has nothing to do with it: this test.
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[0] = std::process::id().to_string();
    fs::write(&pid_file, lines.join("\n")).unwrap();

    let postgres = start(folder.path()).await;
    assert_ne!(postgres.postmaster_pid().unwrap(), i32::try_from(std::process::id()).unwrap());
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn two_servers_share_one_postgresql_and_the_last_one_stops_it() {
    let folder = data_dir();
    let (mut server, url) = start_server(folder.path()).await;
    let here = start(folder.path()).await;
    let pid = here.postmaster_pid();

    signal(i32::try_from(server.id().unwrap()).unwrap(), Signal::SIGTERM);
    assert!(timeout(PATIENCE, server.wait()).await.unwrap().unwrap().success());
    assert_eq!(here.postmaster_pid(), pid);
    PgConnection::connect(&url).await.unwrap();

    assert_eq!(here.stop().await.unwrap(), Stopped::Ended);
    assert!(PgConnection::connect(&url).await.is_err());
}

#[tokio::test]
async fn two_first_starts_at_once_make_one_database() {
    let folder = data_dir();
    let (one, other) = tokio::join!(start(folder.path()), start(folder.path()));
    assert_eq!(one.postmaster_pid(), other.postmaster_pid());
    assert_eq!(one.stop().await.unwrap(), Stopped::LeftRunning);
    assert_eq!(other.stop().await.unwrap(), Stopped::Ended);
}

#[tokio::test]
async fn a_first_start_that_was_killed_half_way_leaves_nothing_behind() {
    let folder = data_dir();
    let unfinished = folder.path().join("postgres.making-1");
    fs::create_dir(&unfinished).unwrap();
    fs::write(unfinished.join("PG_VERSION"), "15").unwrap();
    let postgres = start(folder.path()).await;
    assert!(!unfinished.exists());
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn only_the_owner_of_the_database_can_reach_its_socket_and_it_is_never_root() {
    let folder = data_dir();
    let postgres = start(folder.path()).await;
    let socket_dir = folder.path().join("socket").metadata().unwrap();
    assert_eq!(socket_dir.permissions().mode() & 0o777, 0o700);
    let process = fs::metadata(format!("/proc/{}", postgres.postmaster_pid().unwrap())).unwrap();
    assert_ne!(process.uid(), 0);
    assert_eq!(process.uid(), socket_dir.uid());
    if geteuid().is_root() {
        let status =
            fs::read_to_string(format!("/proc/{}/status", postgres.postmaster_pid().unwrap()));
        let groups =
            status.unwrap().lines().find(|line| line.starts_with("Groups:")).unwrap().to_owned();
        assert_eq!(groups.trim(), "Groups:");
    }
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_deep_data_folder_gets_its_socket_elsewhere() {
    let folder = data_dir();
    let deep = folder.path().join("d".repeat(100));
    let postgres = start(&deep).await;
    assert!(!deep.join("socket").exists());
    connect(&postgres).await;
    let socket_dir = postgres.connection_options().get_socket().unwrap().clone();
    postgres.stop().await.unwrap();
    fs::remove_dir(socket_dir).unwrap();
}

#[tokio::test]
async fn a_folder_that_postgresql_cannot_enter_is_refused_by_name() {
    if !geteuid().is_root() {
        return; // Only root changes to another user.
    }
    let folder = data_dir();
    let closed = folder.path().join("closed");
    fs::DirBuilder::new().mode(0o700).create(&closed).unwrap();
    let error = LocalPostgres::start(&closed.join("data"), Settings::default()).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains(closed.to_str().unwrap()) && text.contains("ANAMNESIS_DATA_DIR"),
        "{text}"
    );
}

#[tokio::test]
async fn missing_programs_are_refused_with_what_to_install() {
    let folder = data_dir();
    let programs_dir = Some(folder.path().join("nothing-here"));
    let settings = Settings { programs_dir, ..Settings::default() };
    let error = LocalPostgres::start(folder.path(), settings).await.unwrap_err();
    assert!(matches!(error, LocalPostgresError::MissingPrograms));
    assert!(error.to_string().contains("apt-get install postgresql"));
}

#[tokio::test]
async fn neither_statements_nor_values_reach_the_log() {
    let folder = data_dir();
    let postgres = start(folder.path()).await;
    let mut connection = connect(&postgres).await;
    assert!(connection.execute("SELECT 'penicillin'::integer").await.is_err());
    let bound = sqlx::query("SELECT 1 / length($1)").bind("").execute(&mut connection).await;
    assert!(bound.is_err());
    connection.close().await.unwrap();
    postgres.stop().await.unwrap();
    let log = fs::read_to_string(folder.path().join("postgres.log")).unwrap();
    assert!(log.contains("ready to accept connections"), "{log}");
    assert!(!log.contains("length(") && !log.contains("penicillin"), "{log}");
}
