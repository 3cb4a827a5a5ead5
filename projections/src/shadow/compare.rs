//! Comparing the live tables with the built ones.

use super::report::TableReport;
use super::tables::schema;
use crate::number::unsigned;
use crate::projection::{Projection, Table};
use sqlx::PgConnection;

/// Every table, row by row, within the snapshot of the transaction that `conn` is in. Cost:
/// both tables are read once and joined.
pub(super) async fn tables(
    conn: &mut PgConnection,
    projection: &dyn Projection,
) -> Result<Vec<TableReport>, sqlx::Error> {
    let schema = schema(projection);
    let mut reports = Vec::with_capacity(projection.tables().len());
    for table in projection.tables() {
        reports.push(compare(conn, &schema, table).await?);
    }
    Ok(reports)
}

/// A full join over the key, which is unique on both sides: every row of either side comes
/// exactly once, so no difference in either direction can hide. It finds what `EXCEPT ALL`
/// finds both ways, and reads the tables once.
fn pairs(schema: &str, table: &Table) -> String {
    let name = table.name;
    let same: Vec<_> = table.key.iter().map(|key| format!("live.{key} = built.{key}")).collect();
    let same = same.join(" AND ");
    format!("FROM read.{name} AS live FULL JOIN {schema}.{name} AS built ON {same}")
}

const DIFFERS: &str = "ROW(live.*) IS DISTINCT FROM ROW(built.*)";

// The names in the statements come from the code, see `tables`.
async fn compare(
    conn: &mut PgConnection,
    schema: &str,
    table: &Table,
) -> Result<TableReport, sqlx::Error> {
    let pairs = pairs(schema, table);
    let key = table.key.first().copied().unwrap_or("ctid");
    let statement = format!(
        "SELECT count(live.{key}), count(built.{key}), count(*) FILTER (WHERE {DIFFERS}) {pairs}"
    );
    let (live, built, differing): (i64, i64, i64) =
        sqlx::query_as(&statement).fetch_one(&mut *conn).await?;
    let keys = if differing == 0 { Vec::new() } else { keys(conn, &pairs, table).await? };
    Ok(TableReport {
        table: table.name,
        live_rows: unsigned(live),
        rebuilt_rows: unsigned(built),
        differing: unsigned(differing),
        keys,
    })
}

/// The first ten keys that differ.
async fn keys(
    conn: &mut PgConnection,
    pairs: &str,
    table: &Table,
) -> Result<Vec<String>, sqlx::Error> {
    let columns: Vec<_> =
        table.key.iter().map(|key| format!("COALESCE(live.{key}, built.{key})")).collect();
    let columns = columns.join(", ");
    let statement = format!(
        "SELECT concat_ws('/', {columns}) AS key {pairs} WHERE {DIFFERS} ORDER BY key LIMIT 10"
    );
    sqlx::query_scalar(&statement).fetch_all(conn).await
}
