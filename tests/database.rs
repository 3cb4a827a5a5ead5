//! What must hold of a database before the server works with it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use anamnesis::{
    config::Database,
    database::{self, DatabaseError},
};
use anamnesis_testkit::TestDatabase;
use secrecy::SecretString;
use sqlx::{Executor, postgres::PgConnectOptions};

fn options(database: &TestDatabase) -> PgConnectOptions {
    let url = Some(SecretString::from(database.url()));
    database::configured(&Database { url, ..Database::default() }).unwrap().unwrap()
}

#[tokio::test]
async fn each_test_has_a_migrated_database_of_its_own() {
    let (one, other) = tokio::join!(TestDatabase::create(), TestDatabase::create());
    let (one, other) = (one.unwrap(), other.unwrap());
    one.owner_pool().execute("CREATE TABLE public.mine (id integer)").await.unwrap();
    assert!(other.owner_pool().execute("SELECT FROM public.mine").await.is_err());
    for database in [&one, &other] {
        let head: i64 = sqlx::query_scalar("SELECT position FROM log.head")
            .fetch_one(database.pool())
            .await
            .unwrap();
        assert_eq!(head, 0);
    }
}

#[tokio::test]
async fn a_dropped_test_database_is_gone() {
    let kept = TestDatabase::create().await.unwrap();
    let dropped = TestDatabase::create().await.unwrap();
    let name = options(&dropped).get_database().unwrap().to_owned();
    drop(dropped);
    let left: i64 =
        sqlx::query_scalar("SELECT count(*) FROM pg_catalog.pg_database WHERE datname = $1")
            .bind(&name)
            .fetch_one(kept.pool())
            .await
            .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn the_pool_works_as_the_role_that_cannot_change_the_log() {
    let database = TestDatabase::create().await.unwrap();
    let pool = database::connect(options(&database), &Database::default()).await.unwrap();
    for pool in [&pool, database.pool()] {
        let role: String =
            sqlx::query_scalar("SELECT current_user::text").fetch_one(pool).await.unwrap();
        assert_eq!(role, "anamnesis_app");
        assert!(pool.execute("DELETE FROM log.events").await.is_err());
    }
}

#[tokio::test]
async fn servers_that_start_together_migrate_once() {
    let database = TestDatabase::create().await.unwrap();
    let empty = options(&database).database("postgres");
    let name = format!("{}_empty", options(&database).get_database().unwrap());
    let create = format!(r#"CREATE DATABASE "{name}" TEMPLATE template0"#);
    database.owner_pool().execute(create.as_str()).await.unwrap();
    let options = empty.database(&name);

    let all = tokio::join!(
        database::migrate(&options),
        database::migrate(&options),
        database::migrate(&options)
    );
    for result in [all.0, all.1, all.2] {
        result.unwrap();
    }
    let remove = format!(r#"DROP DATABASE "{name}" WITH (FORCE)"#);
    database.owner_pool().execute(remove.as_str()).await.unwrap();
}

#[tokio::test]
async fn a_database_that_may_lose_what_it_acknowledged_is_refused() {
    let database = TestDatabase::create().await.unwrap();
    let name = options(&database).get_database().unwrap().to_owned();
    let spoil = format!(r#"ALTER DATABASE "{name}" SET synchronous_commit = off"#);
    database.owner_pool().execute(spoil.as_str()).await.unwrap();

    let refused = [
        database::migrate(&options(&database)).await,
        database::connect(options(&database), &Database::default()).await.map(drop),
    ];
    for result in refused {
        let error = result.unwrap_err();
        assert!(
            matches!(error, DatabaseError::NotDurable { setting: "synchronous_commit" }),
            "{error}"
        );
    }
}

#[test]
fn a_url_that_cannot_be_parsed_is_not_repeated() {
    let url = Some(SecretString::from("postgres://user:hunter2@host:port/name"));
    let error = database::configured(&Database { url, ..Database::default() }).unwrap_err();
    assert!(error.to_string().contains("DATABASE_URL"));
    assert!(!error.to_string().contains("hunter2"));
}
