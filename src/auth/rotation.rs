//! Refreshing a session: each refresh token is good for one use and gives its successor.
//!
//! A copied token is found out (RFC 9700 §4.14.2):
//! - Whoever has the token alone presents it without the device's secret. That ends the session.
//! - Whoever has both uses the chain beside its owner. The later of the two presents a token
//!   that was used already. That ends the session.
//!
//! An honest device may present a used token too, when the answer to its refresh was lost or
//! two of its windows refreshed at once. So for a short while, and only until the successor has
//! been used, it gets the same answer again. The successor is computed from the token (HMAC
//! under a key from the master key, over the token and a random seed), so it can be repeated
//! though only hashes are stored. An answer that is the same for everyone who asks also leaves
//! no device holding a token that a later answer made void.

use super::secrets::{hash_secret, secret_text};
use super::sessions::{insert_token, revoke};
use super::{EndReason, SessionId, Sessions};
use crate::sealing::{CryptoFailed, MasterKey, Purpose};
use anamnesis_domain::AccountId;
use aws_lc_rs::{constant_time, hmac, rand};
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use sqlx::PgConnection;
use uuid::Uuid;

/// A refreshed session.
#[derive(Debug)]
pub struct Rotated {
    /// The session.
    pub session_id: SessionId,
    /// Whose it is. The caller looks up the present role for the next access token.
    pub account_id: AccountId,
    /// Takes the place of the token that was presented.
    pub refresh_token: SecretString,
    /// Until when the new refresh token can be used.
    pub refresh_expires_at: DateTime<Utc>,
}

/// Why a session was not refreshed.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// No such token.
    #[error("the refresh token is not known")]
    Unknown,
    /// The token is a copy that somebody else has as well; the session has been ended.
    #[error("the refresh token was used before; the session has been ended")]
    Reused,
    /// The token or its session is over.
    #[error("the session has expired")]
    Expired,
    /// The session was ended.
    #[error("the session was ended")]
    Revoked,
    /// The database did not answer.
    #[error("sessions are not available: {0}")]
    Unavailable(#[from] sqlx::Error),
    /// The system gave no randomness.
    #[error(transparent)]
    Crypto(#[from] CryptoFailed),
}

impl RotateError {
    /// A stable name for clients and metrics.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "refresh_token_unknown",
            Self::Reused => "refresh_token_reused",
            Self::Expired => "session_expired",
            Self::Revoked => "session_revoked",
            Self::Unavailable(_) | Self::Crypto(_) => "unavailable",
        }
    }
}

/// Computes the successor of a refresh token.
pub(crate) struct SuccessorKey(hmac::Key);

impl SuccessorKey {
    pub(crate) fn new(master: &MasterKey) -> Result<Self, CryptoFailed> {
        let key = master.derive(Purpose::RefreshTokens)?;
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, key.as_slice())))
    }

    /// The seed stands first and has a fixed length, so the bytes are unambiguous.
    fn successor(&self, seed: &[u8], token: &SecretString) -> SecretString {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(seed);
        context.update(token.expose_secret().as_bytes());
        secret_text(context.sign().as_ref())
    }
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    session_id: Uuid,
    account_id: Uuid,
    device_hash: Vec<u8>,
    expires_at: DateTime<Utc>,
    revoked_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct TokenRow {
    expires_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
    successor_seed: Option<Vec<u8>>,
}

