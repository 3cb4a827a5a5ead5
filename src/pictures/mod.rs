//! Pictures of people: read within bounds, kept small and sealed.
//!
//! A picture is sealed under the key of the account that it is of, so it is erased with it. Events
//! only name it. Nothing of it is ever in clear on disk.

mod normalise;

pub use normalise::NotAPicture;

use crate::disclosure::Gateway;
use crate::sealing::{OpenError, SealError, SealedAt, Sealer};
use anamnesis_domain::account::Account;
use anamnesis_domain::{AccountId, Sealed};
use cqrs_es::Aggregate;
use sqlx::PgPool;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The largest upload.
pub const UPLOAD_BYTES_MAX: usize = 5 << 20;
/// Uploads that are held in memory at a time.
const RECEIVED_MAX: usize = 16;
/// Pictures that are decoded at a time: each may take 160 MiB for a moment.
const DECODED_MAX: usize = 2;
/// Stored pictures of one account. More than the present one, because two uploads at once must
/// not remove each other's.
const KEPT_MAX: i64 = 4;

/// A picture was not kept, or not opened.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// It is none.
    #[error(transparent)]
    NotAPicture(#[from] NotAPicture),
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// It could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
}

/// The pictures of one database. Cheap to clone.
#[derive(Clone)]
pub struct Pictures {
    pool: PgPool,
    sealer: Sealer,
    gateway: Arc<Gateway>,
    receiving: Arc<Semaphore>,
    decoding: Arc<Semaphore>,
}

impl Pictures {
    /// Over these parts.
    #[must_use]
    pub fn new(pool: PgPool, sealer: Sealer, gateway: Arc<Gateway>) -> Self {
        Self {
            pool,
            sealer,
            gateway,
            receiving: Arc::new(Semaphore::new(RECEIVED_MAX)),
            decoding: Arc::new(Semaphore::new(DECODED_MAX)),
        }
    }

    /// A place for one upload, to be held from its first byte until it is kept; `None` when too
    /// many are on their way.
    #[must_use]
    pub fn receive(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.receiving).try_acquire_owned().ok()
    }

    /// Keeps an upload as a small picture of the account, and names it. Older ones go, except
    /// the last few and the one that is shown at present: whether the new one will be is not
    /// known yet.
    pub async fn keep(
        &self,
        account: AccountId,
        shown: Option<Uuid>,
        upload: Vec<u8>,
    ) -> Result<Uuid, PictureError> {
        let turn = Arc::clone(&self.decoding).acquire_owned().await;
        let decoded = spawn_blocking(move || {
            let _turn = turn;
            normalise::normalise(&upload)
        });
        // A decoder that panics has met something that is no picture.
        let picture = decoded.await.unwrap_or(Err(NotAPicture))?;
        let picture_id = Uuid::now_v7();
        let place = account.to_string();
        let sealed = self.sealer.seal(account.0, at(picture_id, &place), &picture).await?;
        sqlx::query(
            "WITH old AS (
                 DELETE FROM pictures.pictures WHERE picture_id IN (
                     SELECT picture_id FROM pictures.pictures WHERE account_id = $2
                     ORDER BY stored_at DESC, picture_id DESC OFFSET $4)
                 AND picture_id IS DISTINCT FROM $5)
             INSERT INTO pictures.pictures (picture_id, account_id, sealed) VALUES ($1, $2, $3)",
        )
        .bind(picture_id)
        .bind(account.0)
        .bind(sealed.as_str())
        .bind(KEPT_MAX - 1)
        .bind(shown)
        .execute(&self.pool)
        .await?;
        Ok(picture_id)
    }

    /// A picture of the account, as a JPEG; `None` when it is not there any more, or erased.
    pub async fn open(
        &self,
        account: AccountId,
        picture_id: Uuid,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, PictureError> {
        let sealed: Option<String> = sqlx::query_scalar(
            "SELECT sealed FROM pictures.pictures WHERE picture_id = $1 AND account_id = $2",
        )
        .bind(picture_id)
        .bind(account.0)
        .fetch_optional(&self.pool)
        .await?;
        let Some(sealed) = sealed.map(Sealed) else { return Ok(None) };
        match self.gateway.open_profile(at(picture_id, &account.to_string()), &sealed).await {
            Ok(picture) => Ok(Some(picture)),
            Err(OpenError::Erased) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes every picture of the account.
    pub async fn remove_all(&self, account: AccountId) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM pictures.pictures WHERE account_id = $1")
            .bind(account.0)
            .execute(&self.pool)
            .await
            .map(drop)
    }
}

/// A picture is in no event; its own id binds it as an event's would.
fn at(picture_id: Uuid, account: &str) -> SealedAt<'_> {
    SealedAt {
        event_id: picture_id,
        aggregate_type: Account::TYPE,
        aggregate_id: account,
        field: "picture_bytes",
    }
}
