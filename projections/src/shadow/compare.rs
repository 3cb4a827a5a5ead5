//! Comparing the live tables with the built ones.

use super::report::TableReport;
use super::tables::schema;
use crate::number::unsigned;
use crate::projection::{Projection, Table};
use sqlx::PgConnection;

/// Every table, row by row, within the snapshot of the transaction that `conn` is in. Cost:
/// both tables are read and hashed or sorted.
pub(super) async fn tables(
    conn: &mut PgConnection,
    projection: &dyn Projection,
) -> Result<Vec<TableReport>, sqlx::Error> {
    let mut reports = Vec::with_capacity(projection.tables().len());
    for table in projection.tables() {
        reports.push(compare(conn, &schema(projection), table).await?);
    }
    Ok(reports)
}

async fn compare(
    conn: &mut PgConnection,
    schema: &str,
    table: &Table,
) -> Result<TableReport, sqlx::Error> {
    let name = table.name;
    let key = table.key.join(", ");
    // The names come from the code, see `tables`.
    let statement = format!(
        "WITH differing AS MATERIALIZED (
             SELECT DISTINCT concat_ws('/', {key}) AS key FROM (
                 (SELECT * FROM read.{name} EXCEPT ALL SELECT * FROM {schema}.{name})
                 UNION ALL
                 (SELECT * FROM {schema}.{name} EXCEPT ALL SELECT * FROM read.{name})
             ) AS rows
         )
         SELECT (SELECT count(*) FROM read.{name}), (SELECT count(*) FROM {schema}.{name}),
             (SELECT count(*) FROM differing),
             ARRAY(SELECT key FROM differing ORDER BY key LIMIT 10)"
    );
    let (live, rebuilt, differing, keys): (i64, i64, i64, Vec<String>) =
        sqlx::query_as(&statement).fetch_one(conn).await?;
    Ok(TableReport {
        table: name,
        live_rows: unsigned(live),
        rebuilt_rows: unsigned(rebuilt),
        differing: unsigned(differing),
        keys,
    })
}
