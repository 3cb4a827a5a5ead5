//! Passwords: hashed slowly, with a bound on how many at a time.

use super::secrets::random_secret;
use crate::sealing::CryptoFailed;
use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::password_hash::{Error as HashError, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::thread::available_parallelism;
use tokio::sync::Semaphore;

const CHARS_MIN: usize = 12;
const BYTES_MAX: usize = 256;

/// The cost of one hash and how many run at once.
#[derive(Clone, Copy, Debug)]
pub struct PasswordSettings {
    /// Memory per hash in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Hashes computed at the same time; more than there are cores gains nothing.
    pub running_max: usize,
    /// Requests that may wait for their turn; further ones are refused as busy.
    pub waiting_max: usize,
}

impl Default for PasswordSettings {
    /// Argon2id with 19 MiB, two passes and one lane: a minimum configuration that the OWASP
    /// Password Storage Cheat Sheet recommends.
    fn default() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self { memory_kib: 19_456, passes: 2, running_max: cores, waiting_max: 32 * cores }
    }
}

/// Why a password was not hashed or checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer characters than the policy asks for.
    #[error("a password needs at least {CHARS_MIN} characters")]
    TooShort,
    /// More bytes than are hashed.
    #[error("a password has at most {BYTES_MAX} bytes")]
    TooLong,
    /// Too many are waiting already; worth another try in a few seconds.
    #[error("too many passwords are being checked")]
    Busy,
    /// The stored hash is unreadable, or the system gave no randomness or memory.
    #[error("the password could not be processed")]
    Failed,
}

impl PasswordError {
    /// A stable name for clients and metrics.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooShort => "password_too_short",
            Self::TooLong => "password_too_long",
            Self::Busy => "busy",
            Self::Failed => "password_failed",
        }
    }
}

impl From<CryptoFailed> for PasswordError {
    fn from(_: CryptoFailed) -> Self {
        Self::Failed
    }
}

impl From<HashError> for PasswordError {
    fn from(_: HashError) -> Self {
        Self::Failed
    }
}

/// A password's hash as it is stored: a PHC string. Never printed.
#[derive(Clone, Debug)]
pub struct PasswordHash(SecretString);

impl PasswordHash {
    /// The hash that was stored as `text`.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// The text to store.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.expose_secret()
    }
}

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The password is right.
    Match {
        /// The stored hash was made at another cost: hash the password again and store that.
        needs_rehash: bool,
    },
    /// The password is wrong, or there is no such user.
    Mismatch,
}

/// Hashes and checks passwords. Cheap to clone; all clones share the bounds.
#[derive(Clone)]
pub struct Passwords {
    argon: Argon2<'static>,
    /// Running and waiting together.
    admitted: Arc<Semaphore>,
    running: Arc<Semaphore>,
    /// Stands in for the hash of a user who does not exist.
    decoy: PasswordHash,
}

impl Passwords {
    /// Computes one hash to begin with (some tens of milliseconds). Fails on a cost that
    /// Argon2 does not allow.
    pub fn new(settings: PasswordSettings) -> Result<Self, PasswordError> {
        let params = Params::new(settings.memory_kib, settings.passes, 1, None)
            .map_err(|_| PasswordError::Failed)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let running = settings.running_max.max(1);
        Ok(Self {
            decoy: hash_blocking(&argon, &random_secret()?)?,
            argon,
            admitted: Arc::new(Semaphore::new(running + settings.waiting_max)),
            running: Arc::new(Semaphore::new(running)),
        })
    }

    /// Whether a new password is good enough: at least 12 characters, at most 256 bytes.
    pub fn check_policy(password: &SecretString) -> Result<(), PasswordError> {
        let password = password.expose_secret();
        if password.len() > BYTES_MAX {
            Err(PasswordError::TooLong)
        } else if password.chars().count() < CHARS_MIN {
            Err(PasswordError::TooShort)
        } else {
            Ok(())
        }
    }

    /// Hashes a new password, if the policy allows it.
    pub async fn hash(&self, password: SecretString) -> Result<PasswordHash, PasswordError> {
        Self::check_policy(&password)?;
        let argon = self.argon.clone();
        self.run(move || hash_blocking(&argon, &password)).await
    }

    /// Checks a password. Without a stored hash (no such user) it does the same work and finds
    /// a mismatch, so that the time taken does not tell who exists.
    pub async fn verify(
        &self,
        stored: Option<PasswordHash>,
        password: SecretString,
    ) -> Result<Verdict, PasswordError> {
        if password.expose_secret().len() > BYTES_MAX {
            return Ok(Verdict::Mismatch);
        }
        let exists = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy.clone());
        let argon = self.argon.clone();
        let verdict = self.run(move || verify_blocking(&argon, &stored, &password)).await?;
        Ok(if exists { verdict } else { Verdict::Mismatch })
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let admitted =
            Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| PasswordError::Busy)?;
        let running =
            Arc::clone(&self.running).acquire_owned().await.map_err(|_| PasswordError::Failed)?;
        let task = tokio::task::spawn_blocking(move || {
            // Held by the work, not by the request: a client that hangs up does not make room
            // for more work than the cores can do.
            let _permits = (admitted, running);
            work()
        });
        task.await.map_err(|_| PasswordError::Failed)?
    }
}

fn hash_blocking(
    argon: &Argon2<'_>,
    password: &SecretString,
) -> Result<PasswordHash, PasswordError> {
    let hash: Phc = argon.hash_password(password.expose_secret().as_bytes())?;
    Ok(PasswordHash::from_stored(hash.to_string()))
}

fn verify_blocking(
    argon: &Argon2<'_>,
    stored: &PasswordHash,
    password: &SecretString,
) -> Result<Verdict, PasswordError> {
    let stored = Phc::new(stored.as_str()).map_err(|_| PasswordError::Failed)?;
    match argon.verify_password(password.expose_secret().as_bytes(), &stored) {
        Ok(()) => Ok(Verdict::Match { needs_rehash: needs_rehash(argon, &stored)? }),
        Err(HashError::PasswordInvalid) => Ok(Verdict::Mismatch),
        Err(_) => Err(PasswordError::Failed),
    }
}

fn needs_rehash(argon: &Argon2<'_>, stored: &Phc) -> Result<bool, PasswordError> {
    let cost = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
    let params = Params::try_from(stored)?;
    Ok(stored.algorithm != Algorithm::Argon2id.ident() || cost(&params) != cost(argon.params()))
}
