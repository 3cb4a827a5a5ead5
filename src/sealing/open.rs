//! Opening sealed content, one by one or a page at a time.

use super::SealedAt;
use super::data_keys::{DataKey, KeyError};
use super::seal::PREFIX;
use super::seal::Shared;
use anamnesis_domain::Sealed;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Why content was not opened.
#[derive(Clone, Debug, thiserror::Error)]
pub enum OpenError {
    /// The subject's key was destroyed: the content is gone for good.
    #[error("the content was erased")]
    Erased,
    /// The text, its key or its place is not what was sealed.
    #[error("the sealed content was altered or does not belong here")]
    Tampered,
    /// It was not written down that this would be shown: a fault of the server's.
    #[error("the content was not disclosed")]
    NotDisclosed,
    /// The database did not answer.
    #[error("the subject's key is not available: {0}")]
    Unavailable(Arc<sqlx::Error>),
}

impl OpenError {
    /// A stable name for clients and metrics.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Erased => "content_erased",
            Self::Tampered => "content_tampered",
            Self::NotDisclosed => "content_not_disclosed",
            Self::Unavailable(_) => "unavailable",
        }
    }
}

impl From<KeyError> for OpenError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Destroyed => Self::Erased,
            KeyError::Missing | KeyError::Damaged | KeyError::Crypto(_) => Self::Tampered,
            KeyError::Unavailable(error) => Self::Unavailable(error),
        }
    }
}

/// Opens what was sealed. There is one for each database in a process, made with its [`Sealer`];
/// [`crate::disclosure`] has it, and nobody else.
///
/// [`Sealer`]: super::Sealer
pub struct Opener {
    pub(super) shared: Arc<Shared>,
}

impl Opener {
    /// Opens content that was sealed for exactly this place. Asks the database only if the key
    /// is not in memory.
    pub async fn open(
        &self,
        at: SealedAt<'_>,
        sealed: &Sealed,
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let parts = Parts::of(sealed)?;
        let keys = &self.shared.keys;
        let key = match keys.cached(parts.key_id) {
            Some(key) => key,
            None => keys.load(parts.key_id).await?,
        };
        parts.open(&key, at)
    }

    /// Opens without waiting, where the key is in memory; `None` where it is not. A microsecond
    /// or two, and the decryption.
    #[must_use]
    pub fn try_open_cached(
        &self,
        at: SealedAt<'_>,
        sealed: &Sealed,
    ) -> Option<Result<Zeroizing<Vec<u8>>, OpenError>> {
        let parts = match Parts::of(sealed) {
            Ok(parts) => parts,
            Err(error) => return Some(Err(error)),
        };
        let key = self.shared.keys.cached(parts.key_id)?;
        Some(parts.open(&key, at))
    }

    /// Opens a page: the results are in the order of the items. All keys that are not in memory
    /// come with one query (per thousand of them).
    pub async fn open_many(
        &self,
        items: &[(SealedAt<'_>, &Sealed)],
    ) -> Vec<Result<Zeroizing<Vec<u8>>, OpenError>> {
        let parts: Vec<_> = items.iter().map(|(_, sealed)| Parts::of(sealed)).collect();
        let mut keys: HashMap<Uuid, Result<Arc<DataKey>, KeyError>> = HashMap::new();
        let mut missing = Vec::new();
        for key_id in parts.iter().flatten().map(|parts| parts.key_id) {
            if keys.contains_key(&key_id) {
                continue;
            }
            let found = self.shared.keys.cached(key_id).ok_or(KeyError::Missing);
            if found.is_err() {
                missing.push(key_id);
            }
            keys.insert(key_id, found);
        }
        if !missing.is_empty() {
            match self.shared.keys.load_many(&missing).await {
                Ok(loaded) => keys.extend(loaded),
                Err(error) => keys.extend(missing.into_iter().map(|id| (id, Err(error.clone())))),
            }
        }
        let open = |((at, _), parts): (&(SealedAt<'_>, &Sealed), Result<Parts<'_>, OpenError>)| {
            let parts = parts?;
            let key = keys.get(&parts.key_id).ok_or(OpenError::Tampered)?;
            parts.open(key.as_ref().map_err(Clone::clone)?, *at)
        };
        items.iter().zip(parts).map(open).collect()
    }
}

/// Sealed text, taken apart.
struct Parts<'a> {
    key_id: Uuid,
    bytes: &'a str,
}

impl<'a> Parts<'a> {
    fn of(sealed: &'a Sealed) -> Result<Self, OpenError> {
        let rest = sealed.as_str().strip_prefix(PREFIX).ok_or(OpenError::Tampered)?;
        let (id, bytes) = rest.split_once('.').ok_or(OpenError::Tampered)?;
        // One spelling only (a UUID has many), so that altered text never opens.
        let plain = |c: u8| matches!(c, b'0'..=b'9' | b'a'..=b'f');
        if id.len() != 32 || !id.bytes().all(plain) {
            return Err(OpenError::Tampered);
        }
        let key_id = Uuid::try_parse(id).map_err(|_| OpenError::Tampered)?;
        Ok(Self { key_id, bytes })
    }

    fn open(&self, key: &DataKey, at: SealedAt<'_>) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let bytes = URL_SAFE_NO_PAD.decode(self.bytes).map_err(|_| OpenError::Tampered)?;
        key.aead.open(&at.associated(), bytes).map_err(|_| OpenError::Tampered)
    }
}
