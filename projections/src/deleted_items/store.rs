//! Writes what a batch changed: a statement each.

use super::fold::{Deletion, Key, Pairs};
use super::list::DeletedKind;
use crate::number::bigint;
use crate::projection::ApplyError;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

pub(super) async fn remember_pairs(
    conn: &mut PgConnection,
    pairs: &Pairs,
) -> Result<(), ApplyError> {
    if pairs.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO deletable (kind, id, patient_id, doctor_id)
         SELECT * FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[])",
    )
    .bind(pairs.keys().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>())
    .bind(pairs.keys().map(|(_, id)| *id).collect::<Vec<_>>())
    .bind(pairs.values().map(|(patient, _)| patient.0).collect::<Vec<_>>())
    .bind(pairs.values().map(|(_, doctor)| doctor.0).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// What is not deleted any more goes away; what is deleted now comes, with the people whom it
/// concerns. Of an account that is the account itself.
pub(super) async fn save(
    conn: &mut PgConnection,
    items: &BTreeMap<Key, Option<Deletion>>,
) -> Result<(), ApplyError> {
    if items.is_empty() {
        return Ok(());
    }
    let (kinds, ids, numbers) = columns(items.keys());
    sqlx::query(
        "DELETE FROM deleted_items USING unnest($1::text[], $2::uuid[], $3::bigint[])
             AS changed (kind, id, number)
         WHERE deleted_items.kind = changed.kind AND deleted_items.id = changed.id
             AND deleted_items.number = changed.number",
    )
    .bind(kinds)
    .bind(ids)
    .bind(numbers)
    .execute(&mut *conn)
    .await?;
    let deleted: Vec<(&Key, &Deletion)> =
        items.iter().filter_map(|(key, deletion)| Some((key, deletion.as_ref()?))).collect();
    let (kinds, ids, numbers) = columns(deleted.iter().map(|(key, _)| *key));
    let written = sqlx::query(
        "INSERT INTO deleted_items (kind, id, number, people, deleted_by, deleted_at, position)
         SELECT item.kind, item.id, item.number,
             CASE WHEN item.kind = 'account' THEN ARRAY[item.id]
                 ELSE ARRAY[concerned.patient_id, concerned.doctor_id] END,
             item.deleted_by, item.deleted_at, item.position
         FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::uuid[], $5::timestamptz[],
             $6::bigint[]) AS item (kind, id, number, deleted_by, deleted_at, position)
         LEFT JOIN deletable AS concerned
             ON concerned.kind = item.kind AND concerned.id = item.id
         WHERE item.kind = 'account' OR concerned.id IS NOT NULL",
    )
    .bind(kinds)
    .bind(ids)
    .bind(numbers)
    .bind(deleted.iter().map(|(_, deletion)| deletion.by.0).collect::<Vec<_>>())
    .bind(deleted.iter().map(|(_, deletion)| deletion.at).collect::<Vec<_>>())
    .bind(deleted.iter().map(|(_, deletion)| bigint(deletion.position)).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    if written.rows_affected() == deleted.len() as u64 {
        Ok(())
    } else {
        Err(ApplyError::Misfit("what was deleted had never been made"))
    }
}

fn columns<'k>(keys: impl Iterator<Item = &'k Key>) -> (Vec<&'static str>, Vec<Uuid>, Vec<i64>) {
    let mut columns = (Vec::new(), Vec::new(), Vec::new());
    for &(kind, id, number) in keys {
        columns.0.push(DeletedKind::as_str(kind));
        columns.1.push(id);
        columns.2.push(bigint(number));
    }
    columns
}
