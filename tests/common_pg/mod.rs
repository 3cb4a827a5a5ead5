//! A database for these tests.

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, PgPool};
use std::process::Command;

static MIGRATIONS: Migrator = sqlx::migrate!();

const START: &str = r#"
D=/tmp/anamnesis-auth-pg; B=$(pg_config --bindir)
if ! runuser -u postgres -- "$B/pg_ctl" -D "$D/data" status >/dev/null 2>&1; then
  mkdir -p "$D" && chown postgres "$D" && cd "$D"
  [ -f "$D/data/PG_VERSION" ] || runuser -u postgres -- "$B/initdb" -A trust -D "$D/data" >/dev/null
  runuser -u postgres -- "$B/pg_ctl" -D "$D/data" -w -l "$D/log" -o \
    "-k $D -c listen_addresses= -c fsync=off -c max_connections=400" start >/dev/null
fi
"#;

/// An empty, migrated database of its own; connections work as the server's role.
pub(crate) async fn fresh_database() -> PgPool {
    let started = Command::new("flock")
        .args(["-o", "/tmp/anamnesis-auth-pg.lock", "sh", "-ec", START])
        .status()
        .unwrap();
    assert!(started.success());
    let options = PgConnectOptions::new().socket("/tmp/anamnesis-auth-pg").username("postgres");
    let mut admin = options.clone().database("postgres").connect().await.unwrap();
    let name = format!("t{}", uuid::Uuid::new_v4().simple());
    sqlx::query(&format!("CREATE DATABASE {name}")).execute(&mut admin).await.unwrap();
    let options = options.database(&name);
    MIGRATIONS.run(&mut options.connect().await.unwrap()).await.unwrap();
    PgPoolOptions::new()
        .max_connections(20)
        .after_connect(|connection, _| {
            Box::pin(async move {
                sqlx::query("SET ROLE anamnesis_app").execute(connection).await.map(drop)
            })
        })
        .connect_with(options)
        .await
        .unwrap()
}
