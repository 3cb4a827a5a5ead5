//! Socket tickets: how a client that is signed in opens a socket without putting a token
//! where it would be logged.

use super::secrets::{hash_secret, random_secret};
use super::{Claims, SessionId};
use crate::clock::Clock;
use crate::sealing::CryptoFailed;
use anamnesis_domain::{AccountId, Role};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use sqlx::PgPool;
use uuid::Uuid;

/// How long tickets last and how many there may be.
#[derive(Clone, Copy, Debug)]
pub struct TicketSettings {
    /// From issue to expiry.
    pub lifetime: TimeDelta,
    /// Most unused tickets of one session; a further one takes the place of the oldest.
    pub per_session_max: u32,
}

impl Default for TicketSettings {
    fn default() -> Self {
        Self { lifetime: TimeDelta::seconds(30), per_session_max: 10 }
    }
}

/// Why there is no ticket, or why it opens nothing.
#[derive(Debug, thiserror::Error)]
pub enum TicketError {
    /// Unknown, used already, or over. Which of them is nobody's business.
    #[error("the ticket is not valid")]
    Invalid,
    /// The session is over.
    #[error("the session was ended")]
    SessionEnded,
    /// The database did not answer.
    #[error("tickets are not available: {0}")]
    Unavailable(#[from] sqlx::Error),
    /// The system gave no randomness.
    #[error(transparent)]
    Crypto(#[from] CryptoFailed),
}

impl TicketError {
    /// A stable name for clients and metrics.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid => "ticket_invalid",
            Self::SessionEnded => "session_revoked",
            Self::Unavailable(_) | Self::Crypto(_) => "unavailable",
        }
    }
}

/// Who comes with a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redeemed {
    /// The session, live at the moment of redemption.
    pub session_id: SessionId,
    /// The account.
    pub account_id: AccountId,
    /// The role at the time of issue.
    pub role: Role,
}

#[derive(sqlx::FromRow)]
struct TicketRow {
    session_id: Uuid,
    account_id: Uuid,
    role: String,
    expires_at: DateTime<Utc>,
    live: bool,
}

/// The tickets of one database. Cheap to clone.
#[derive(Clone)]
pub struct Tickets {
    pool: PgPool,
    clock: Clock,
    settings: TicketSettings,
}

impl Tickets {
    /// Tickets that last as `settings` say.
    #[must_use]
    pub fn new(pool: PgPool, clock: Clock, settings: TicketSettings) -> Self {
        Self { pool, clock, settings }
    }

    /// A ticket for whoever holds the access token with these claims.
    pub async fn issue(&self, claims: &Claims) -> Result<SecretString, TicketError> {
        let ticket = random_secret()?;
        let now = self.clock.now();
        let mut tx = self.pool.begin().await?;
        // The lock makes those who ask at once for the same session wait for each other.
        let live: Option<bool> = sqlx::query_scalar(
            "SELECT revoked_at IS NULL AND expires_at > $2 FROM auth.sessions
             WHERE session_id = $1 FOR NO KEY UPDATE",
        )
        .bind(claims.sid.0)
        .bind(now)
        .fetch_optional(&mut *tx)
        .await?;
        if live != Some(true) {
            return Err(TicketError::SessionEnded);
        }
        sqlx::query(
            "DELETE FROM auth.socket_tickets WHERE ticket_hash IN (
                 SELECT ticket_hash FROM auth.socket_tickets WHERE session_id = $1
                 ORDER BY expires_at DESC OFFSET $2)",
        )
        .bind(claims.sid.0)
        .bind(i64::from(self.settings.per_session_max.saturating_sub(1)))
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "INSERT INTO auth.socket_tickets (ticket_hash, session_id, role, expires_at)
             VALUES ($1, $2, $3, $4)",
        )
        .bind(hash_secret(ticket.expose_secret()))
        .bind(claims.sid.0)
        .bind(claims.role.as_str())
        .bind(now + self.settings.lifetime)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(ticket)
    }

    /// Uses up a ticket. However many present the same, exactly one gets in. The caller has
    /// subscribed to [`super::Revocations`] before, so that no end of the session is missed.
    pub async fn redeem(&self, ticket: &SecretString) -> Result<Redeemed, TicketError> {
        let now = self.clock.now();
        let row: Option<TicketRow> = sqlx::query_as(
            "DELETE FROM auth.socket_tickets AS t USING auth.sessions AS s
             WHERE t.ticket_hash = $1 AND s.session_id = t.session_id
             RETURNING s.session_id, s.account_id, t.role, t.expires_at,
                 s.revoked_at IS NULL AND s.expires_at > $2 AS live",
        )
        .bind(hash_secret(ticket.expose_secret()))
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        let row = row.filter(|row| row.expires_at > now).ok_or(TicketError::Invalid)?;
        if !row.live {
            return Err(TicketError::SessionEnded);
        }
        Ok(Redeemed {
            session_id: SessionId(row.session_id),
            account_id: AccountId(row.account_id),
            role: row.role.parse().map_err(|_| TicketError::Invalid)?,
        })
    }
}
