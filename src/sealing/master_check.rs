//! Whether the master key is the one this database knows.

use super::{CryptoFailed, MasterKey, Purpose};
use sqlx::PgPool;

/// Why the server must not start with this master key.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database was written under another master key.
    #[error(
        "wrong master key: this database was written under another one; \
         give the server the original MASTER_KEY_FILE"
    )]
    WrongMasterKey,
    /// The database did not answer.
    #[error("the master key can not be checked: {0}")]
    Unavailable(#[from] sqlx::Error),
    /// A key could not be derived.
    #[error(transparent)]
    Crypto(#[from] CryptoFailed),
}

/// Compares the master key with the database; a database that knows none yet remembers it.
pub(crate) async fn check_master_key(pool: &PgPool, master: &MasterKey) -> Result<(), StartError> {
    let ours = master.derive(Purpose::Check)?;
    sqlx::query(
        "INSERT INTO keys.master_check (check_value) VALUES ($1) ON CONFLICT (only_row) DO NOTHING",
    )
    .bind(ours.as_slice())
    .execute(pool)
    .await?;
    let theirs: Vec<u8> =
        sqlx::query_scalar("SELECT check_value FROM keys.master_check").fetch_one(pool).await?;
    if theirs == ours.as_slice() { Ok(()) } else { Err(StartError::WrongMasterKey) }
}
