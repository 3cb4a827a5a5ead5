//! Which password hash an account has.

use super::PasswordHash;
use crate::clock::Clock;
use anamnesis_domain::AccountId;
use sqlx::PgPool;

/// The stored password hashes. Cheap to clone.
#[derive(Clone)]
pub struct Credentials {
    pool: PgPool,
    clock: Clock,
}

impl Credentials {
    /// The credentials of one database.
    #[must_use]
    pub fn new(pool: PgPool, clock: Clock) -> Self {
        Self { pool, clock }
    }

    /// Stores the hash, in place of an earlier one. After a change of password the caller
    /// revokes the account's sessions.
    pub async fn set(&self, account: AccountId, hash: &PasswordHash) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO auth.credentials (account_id, password_hash, updated_at)
             VALUES ($1, $2, $3)
             ON CONFLICT (account_id) DO UPDATE
             SET password_hash = EXCLUDED.password_hash, updated_at = EXCLUDED.updated_at",
        )
        .bind(account.0)
        .bind(hash.as_str())
        .bind(self.clock.now())
        .execute(&self.pool)
        .await
        .map(drop)
    }

    /// Stores the hash of an account that has none yet; of one that has, nothing changes.
    pub async fn set_if_absent(
        &self,
        account: AccountId,
        hash: &PasswordHash,
    ) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO auth.credentials (account_id, password_hash, updated_at)
             VALUES ($1, $2, $3) ON CONFLICT (account_id) DO NOTHING",
        )
        .bind(account.0)
        .bind(hash.as_str())
        .bind(self.clock.now())
        .execute(&self.pool)
        .await
        .map(drop)
    }

    /// The account's hash, if it has one.
    pub async fn get(&self, account: AccountId) -> Result<Option<PasswordHash>, sqlx::Error> {
        let hash: Option<String> =
            sqlx::query_scalar("SELECT password_hash FROM auth.credentials WHERE account_id = $1")
                .bind(account.0)
                .fetch_optional(&self.pool)
                .await?;
        Ok(hash.map(PasswordHash::from_stored))
    }

    /// Removes this very hash, if it is the account's.
    pub async fn delete_exactly(
        &self,
        account: AccountId,
        hash: &PasswordHash,
    ) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM auth.credentials WHERE account_id = $1 AND password_hash = $2")
            .bind(account.0)
            .bind(hash.as_str())
            .execute(&self.pool)
            .await
            .map(drop)
    }

    /// Removes the hash; whether there was one. Nobody can sign in with a password afterwards.
    pub async fn delete(&self, account: AccountId) -> Result<bool, sqlx::Error> {
        let deleted = sqlx::query("DELETE FROM auth.credentials WHERE account_id = $1")
            .bind(account.0)
            .execute(&self.pool)
            .await?;
        Ok(deleted.rows_affected() > 0)
    }
}
