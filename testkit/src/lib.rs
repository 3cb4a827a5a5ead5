//! What black-box tests stand on: a real, migrated PostgreSQL database for each test, the real
//! server as a process, and clients of its API.
//!
//! All tests of all processes share one private cluster, which is started by whoever needs it
//! first and left running for the next run. A database is a copy of a template that was
//! migrated once, so it costs some tens of milliseconds. Durability is on, as in production.
#![expect(clippy::panic, reason = "a test that cannot go on should stop, and say why")]

mod cluster;
mod server;
mod socket;
mod template;
mod user;
mod world;

pub use server::{DEMO_PASSWORD, Server, Setup};
pub use socket::Socket;
pub use user::{Answer, User, booking};
pub use world::World;

use sqlx::{
    Connection, Executor, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use uuid::Uuid;

use anamnesis_local_postgres::{LocalPostgres, LocalPostgresError};

/// The most connections each of a database's two pools opens.
const POOL_CONNECTIONS_MAX: u32 = 8;

/// Why a test has no database.
#[derive(Debug, thiserror::Error)]
pub enum TestkitError {
    /// The shared cluster could not be started.
    #[error(transparent)]
    Cluster(#[from] LocalPostgresError),
    /// The cluster's folder could not be worked with.
    #[error("the test cluster's folder: {0}")]
    Folder(#[from] std::io::Error),
    /// A migration failed, or could not be read.
    #[error(transparent)]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// PostgreSQL refused something.
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
}

/// A database of this test's own. Dropping it drops the database, best effort; what is left
/// behind by a killed test is swept by a later run.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    url: String,
    pool: PgPool,
    owner_pool: PgPool,
    admin: PgConnectOptions,
    // Keeps other processes from stopping the cluster under this test.
    _cluster: LocalPostgres,
}

impl TestDatabase {
    /// Makes a database that has every migration and no rows beyond theirs.
    pub async fn create() -> Result<Self, TestkitError> {
        let cluster = cluster::start().await?;
        let admin = cluster.connection_options();
        let mut connection = PgConnection::connect_with(&admin).await?;
        let template = template::ensure(&mut connection, &admin).await?;
        let name = template::fresh_name(Uuid::now_v7());
        let create = format!(r#"CREATE DATABASE "{name}" TEMPLATE "{template}""#);
        connection.execute(create.as_str()).await?;
        connection.close().await?;

        let options = admin.clone().database(&name);
        Ok(Self {
            url: cluster.url(&name),
            pool: app_pool(options.clone()),
            owner_pool: pool_options().connect_lazy_with(options),
            name,
            admin,
            _cluster: cluster,
        })
    }

    /// Only the pool, for a test that has no place to keep the database itself. The database
    /// stays until a later run sweeps it away.
    #[must_use]
    pub fn into_pool(self) -> PgPool {
        let pool = self.pool.clone();
        std::mem::forget(self);
        pool
    }

    /// The database's URL, as its owner; what a server gets as `DATABASE_URL`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Connections that work as `anamnesis_app`, as the server's do.
    #[must_use]
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Connections of the database's owner, who may do what the server may not.
    #[must_use]
    pub fn owner_pool(&self) -> &PgPool {
        &self.owner_pool
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let drop = format!(r#"DROP DATABASE IF EXISTS "{}" WITH (FORCE)"#, self.name);
        let admin = self.admin.clone();
        // A thread of its own, because the test's runtime may be the one that is blocked here.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut connection = PgConnection::connect_with(&admin).await?;
                connection.execute(drop.as_str()).await?;
                Ok::<(), TestkitError>(())
            })
        });
        let _ = dropping.join();
    }
}

fn pool_options() -> PgPoolOptions {
    PgPoolOptions::new().max_connections(POOL_CONNECTIONS_MAX)
}

fn app_pool(options: PgConnectOptions) -> PgPool {
    pool_options()
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute("SET ROLE anamnesis_app; SET search_path = read").await?;
                Ok(())
            })
        })
        .connect_lazy_with(options)
}

/// A fresh database's pool; see [`TestDatabase::into_pool`].
///
/// # Panics
///
/// When there is no database.
pub async fn fresh_pool() -> PgPool {
    TestDatabase::create().await.expect("a database").into_pool()
}
