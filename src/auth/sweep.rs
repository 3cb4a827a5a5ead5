//! Removing what is over.

use super::Sessions;

/// Rows that one statement removes.
const BATCH: i64 = 1_000;

/// Rounds that one sweep makes at most; what is left waits for the next one.
const ROUNDS_MAX: usize = 20;

impl Sessions {
    /// Removes expired tickets, refresh tokens and sessions, some at a time; how many rows
    /// went. Revoked sessions stay until they would have expired, so that a token of theirs is
    /// still recognised, and until the log has their end. Worth calling every few minutes, from any process.
    pub async fn sweep(&self) -> Result<u64, sqlx::Error> {
        let mut removed = 0;
        for _ in 0..ROUNDS_MAX {
            let round = self.sweep_round().await?;
            removed += round;
            if round == 0 {
                break;
            }
        }
        Ok(removed)
    }

    async fn sweep_round(&self) -> Result<u64, sqlx::Error> {
        let now = self.clock.now();
        let tickets = sqlx::query(
            "DELETE FROM auth.socket_tickets WHERE ticket_hash IN (
                 SELECT ticket_hash FROM auth.socket_tickets WHERE expires_at <= $1
                 LIMIT $2 FOR UPDATE SKIP LOCKED)",
        )
        .bind(now)
        .bind(BATCH)
        .execute(&self.pool)
        .await?;
        let tokens = sqlx::query(
            "DELETE FROM auth.refresh_tokens WHERE token_hash IN (
                 SELECT token_hash FROM auth.refresh_tokens WHERE expires_at <= $1
                 LIMIT $2 FOR UPDATE SKIP LOCKED)",
        )
        .bind(now)
        .bind(BATCH)
        .execute(&self.pool)
        .await?;
        let sessions = sqlx::query(
            "DELETE FROM auth.sessions WHERE session_id IN (
                 SELECT session_id FROM auth.sessions AS s
                 WHERE expires_at <= $1 AND (revoked_at IS NULL OR end_recorded_at IS NOT NULL)
                   AND NOT EXISTS (
                     SELECT FROM auth.refresh_tokens AS t WHERE t.session_id = s.session_id)
                 LIMIT $2 FOR UPDATE SKIP LOCKED)",
        )
        .bind(now)
        .bind(BATCH)
        .execute(&self.pool)
        .await?;
        Ok(tickets.rows_affected() + tokens.rows_affected() + sessions.rows_affected())
    }
}
