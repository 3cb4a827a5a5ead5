//! Data keys: made, kept wrapped in the database, remembered unwrapped for a short while,
//! destroyed.

use super::aead::{AeadKey, CryptoFailed};
use super::period::Period;
use aws_lc_rs::{hmac, rand};
use moka::sync::Cache;
use sqlx::PgPool;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Most keys that one query loads.
const LOAD_MAX: usize = 1_000;

/// Locks over the loading of keys, so that a hundred readers of a cold key cost one query.
/// Keys that share a lock only wait for each other's query.
const LOADING_LOCKS: usize = 16;

/// An unwrapped data key.
pub(crate) struct DataKey {
    pub(crate) key_id: Uuid,
    /// For content.
    pub(crate) aead: AeadKey,
    /// For fingerprints. A key of one period is only ever used in one of the two ways.
    pub(crate) mac: hmac::Key,
}

/// Why there is no key.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum KeyError {
    #[error("the key was destroyed")]
    Destroyed,
    #[error("there is no such key")]
    Missing,
    #[error("the stored key was altered or wrapped by another master key")]
    Damaged,
    #[error("the key could not be read: {0}")]
    Unavailable(Arc<sqlx::Error>),
    #[error(transparent)]
    Crypto(#[from] CryptoFailed),
}

impl From<sqlx::Error> for KeyError {
    fn from(error: sqlx::Error) -> Self {
        Self::Unavailable(Arc::new(error))
    }
}

#[derive(sqlx::FromRow)]
struct KeyRow {
    key_id: Uuid,
    subject_id: Uuid,
    period: String,
    wrapped: Option<Vec<u8>>,
}

/// The data keys of one database.
pub(crate) struct DataKeys {
    pool: PgPool,
    wrapping: AeadKey,
    // Both forget after a short while: that is how a key that another process destroyed is
    // forgotten here.
    by_id: Cache<Uuid, Arc<DataKey>>,
    by_period: Cache<(Uuid, Period), Arc<DataKey>>,
    loading: [Mutex<()>; LOADING_LOCKS],
}

impl DataKeys {
    pub(crate) fn new(pool: PgPool, wrapping: AeadKey, keys_max: u64, ttl: Duration) -> Self {
        Self {
            pool,
            wrapping,
            by_id: Cache::builder().max_capacity(keys_max).time_to_live(ttl).build(),
            by_period: Cache::builder().max_capacity(keys_max).time_to_live(ttl).build(),
            loading: std::array::from_fn(|_| Mutex::new(())),
        }
    }

    /// The key, if it is at hand without asking the database.
    pub(crate) fn cached(&self, key_id: Uuid) -> Option<Arc<DataKey>> {
        self.by_id.get(&key_id)
    }

    /// The key with this id.
    pub(crate) async fn load(&self, key_id: Uuid) -> Result<Arc<DataKey>, KeyError> {
        let _alone = self.loading_lock(key_id).lock().await;
        if let Some(key) = self.cached(key_id) {
            return Ok(key);
        }
        self.load_many(&[key_id]).await?.remove(&key_id).unwrap_or(Err(KeyError::Missing))
    }

    /// The keys with these ids, in one query per thousand. A key that does not exist is absent.
    pub(crate) async fn load_many(
        &self,
        key_ids: &[Uuid],
    ) -> Result<HashMap<Uuid, Result<Arc<DataKey>, KeyError>>, KeyError> {
        let mut keys = HashMap::with_capacity(key_ids.len());
        for key_ids in key_ids.chunks(LOAD_MAX) {
            let rows: Vec<KeyRow> = sqlx::query_as(
                "SELECT key_id, subject_id, period, wrapped FROM keys.data_keys
                 WHERE key_id = ANY($1)",
            )
            .bind(key_ids)
            .fetch_all(&self.pool)
            .await?;
            for row in rows {
                let key_id = row.key_id;
                let key = self.unwrap(row);
                if let Ok(key) = &key {
                    self.by_id.insert(key_id, Arc::clone(key));
                }
                keys.insert(key_id, key);
            }
        }
        Ok(keys)
    }

