//! The key pairs (Ed25519) that sign access tokens: shared by all processes, one current at a
//! time, retired ones published until the last token they signed is over.

use super::key_set::{KeyRow, KeySet};
use crate::clock::Clock;
use crate::sealing::{AeadKey, CryptoFailed, MasterKey, Purpose};
use chrono::TimeDelta;
use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::JwkSet;
use moka::future::Cache;
use sqlx::{PgConnection, PgPool};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How long keys are remembered and published.
#[derive(Clone, Copy, Debug)]
pub struct SigningKeySettings {
    /// How long a process works with the keys it has read. After a rotation elsewhere it may
    /// go on signing with the old key for this long.
    pub cache_ttl: Duration,
    /// How long a retired key is published: the life of an access token (10 minutes), the time
    /// that a process may go on signing with it (`cache_ttl`), and a minute for clocks that
    /// differ.
    pub retired_for: TimeDelta,
    /// Between two looks at the database for keys that a token names and nobody knows, so that
    /// forged tokens do not become queries.
    pub unknown_key_interval: Duration,
}

impl Default for SigningKeySettings {
    fn default() -> Self {
        Self {
            cache_ttl: Duration::from_mins(1),
            retired_for: TimeDelta::minutes(12),
            unknown_key_interval: Duration::from_secs(1),
        }
    }
}

/// Why there are no signing keys.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SigningKeyError {
    /// The database did not answer.
    #[error("the signing keys are not available: {0}")]
    Unavailable(Arc<sqlx::Error>),
    /// No stored key can be used: altered, or wrapped by another master key.
    #[error("the stored signing key can not be unwrapped")]
    Damaged,
    /// A key could not be made.
    #[error(transparent)]
    Crypto(#[from] CryptoFailed),
    /// A key could not be put into words.
    #[error("a signing key can not be published: {0}")]
    Jwt(#[from] jsonwebtoken::errors::Error),
}

impl From<sqlx::Error> for SigningKeyError {
    fn from(error: sqlx::Error) -> Self {
        Self::Unavailable(Arc::new(error))
    }
}

/// The signing keys of one database. Cheap to clone; all clones share what was read.
#[derive(Clone)]
pub struct SigningKeys {
    shared: Arc<Shared>,
}

struct Shared {
    pool: PgPool,
    wrapping: AeadKey,
    clock: Clock,
    settings: SigningKeySettings,
    /// One entry: the keys as last read.
    cache: Cache<(), Arc<KeySet>>,
    /// When unknown keys may be looked for again: microseconds on the clock's elapsed time.
    next_look: AtomicU64,
}

impl SigningKeys {
    /// Reads the keys; the first process of a new database makes the first.
    pub async fn start(
        pool: PgPool,
        master: &MasterKey,
        clock: Clock,
        settings: SigningKeySettings,
    ) -> Result<Self, SigningKeyError> {
        let wrapping = AeadKey::new(&*master.derive(Purpose::SigningKeyWrapping)?)?;
        let cache = Cache::builder().max_capacity(1).time_to_live(settings.cache_ttl).build();
        let next_look = AtomicU64::new(0);
        let shared = Shared { pool, wrapping, clock, settings, cache, next_look };
        let keys = Self { shared: Arc::new(shared) };
        keys.insert_if_none(&mut *keys.shared.pool.acquire().await?).await?;
        keys.current_set().await?;
        Ok(keys)
    }

    /// Retires the current key and makes a new one. Tokens signed so far stay valid. Of two
    /// rotations at once, one makes the key and both succeed.
    pub async fn rotate(&self) -> Result<(), SigningKeyError> {
        let mut tx = self.shared.pool.begin().await?;
        sqlx::query(
            "UPDATE auth.signing_keys SET wrapped = NULL, retired_at = $1 WHERE retired_at IS NULL",
        )
        .bind(self.shared.clock.now())
        .execute(&mut *tx)
        .await?;
        self.insert_if_none(&mut tx).await?;
        tx.commit().await?;
        self.shared.cache.invalidate(&()).await;
        Ok(())
    }

    /// The public keys that tokens may be signed with, as a JSON Web Key Set (RFC 8037).
    pub async fn published(&self) -> Result<JwkSet, SigningKeyError> {
        Ok(self.current_set().await?.published.clone())
    }

    /// The keys, from memory or read by one of those who ask.
    pub(crate) async fn current_set(&self) -> Result<Arc<KeySet>, SigningKeyError> {
        let set = self.shared.cache.try_get_with((), self.read()).await;
        set.map_err(|error| SigningKeyError::clone(&error))
    }

    /// The public key with this name. A key that another process made a moment ago is looked
    /// for in the database, though not more often than the settings say.
    pub(crate) async fn verifying_key(
        &self,
        kid: &str,
    ) -> Result<Option<DecodingKey>, SigningKeyError> {
        let known = self.current_set().await?.verifying_key(kid);
        if known.is_some() || !self.may_look() {
            return Ok(known);
        }
        self.shared.cache.invalidate(&()).await;
        Ok(self.current_set().await?.verifying_key(kid))
    }

    fn may_look(&self) -> bool {
        let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let now = micros(self.shared.clock.elapsed());
        let next = self.shared.next_look.load(Ordering::Relaxed);
        let after = now.saturating_add(micros(self.shared.settings.unknown_key_interval));
        let order = Ordering::Relaxed;
        now >= next && self.shared.next_look.compare_exchange(next, after, order, order).is_ok()
    }

    async fn read(&self) -> Result<Arc<KeySet>, SigningKeyError> {
        let rows: Vec<KeyRow> = sqlx::query_as(
            "SELECT kid, public_key, wrapped FROM auth.signing_keys
             WHERE retired_at IS NULL OR retired_at > $1 ORDER BY created_at DESC LIMIT 100",
        )
        .bind(self.shared.clock.now() - self.shared.settings.retired_for)
        .fetch_all(&self.shared.pool)
        .await?;
        KeySet::from_rows(rows, &self.shared.wrapping).map(Arc::new)
    }

    async fn insert_if_none(&self, connection: &mut PgConnection) -> Result<(), SigningKeyError> {
        let key = KeyRow::generate(&self.shared.wrapping)?;
        sqlx::query(
            "INSERT INTO auth.signing_keys (kid, public_key, wrapped, created_at)
             VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(key.kid)
        .bind(key.public_key)
        .bind(key.wrapped)
        .bind(self.shared.clock.now())
        .execute(connection)
        .await?;
        Ok(())
    }
}
