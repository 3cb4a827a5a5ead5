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

/// Empty tables with the columns, keys, indexes and storage parameters of the live ones.
pub(super) async fn create(
    conn: &mut PgConnection,
    projection: &dyn Projection,
) -> Result<(), sqlx::Error> {
    let schema = schema(projection);
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