    /// The subject's key for a period, made if there is none yet. Whoever asks, in whatever
    /// process, gets the same one.
    pub(crate) async fn of_period(
        &self,
        subject: Uuid,
        period: Period,
    ) -> Result<Arc<DataKey>, KeyError> {
        let place = (subject, period);
        if let Some(key) = self.by_period.get(&place) {
            return Ok(key);
        }
        let _alone = self.loading_lock(subject).lock().await;
        if let Some(key) = self.by_period.get(&place) {
            return Ok(key);
        }
        let row = match self.find(subject, period).await? {
            Some(row) => row,
            None => self.create(subject, period).await?,
        };
        let key = self.unwrap(row)?;
        self.by_period.insert(place, Arc::clone(&key));
        self.by_id.insert(key.key_id, Arc::clone(&key));
        Ok(key)
    }

    /// Destroys every key of the subject; how many there were.
    pub(crate) async fn destroy(&self, subject: Uuid) -> Result<u64, sqlx::Error> {
        let destroyed: Vec<Uuid> = sqlx::query_scalar(
            "UPDATE keys.data_keys SET wrapped = NULL, destroyed_at = now()
             WHERE subject_id = $1 AND destroyed_at IS NULL RETURNING key_id",
        )
        .bind(subject)
        .fetch_all(&self.pool)
        .await?;
        for key_id in &destroyed {
            self.by_id.invalidate(key_id);
        }
        for (place, _) in &self.by_period {
            if place.0 == subject {
                self.by_period.invalidate(&*place);
            }
        }
        Ok(destroyed.len() as u64)
    }

    async fn find(&self, subject: Uuid, period: Period) -> Result<Option<KeyRow>, sqlx::Error> {
        sqlx::query_as(
            "SELECT key_id, subject_id, period, wrapped FROM keys.data_keys
             WHERE subject_id = $1 AND period = $2",
        )
        .bind(subject)
        .bind(period.to_string())
        .fetch_optional(&self.pool)
        .await
    }

    async fn create(&self, subject: Uuid, period: Period) -> Result<KeyRow, KeyError> {
        let key_id = Uuid::now_v7();
        let mut secret = Zeroizing::new([0_u8; 32]);
        rand::fill(secret.as_mut_slice()).map_err(|_| CryptoFailed)?;
        let place = wrapped_at(key_id, subject, &period.to_string());
        let wrapped = self.wrapping.seal(&place, secret.as_slice())?;
        let made: Option<KeyRow> = sqlx::query_as(
            "INSERT INTO keys.data_keys (key_id, subject_id, period, wrapped)
             VALUES ($1, $2, $3, $4) ON CONFLICT (subject_id, period) DO NOTHING
             RETURNING key_id, subject_id, period, wrapped",
        )
        .bind(key_id)
        .bind(subject)
        .bind(period.to_string())
        .bind(wrapped)
        .fetch_optional(&self.pool)
        .await?;
        if let Some(made) = made {
            return Ok(made);
        }
        // Another process was first: its key is the key.
        self.find(subject, period).await?.ok_or(KeyError::Missing)
    }

    fn unwrap(&self, row: KeyRow) -> Result<Arc<DataKey>, KeyError> {
        let place = wrapped_at(row.key_id, row.subject_id, &row.period);
        let wrapped = row.wrapped.ok_or(KeyError::Destroyed)?;
        let secret = self.wrapping.open(&place, wrapped).map_err(|_| KeyError::Damaged)?;
        let secret = secret.first_chunk::<32>().ok_or(KeyError::Damaged)?;
        Ok(Arc::new(DataKey {
            key_id: row.key_id,
            aead: AeadKey::new(secret)?,
            mac: hmac::Key::new(hmac::HMAC_SHA256, secret),
        }))
    }

    fn loading_lock(&self, id: Uuid) -> &Mutex<()> {
        // The last byte is random in every version of UUID that is used here.
        &self.loading[usize::from(id.as_bytes()[15]) % LOADING_LOCKS]
    }
}

/// The associated data of a wrapped key: it can not be moved to another subject or period.
/// Only the last part varies in length, so the bytes are unambiguous.
fn wrapped_at(key_id: Uuid, subject: Uuid, period: &str) -> Vec<u8> {
    [key_id.as_bytes().as_slice(), subject.as_bytes(), period.as_bytes()].concat()
}
