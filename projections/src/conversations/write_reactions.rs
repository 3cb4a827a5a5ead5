//! Writes what a batch comes to into `reactions`.

use super::fold::Fold;
use crate::projection::ApplyError;
use sqlx::PgConnection;
use uuid::Uuid;

/// Only how a reaction stands at the end of the batch counts; it may have come and gone.
pub(super) async fn write(conn: &mut PgConnection, fold: &Fold<'_>) -> Result<(), ApplyError> {
    let added = Keys::of(fold, true);
    if !added.rooms.is_empty() {
        sqlx::query(
            "INSERT INTO reactions (room_id, message, account_id, reaction)
             SELECT room_id, message, account_id, reaction
             FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[])
                 AS added (room_id, message, account_id, reaction)
             ON CONFLICT DO NOTHING",
        )
        .bind(added.rooms)
        .bind(added.messages)
        .bind(added.accounts)
        .bind(added.reactions)
        .execute(&mut *conn)
        .await?;
    }
    let removed = Keys::of(fold, false);
    if !removed.rooms.is_empty() {
        sqlx::query(
            "DELETE FROM reactions AS reaction
             USING unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[])
                 AS removed (room_id, message, account_id, reaction)
             WHERE reaction.room_id = removed.room_id AND reaction.message = removed.message
                 AND reaction.account_id = removed.account_id
                 AND reaction.reaction = removed.reaction",
        )
        .bind(removed.rooms)
        .bind(removed.messages)
        .bind(removed.accounts)
        .bind(removed.reactions)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

#[derive(Default)]
struct Keys {
    rooms: Vec<Uuid>,
    messages: Vec<i64>,
    accounts: Vec<Uuid>,
    reactions: Vec<&'static str>,
}

impl Keys {
    fn of(fold: &Fold<'_>, standing: bool) -> Self {
        let mut keys = Self::default();
        let wanted = fold.reactions.iter().filter(|(_, stands)| **stands == standing);
        for (&((room, message), account, reaction), _) in wanted {
            keys.rooms.push(room);
            keys.messages.push(message);
            keys.accounts.push(account);
            keys.reactions.push(reaction);
        }
        keys
    }
}
