//! The sealer: what the rest of the server seals with.

use super::aead::{AeadKey, CryptoFailed};
use super::data_keys::{DataKeys, KeyError};
use super::master_check::{StartError, check_master_key};
use super::period::Period;
use super::{MasterKey, Opener, Purpose, SealedAt};
use crate::clock::Clock;
use anamnesis_domain::Sealed;
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// What sealed text begins with; another way of sealing would get another one.
pub(crate) const PREFIX: &str = "s1.";

/// How many keys a process remembers, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct SealerSettings {
    /// Most unwrapped data keys in memory.
    pub keys_max: u64,
    /// How long a key is remembered. A key that another process destroyed can be used here
    /// for at most this long.
    pub key_ttl: Duration,
}

impl Default for SealerSettings {
    fn default() -> Self {
        Self { keys_max: 10_000, key_ttl: Duration::from_mins(1) }
    }
}

/// Why content was not sealed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SealError {
    /// The subject was erased: nothing more can be sealed under that key.
    #[error("the subject's key was destroyed")]
    KeyDestroyed,
    /// The stored key is not what this server stored.
    #[error("the subject's key is damaged")]
    KeyDamaged,
    /// The database did not answer.
    #[error("the subject's key is not available: {0}")]
    Unavailable(Arc<sqlx::Error>),
    /// The system gave no randomness.
    #[error(transparent)]
    Crypto(#[from] CryptoFailed),
}

impl SealError {
    /// A stable name for clients and metrics.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::KeyDestroyed => "content_erased",
            Self::KeyDamaged | Self::Crypto(_) => "sealing_failed",
            Self::Unavailable(_) => "unavailable",
        }
    }
}

impl From<KeyError> for SealError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Destroyed => Self::KeyDestroyed,
            KeyError::Missing | KeyError::Damaged => Self::KeyDamaged,
            KeyError::Unavailable(error) => Self::Unavailable(error),
            KeyError::Crypto(error) => Self::Crypto(error),
        }
    }
}

/// Seals content. Cheap to clone; all clones share the keys in memory.
#[derive(Clone)]
pub struct Sealer {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) keys: DataKeys,
    pub(crate) blind_index: hmac::Key,
    clock: Clock,
}

impl Sealer {
    /// A sealer over the database's keys, and what opens again. Refuses a master key that is not the database's.
    pub async fn start(
        pool: PgPool,
        master: &MasterKey,
        clock: Clock,
        settings: SealerSettings,
    ) -> Result<(Self, Opener), StartError> {
        check_master_key(&pool, master).await?;
        let wrapping = AeadKey::new(&*master.derive(Purpose::DataKeyWrapping)?)?;
        let blind_index =
            hmac::Key::new(hmac::HMAC_SHA256, master.derive(Purpose::BlindIndex)?.as_slice());
        let keys = DataKeys::new(pool, wrapping, settings.keys_max, settings.key_ttl);
        let shared = Arc::new(Shared { keys, blind_index, clock });
        Ok((Self { shared: Arc::clone(&shared) }, Opener { shared }))
    }

    /// Seals `plaintext` about `subject` for one place, under the subject's key of this month.
    /// A subject's first content of a month costs one or two queries; after that none.
    pub async fn seal(
        &self,
        subject: Uuid,
        at: SealedAt<'_>,
        plaintext: &[u8],
    ) -> Result<Sealed, SealError> {
        let period = Period::month_of(self.shared.clock.now());
        let key = self.shared.keys.of_period(subject, period).await?;
        let bytes = key.aead.seal(&at.associated(), plaintext)?;
        let mut text = format!("{PREFIX}{}.", key.key_id.simple());
        URL_SAFE_NO_PAD.encode_string(bytes, &mut text);
        Ok(Sealed(text))
    }

    /// Destroys every key of the subject, which erases all content sealed about them so far;
    /// how many keys there were. Final. This process forgets the keys at once, others within
    /// [`SealerSettings::key_ttl`]. Content sealed in a later period has a new key.
    pub async fn destroy(&self, subject: Uuid) -> Result<u64, sqlx::Error> {
        self.shared.keys.destroy(subject).await
    }
}
