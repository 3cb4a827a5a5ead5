//! The migrated database that each test's database is copied from.

use std::{
    path::Path,
    time::{Duration, SystemTime},
};

use sqlx::{Connection, Executor, PgConnection, migrate::Migrator, postgres::PgConnectOptions};
use uuid::Uuid;

use crate::TestkitError;

const MIGRATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations");
/// Any number that nobody else locks.
const TEMPLATE_LOCK: i64 = 7_203_114_902;
/// Longer than any test runs.
const STALE_AFTER: Duration = Duration::from_hours(1);
/// A run that left thousands behind must not make the next one wait.
const SWEPT_AT_ONCE_MAX: i64 = 20;

/// The template's name; it is made if these very migrations have none yet.
pub(crate) async fn ensure(
    admin: &mut PgConnection,
    options: &PgConnectOptions,
) -> Result<String, TestkitError> {
    let migrator = Migrator::new(Path::new(MIGRATIONS)).await?;
    let template = template_name(&migrator);
    if exists(admin, &template).await? {
        sweep_unless_others_do(admin, &template).await?;
        return Ok(template);
    }
    sqlx::query("SELECT pg_advisory_lock($1)").bind(TEMPLATE_LOCK).execute(&mut *admin).await?;
    // Another test may have made it while this one waited.
    if !exists(admin, &template).await? {
        make(admin, options, &migrator, &template).await?;
    }
    sqlx::query("SELECT pg_advisory_unlock($1)").bind(TEMPLATE_LOCK).execute(&mut *admin).await?;
    Ok(template)
}

/// The name carries its time (a version 7 id starts with it), by which it is swept.
pub(crate) fn fresh_name(id: Uuid) -> String {
    format!("test_{}", id.simple())
}

fn template_name(migrator: &Migrator) -> String {
    let mut all: Vec<u8> = Vec::new();
    for migration in migrator.iter() {
        all.extend(migration.version.to_be_bytes());
        all.extend(migration.checksum.iter());
    }
    format!("template_{}", Uuid::new_v5(&Uuid::NAMESPACE_OID, &all).simple())
}

async fn exists(admin: &mut PgConnection, name: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = $1)")
        .bind(name)
        .fetch_one(admin)
        .await
}

/// Migrates under another name and renames, so that a half-migrated template is never used.
async fn make(
    admin: &mut PgConnection,
    options: &PgConnectOptions,
    migrator: &Migrator,
    template: &str,
) -> Result<(), TestkitError> {
    let making = "template_in_the_making";
    drop_database(admin, making).await?;
    admin.execute(format!("CREATE DATABASE {making} TEMPLATE template0").as_str()).await?;
    let mut connection = PgConnection::connect_with(&options.clone().database(making)).await?;
    migrator.run_direct(&mut connection).await?;
    connection.close().await?;
    admin.execute(format!(r#"ALTER DATABASE {making} RENAME TO "{template}""#).as_str()).await?;
    Ok(())
}

async fn sweep_unless_others_do(
    admin: &mut PgConnection,
    template: &str,
) -> Result<(), sqlx::Error> {
    let alone: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
        .bind(TEMPLATE_LOCK)
        .fetch_one(&mut *admin)
        .await?;
    if alone {
        sweep(admin, template).await?;
        sqlx::query("SELECT pg_advisory_unlock($1)").bind(TEMPLATE_LOCK).execute(admin).await?;
    }
    Ok(())
}

/// Drops the templates of other migrations, and databases that no test can be using any more.
async fn sweep(admin: &mut PgConnection, template: &str) -> Result<(), sqlx::Error> {
    let oldest = SystemTime::now().checked_sub(STALE_AFTER).unwrap_or(SystemTime::UNIX_EPOCH);
    let since_epoch = oldest.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let limit = Uuid::new_v7(uuid::Timestamp::from_unix(
        uuid::NoContext,
        since_epoch.as_secs(),
        since_epoch.subsec_nanos(),
    ));
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT datname::text FROM pg_catalog.pg_database
         WHERE (datname LIKE 'test\\_%' AND datname < $1)
            OR (datname LIKE 'template\\_%' AND datname <> $2)
         ORDER BY datname LIMIT $3",
    )
    .bind(fresh_name(limit))
    .bind(template)
    .bind(SWEPT_AT_ONCE_MAX)
    .fetch_all(&mut *admin)
    .await?;
    for name in names {
        drop_database(admin, &name).await?;
    }
    Ok(())
}

async fn drop_database(admin: &mut PgConnection, name: &str) -> Result<(), sqlx::Error> {
    admin.execute(format!(r#"DROP DATABASE IF EXISTS "{name}" WITH (FORCE)"#).as_str()).await?;
    Ok(())
}
