//! Sessions: from signing in to signing out.

use super::rotation::SuccessorKey;
use super::secrets::{hash_secret, random_secret};
use crate::clock::Clock;
use crate::sealing::{CryptoFailed, MasterKey};
use anamnesis_domain::session::EndReason;
use anamnesis_domain::{AccountId, SessionId};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use sqlx::{PgConnection, PgPool};
use std::sync::Arc;

/// How long sessions last.
#[derive(Clone, Copy, Debug)]
pub struct SessionSettings {
    /// A session ends this long after it began, however much it is used.
    pub lifetime: TimeDelta,
    /// A session ends when it was not refreshed for this long.
    pub idle: TimeDelta,
    /// How long a device that did not get the answer to a refresh may ask again.
    pub retry_window: TimeDelta,
    /// Most live sessions of one account; a further one ends the least recently used.
    pub per_account_max: u32,
}

impl Default for SessionSettings {
    fn default() -> Self {
        Self {
            lifetime: TimeDelta::days(30),
            idle: TimeDelta::days(14),
            retry_window: TimeDelta::seconds(30),
            per_account_max: 20,
        }
    }
}

/// Why a session was not started.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The database did not answer.
    #[error("sessions are not available: {0}")]
    Unavailable(#[from] sqlx::Error),
    /// The system gave no randomness.
    #[error(transparent)]
    Crypto(#[from] CryptoFailed),
}

/// A session that has just begun, with the secrets that are handed out once.
#[derive(Debug)]
pub struct NewSession {
    /// The session.
    pub session_id: SessionId,
    /// Good for one refresh.
    pub refresh_token: SecretString,
    /// Stays with the device and goes along with each refresh.
    pub device: SecretString,
    /// Until when the refresh token can be used.
    pub refresh_expires_at: DateTime<Utc>,
    /// When the session ends at the latest.
    pub expires_at: DateTime<Utc>,
}

/// The sessions of one database. Cheap to clone.
#[derive(Clone)]
pub struct Sessions {
    pub(crate) pool: PgPool,
    pub(crate) clock: Clock,
    pub(crate) settings: SessionSettings,
    pub(crate) successors: Arc<SuccessorKey>,
}

impl Sessions {
    /// Sessions whose refresh tokens are continued under `master`.
    pub fn new(
        pool: PgPool,
        master: &MasterKey,
        clock: Clock,
        settings: SessionSettings,
    ) -> Result<Self, CryptoFailed> {
        let successors = Arc::new(SuccessorKey::new(master)?);
        Ok(Self { pool, clock, settings, successors })
    }

    /// Starts a session. The caller has checked who it is, and that they may sign in, and has
    /// written down that this session starts (see [`SignIns`](crate::commands::signing_in::SignIns)).
    pub async fn start(
        &self,
        session_id: SessionId,
        account: AccountId,
    ) -> Result<NewSession, SessionError> {
        let now = self.clock.now();
        let expires_at = now + self.settings.lifetime;
        let session = NewSession {
            session_id,
            refresh_token: random_secret()?,
            device: random_secret()?,
            refresh_expires_at: expires_at.min(now + self.settings.idle),
            expires_at,
        };
        let mut tx = self.pool.begin().await?;
        lock_account(&mut tx, account).await?;
        self.make_room(&mut tx, account).await?;
        insert_session(&mut tx, account, &session, now).await?;
        let hash = hash_secret(session.refresh_token.expose_secret());
        let expires_at = session.refresh_expires_at;
        insert_token(&mut tx, &hash, session.session_id, now, expires_at).await?;
        tx.commit().await?;
        Ok(session)
    }

    /// Ends a session; whether it was live until now. Every process hears of it.
    pub async fn revoke(&self, session: SessionId, reason: EndReason) -> Result<bool, sqlx::Error> {
        let now = self.clock.now();
        revoke(&mut *self.pool.acquire().await?, session, reason, now).await
    }

    /// Ends every session of the account; how many were live until now.
    pub async fn revoke_all(
        &self,
        account: AccountId,
        reason: EndReason,
    ) -> Result<u64, sqlx::Error> {
        let mut tx = self.pool.begin().await?;
        lock_account(&mut tx, account).await?;
        let revoked = sqlx::query(
            "UPDATE auth.sessions SET revoked_at = $2, revoke_reason = $3
             WHERE account_id = $1 AND revoked_at IS NULL",
        )
        .bind(account.0)
        .bind(self.clock.now())
        .bind(reason.as_str())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(revoked.rows_affected())
    }

    /// Ends every session of the account that began at `until` or before; how many were live
    /// until now.
    pub async fn revoke_until(
        &self,
        account: AccountId,
        reason: EndReason,
        until: DateTime<Utc>,
    ) -> Result<u64, sqlx::Error> {
        let mut tx = self.pool.begin().await?;
        lock_account(&mut tx, account).await?;
        let revoked = sqlx::query(
            "UPDATE auth.sessions SET revoked_at = $2, revoke_reason = $3
             WHERE account_id = $1 AND revoked_at IS NULL AND created_at <= $4",
        )
        .bind(account.0)
        .bind(self.clock.now())
        .bind(reason.as_str())
        .bind(until)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(revoked.rows_affected())
    }

    async fn make_room(
        &self,
        tx: &mut PgConnection,
        account: AccountId,
    ) -> Result<(), sqlx::Error> {
        sqlx::query(
            "UPDATE auth.sessions SET revoked_at = $2, revoke_reason = $3
             WHERE session_id IN (
                 SELECT session_id FROM auth.sessions
                 WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > $2
                 ORDER BY last_used_at DESC, session_id DESC OFFSET $4)",
        )
        .bind(account.0)
        .bind(self.clock.now())
        .bind(EndReason::TooManySessions.as_str())
        .bind(i64::from(self.settings.per_account_max.saturating_sub(1)))
        .execute(tx)
        .await
        .map(drop)
    }
}

/// Until the end of the transaction, nobody else starts or ends all sessions of the account:
/// the bound holds for sessions that start at once, and the rows are locked by one at a time.
async fn lock_account(tx: &mut PgConnection, account: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
        .bind(format!("auth.sessions {account}"))
        .execute(tx)
        .await
        .map(drop)
}

pub(crate) async fn revoke(
    connection: &mut PgConnection,
    session: SessionId,
    reason: EndReason,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let revoked = sqlx::query(
        "UPDATE auth.sessions SET revoked_at = $2, revoke_reason = $3
         WHERE session_id = $1 AND revoked_at IS NULL",
    )
    .bind(session.0)
    .bind(now)
    .bind(reason.as_str())
    .execute(connection)
    .await?;
    Ok(revoked.rows_affected() > 0)
}

async fn insert_session(
    tx: &mut PgConnection,
    account: AccountId,
    session: &NewSession,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO auth.sessions
             (session_id, account_id, device_hash, created_at, last_used_at, expires_at)
         VALUES ($1, $2, $3, $4, $4, $5)",
    )
    .bind(session.session_id.0)
    .bind(account.0)
    .bind(hash_secret(session.device.expose_secret()))
    .bind(now)
    .bind(session.expires_at)
    .execute(tx)
    .await
    .map(drop)
}

pub(crate) async fn insert_token(
    tx: &mut PgConnection,
    hash: &[u8],
    session: SessionId,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO auth.refresh_tokens (token_hash, session_id, issued_at, expires_at)
         VALUES ($1, $2, $3, $4)",
    )
    .bind(hash)
    .bind(session.0)
    .bind(now)
    .bind(expires_at)
    .execute(tx)
    .await
    .map(drop)
}