impl Sessions {
    /// Refreshes a session: uses up `token` and gives its successor. `device` is the secret
    /// that the session was started with. Repeating the call gives the same answer for a short
    /// while. The session's row is locked meanwhile, so refreshes come one after the other.
    pub async fn rotate(
        &self,
        token: &SecretString,
        device: &SecretString,
    ) -> Result<Rotated, RotateError> {
        let now = self.clock.now();
        let hash = hash_secret(token.expose_secret());
        let mut tx = self.pool.begin().await?;
        let session = lock_session_of(&mut tx, &hash).await?.ok_or(RotateError::Unknown)?;
        if session.revoked_at.is_some() {
            return Err(RotateError::Revoked);
        }
        let device_hash = hash_secret(device.expose_secret());
        if constant_time::verify_slices_are_equal(&session.device_hash, &device_hash).is_err() {
            revoke(&mut tx, SessionId(session.session_id), EndReason::WrongDevice, now).await?;
            tx.commit().await?;
            return Err(RotateError::Reused);
        }
        if session.expires_at <= now {
            return Err(RotateError::Expired);
        }
        // Read under the lock: what another refresh of this session did is seen.
        let row = read_token(&mut tx, &hash).await?.ok_or(RotateError::Unknown)?;
        let rotated = match (row.used_at, &row.successor_seed) {
            (Some(used_at), Some(seed)) => {
                let again = self.answer_again(&mut tx, &session, token, used_at, seed).await?;
                if again.is_none() {
                    let reason = EndReason::TokenReused;
                    revoke(&mut tx, SessionId(session.session_id), reason, now).await?;
                }
                again.ok_or(RotateError::Reused)
            }
            _ if row.expires_at <= now => return Err(RotateError::Expired),
            _ => Ok(self.use_up(&mut tx, &session, token, &hash).await?),
        };
        tx.commit().await?;
        rotated
    }

    async fn use_up(
        &self,
        tx: &mut PgConnection,
        session: &SessionRow,
        token: &SecretString,
        hash: &[u8],
    ) -> Result<Rotated, RotateError> {
        let now = self.clock.now();
        let mut seed = [0_u8; 16];
        rand::fill(&mut seed).map_err(|_| CryptoFailed)?;
        let refresh_token = self.successors.successor(&seed, token);
        sqlx::query(
            "UPDATE auth.refresh_tokens SET used_at = $2, successor_seed = $3
             WHERE token_hash = $1",
        )
        .bind(hash)
        .bind(now)
        .bind(seed.as_slice())
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE auth.sessions SET last_used_at = $2 WHERE session_id = $1")
            .bind(session.session_id)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        let expires_at = session.expires_at.min(now + self.settings.idle);
        let hash = hash_secret(refresh_token.expose_secret());
        insert_token(tx, &hash, SessionId(session.session_id), now, expires_at).await?;
        Ok(rotated(session, refresh_token, expires_at))
    }

    /// The answer that was given when the token was used, if it may be given once more.
    async fn answer_again(
        &self,
        tx: &mut PgConnection,
        session: &SessionRow,
        token: &SecretString,
        used_at: DateTime<Utc>,
        seed: &[u8],
    ) -> Result<Option<Rotated>, sqlx::Error> {
        if self.clock.now() - used_at > self.settings.retry_window {
            return Ok(None);
        }
        let refresh_token = self.successors.successor(seed, token);
        let successor = read_token(tx, &hash_secret(refresh_token.expose_secret())).await?;
        Ok(successor
            .filter(|successor| successor.used_at.is_none())
            .map(|successor| rotated(session, refresh_token, successor.expires_at)))
    }
}

fn rotated(
    session: &SessionRow,
    refresh_token: SecretString,
    refresh_expires_at: DateTime<Utc>,
) -> Rotated {
    Rotated {
        session_id: SessionId(session.session_id),
        account_id: AccountId(session.account_id),
        refresh_token,
        refresh_expires_at,
    }
}

async fn lock_session_of(
    tx: &mut PgConnection,
    token_hash: &[u8],
) -> Result<Option<SessionRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT session_id, account_id, device_hash, expires_at, revoked_at FROM auth.sessions
         WHERE session_id = (SELECT session_id FROM auth.refresh_tokens WHERE token_hash = $1)
         FOR UPDATE",
    )
    .bind(token_hash)
    .fetch_optional(tx)
    .await
}

async fn read_token(
    tx: &mut PgConnection,
    token_hash: &[u8],
) -> Result<Option<TokenRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT expires_at, used_at, successor_seed FROM auth.refresh_tokens WHERE token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(tx)
    .await
}
