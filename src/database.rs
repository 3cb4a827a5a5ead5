//! Connections to PostgreSQL, and what must hold before the server works with it.

use std::str::FromStr;
use std::time::Duration;

use secrecy::ExposeSecret;
use sqlx::{
    Connection, Executor, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::config::Database;

/// The private cluster's database.
pub const PRIVATE_DATABASE: &str = "anamnesis";

/// The oldest PostgreSQL that has everything the server uses.
const VERSION_MIN: i32 = 14;

/// Settings that, turned off, lose what was acknowledged when the machine stops.
const DURABILITY: [&str; 3] = ["fsync", "full_page_writes", "synchronous_commit"];

/// A connection that was used so recently is taken without asking it whether it is there, which
/// would cost every query a second round trip.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// What every connection begins with. The statements are few, prepared, and each made for one
/// index whatever its parameters: to plan them anew at every execution, as PostgreSQL otherwise
/// does with some, costs as much as carrying them out.
///
/// Such a plan may look dear, because it is made for any parameters, and would then be compiled,
/// which takes far longer than it runs: hence no `jit`.
const SESSION: &str = "SET ROLE anamnesis_app; SET search_path = read; SET plan_cache_mode = force_generic_plan; \
     SET jit = off";

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The URL cannot be parsed. What is wrong with it is not repeated: it may hold a password.
    #[error(
        "database.url (or DATABASE_URL) is not a URL of the form postgres://user:password@host:port/name"
    )]
    Url,
    /// A version that lacks what the server uses.
    #[error("PostgreSQL {found} is too old: {VERSION_MIN} or newer is needed")]
    TooOld {
        /// The major version that answered.
        found: i32,
    },
    /// The database may lose what it has acknowledged.
    #[error(
        "PostgreSQL has `{setting}` turned off, so it may lose messages that were acknowledged: \
         set `{setting} = on` for this server, database and role"
    )]
    NotDurable {
        /// The setting.
        setting: &'static str,
    },
    /// Nothing has ever served from this database.
    #[error("the database has no log yet: run `anamnesis migrate` first")]
    Empty,
    /// A migration failed.
    #[error("migrating the database: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// PostgreSQL could not be reached, or refused.
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
}

/// How to connect as the database's owner, if a database was configured.
pub fn configured(config: &Database) -> Result<Option<PgConnectOptions>, DatabaseError> {
    config
        .url
        .as_ref()
        .map(|url| PgConnectOptions::from_str(url.expose_secret()).map_err(|_| DatabaseError::Url))
        .transpose()
}

/// The pool the server works with: as `anamnesis_app`, the role that may add to the log and
/// change nothing in it. The database must have been migrated.
pub async fn connect(
    options: PgConnectOptions,
    config: &Database,
) -> Result<PgPool, DatabaseError> {
    require_log(&options).await?;
    let pool = PgPoolOptions::new()
        .max_connections(config.max_connections)
        .acquire_timeout(config.acquire_timeout())
        .test_before_acquire(false)
        .before_acquire(|connection, metadata| {
            Box::pin(async move {
                if metadata.idle_for > TRUSTED_FOR {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(SESSION).await?;
                Ok(())
            })
        })
        .connect_with(options.application_name("anamnesis"))
        .await?;
    check_durability(&mut *pool.acquire().await?).await?;
    Ok(pool)
}

/// Brings the database to this server's schema. Servers that start at the same time wait for
/// each other. Nothing is changed in a database that would not be durable.
pub async fn migrate(options: &PgConnectOptions) -> Result<(), DatabaseError> {
    let options = options.clone().application_name("anamnesis migrate");
    let mut owner = PgConnection::connect_with(&options).await?;
    check_durability(&mut owner).await?;
    sqlx::migrate!("./migrations").run_direct(&mut owner).await?;
    owner.close().await?;
    Ok(())
}

/// A database without a log has no role to work as either; this says so in words.
async fn require_log(options: &PgConnectOptions) -> Result<(), DatabaseError> {
    let mut owner = PgConnection::connect_with(options).await?;
    let found: bool = sqlx::query_scalar("SELECT to_regclass('log.head') IS NOT NULL")
        .fetch_one(&mut owner)
        .await?;
    owner.close().await?;
    if found { Ok(()) } else { Err(DatabaseError::Empty) }
}

/// Makes the private cluster's database unless it exists, and says how to connect to it.
pub async fn ensure_private(cluster: PgConnectOptions) -> Result<PgConnectOptions, DatabaseError> {
    let mut connection = PgConnection::connect_with(&cluster).await?;
    let exists: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = $1)")
            .bind(PRIVATE_DATABASE)
            .fetch_one(&mut connection)
            .await?;
    if !exists {
        match connection.execute("CREATE DATABASE anamnesis TEMPLATE template0").await {
            Err(error) if !made_meanwhile(&error) => return Err(error.into()),
            _ => {}
        }
    }
    connection.close().await?;
    Ok(cluster.database(PRIVATE_DATABASE))
}

/// Another server on the same data folder was faster: PostgreSQL calls it a duplicate database,
/// or, in the very same moment, a unique violation.
fn made_meanwhile(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    matches!(code.as_deref(), Some("42P04" | "23505"))
}

/// Refuses a PostgreSQL that is too old, or that would not keep what it has acknowledged.
pub async fn check_durability(connection: &mut PgConnection) -> Result<(), DatabaseError> {
    let version: i32 = sqlx::query_scalar(
        "SELECT pg_catalog.current_setting('server_version_num')::integer / 10000",
    )
    .fetch_one(&mut *connection)
    .await?;
    if version < VERSION_MIN {
        return Err(DatabaseError::TooOld { found: version });
    }
    for setting in DURABILITY {
        let value: String = sqlx::query_scalar("SELECT pg_catalog.current_setting($1)")
            .bind(setting)
            .fetch_one(&mut *connection)
            .await?;
        if value == "off" {
            return Err(DatabaseError::NotDurable { setting });
        }
    }
    Ok(())
}
