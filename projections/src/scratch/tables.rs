//! The tables of a scratch build.
//!
//! Names of tables and columns come from the projection, that is from the code, which is why
//! they may be written into statements.

use crate::projection::Projection;
use sqlx::{Executor, PgConnection};

/// Empty tables with the columns and the keys of the live ones, and no other index: they are
/// filled once and looked at a few times.
pub(super) async fn create(
    conn: &mut PgConnection,
    projection: &dyn Projection,
) -> Result<(), sqlx::Error> {
    let statements: Vec<_> = projection
        .tables()
        .iter()
        .map(|table| {
            let (name, key) = (table.name, table.key.join(", "));
            format!("CREATE TEMPORARY TABLE {name} (LIKE read.{name}, PRIMARY KEY ({key}));")
        })
        .collect();
    conn.execute(statements.concat().as_str()).await?;
    Ok(())
}
