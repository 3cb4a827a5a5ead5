//! The tables of a build: made like the live ones, swapped with them, dropped.
//!
//! Names of schemas and tables come from the projection, that is from the code, which is why
//! they may be written into statements.

use crate::projection::Projection;
use sqlx::{Executor, PgConnection};

/// Where a build's tables stand.
pub(super) fn schema(projection: &dyn Projection) -> String {
    format!("rebuild_{}", projection.name())
}

/// Empty tables with the columns, keys and storage parameters of the live ones. Returns the
/// statements that make their other indexes: built at once over the finished tables, they cost
/// a fraction of keeping them up to date row by row.
pub(super) async fn create(
    conn: &mut PgConnection,
    projection: &dyn Projection,
) -> Result<Vec<String>, sqlx::Error> {
    let schema = schema(projection);
    let mut indexes = Vec::new();
    for table in projection.tables() {
        let name = table.name;
        conn.execute(
            format!("CREATE TABLE {schema}.{name} (LIKE read.{name} INCLUDING ALL)").as_str(),
        )
        .await?;
        // `LIKE` leaves these out.
        let parameters: Option<Vec<String>> = sqlx::query_scalar(
            "SELECT reloptions FROM pg_catalog.pg_class
             WHERE relnamespace = 'read'::regnamespace AND relname = $1",
        )
        .bind(name)
        .fetch_one(&mut *conn)
        .await?;
        if let Some(parameters) = parameters {
            let parameters = parameters.join(", ");
            conn.execute(format!("ALTER TABLE {schema}.{name} SET ({parameters})").as_str())
                .await?;
        }
        indexes.extend(take_indexes(conn, &format!("{schema}.{name}")).await?);
    }
    Ok(indexes)
}

/// Drops the indexes that are no keys; the statements that make them again.
async fn take_indexes(conn: &mut PgConnection, table: &str) -> Result<Vec<String>, sqlx::Error> {
    let found: Vec<(String, String)> = sqlx::query_as(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
         FROM pg_catalog.pg_index
         WHERE indrelid = $1::text::regclass AND NOT indisunique",
    )
    .bind(table)
    .fetch_all(&mut *conn)
    .await?;
    let mut statements = Vec::with_capacity(found.len());
    for (index, statement) in found {
        conn.execute(format!("DROP INDEX {index}").as_str()).await?;
        statements.push(statement);
    }
    Ok(statements)
}

/// Makes the indexes that [`create`] left out.
pub(super) async fn index(conn: &mut PgConnection, indexes: &[String]) -> Result<(), sqlx::Error> {
    for statement in indexes {
        conn.execute(statement.as_str()).await?;
    }
    Ok(())
}

/// So that queries are planned well from the first moment after a swap.
pub(super) async fn analyze(
    conn: &mut PgConnection,
    projection: &dyn Projection,
) -> Result<(), sqlx::Error> {
    let schema = schema(projection);
    for table in projection.tables() {
        conn.execute(format!("ANALYZE {schema}.{}", table.name).as_str()).await?;
    }
    Ok(())
}

/// Puts the built tables in the place of the live ones, which are dropped. All or nothing, by
/// the transaction that `conn` is in.
pub(super) async fn swap(
    conn: &mut PgConnection,
    projection: &dyn Projection,
) -> Result<(), sqlx::Error> {
    let schema = schema(projection);
    for table in projection.tables() {
        conn.execute(format!("DROP TABLE read.{}", table.name).as_str()).await?;
    }
    for table in projection.tables() {
        conn.execute(format!("ALTER TABLE {schema}.{} SET SCHEMA read", table.name).as_str())
            .await?;
    }
    Ok(())
}

/// Drops what stands of a build.
pub(super) async fn drop_built(
    conn: &mut PgConnection,
    projection: &dyn Projection,
) -> Result<(), sqlx::Error> {
    let schema = schema(projection);
    for table in projection.tables() {
        conn.execute(format!("DROP TABLE IF EXISTS {schema}.{}", table.name).as_str()).await?;
    }
    Ok(())
}
