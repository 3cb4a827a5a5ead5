//! A fresh PostgreSQL database for each test, on a cluster that all tests share.

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, Executor, PgConnection, PgPool};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use tokio::sync::OnceCell;
use uuid::Uuid;

/// Where the shared cluster lives; it outlives the tests.
const HOME: &str = "/tmp/anamnesis-projections-pg";

/// A migrated database of the caller's own; its connections work as the server's role.
pub(crate) async fn fresh_database() -> PgPool {
    static STARTED: OnceCell<()> = OnceCell::const_new();
    STARTED.get_or_init(|| async { start_cluster() }).await;
    let name = format!("t_{}", Uuid::now_v7().simple());
    let mut admin = PgConnection::connect_with(&options("postgres")).await.unwrap();
    admin.execute(format!("CREATE DATABASE {name}").as_str()).await.unwrap();
    admin.close().await.unwrap();
    let mut owner = PgConnection::connect_with(&options(&name)).await.unwrap();
    sqlx::migrate!("../migrations").run(&mut owner).await.unwrap();
    owner.close().await.unwrap();
    PgPoolOptions::new()
        .max_connections(8)
        .after_connect(|conn, _| {
            Box::pin(async move { conn.execute("SET ROLE anamnesis_app").await.map(drop) })
        })
        .connect_with(options(&name))
        .await
        .unwrap()
}

fn options(database: &str) -> PgConnectOptions {
    PgConnectOptions::new().socket(HOME).username("postgres").database(database)
}

/// Under a lock between processes, because every test may be a process of its own.
fn start_cluster() {
    let lock = File::create("/tmp/anamnesis-projections-pg.lock").unwrap();
    lock.lock().unwrap();
    let programs = programs();
    let data = Path::new(HOME).join("data");
    if !data.join("PG_VERSION").exists() {
        run(Command::new("install").args(["-d", "-o", "postgres", "-m", "755", HOME]));
        as_postgres(&programs.join("initdb"), &["-A", "trust", "-E", "UTF8", "-D"], &data);
    }
    let running = Command::new(programs.join("pg_isready")).args(["-q", "-h", HOME]).status();
    if !running.unwrap().success() {
        let log = format!("{HOME}/log");
        let settings = format!("-k {HOME} -c listen_addresses= -c fsync=off");
        as_postgres(
            &programs.join("pg_ctl"),
            &["start", "-w", "-l", &log, "-o", &settings, "-D"],
            &data,
        );
    }
}

fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").unwrap();
    versions.map(|version| version.unwrap().path().join("bin")).max().unwrap()
}

fn as_postgres(program: &Path, arguments: &[&str], data: &Path) {
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program).args(arguments).arg(data);
    run(command.current_dir("/tmp"));
}

fn run(command: &mut Command) {
    // The server inherits the streams: a pipe would never close.
    let status = command.stdout(File::create("/dev/null").unwrap()).status().unwrap();
    assert!(status.success(), "{command:?}");
}
