//! Who is online, across all processes. An unlogged table, so nothing of it is ever in a backup
//! or in the log; a process that dies is forgotten when its heartbeat is.

use super::hub::Place;
use super::signals::notify;
use super::{Live, Signal};
use anamnesis_domain::AccountId;
use sqlx::PgPool;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How often a process says that it lives, and after how long it is given up.
const HEARTBEAT: Duration = Duration::from_secs(3);
const GIVEN_UP_AFTER_S: f64 = 12.0;
/// How long somebody who went may take to come back (a page that is loaded again, the next
/// poll) without the others hearing of it.
const LINGER: Duration = Duration::from_secs(2);

impl Live {
    /// Notes that a client came; the others are told if it is its account's first here.
    pub(super) async fn came(&self, place: &Place) {
        if place.first_of_account && place.outbox.converses() {
            let account_id = place.outbox.actor.account_id;
            if let Err(error) = note(&self.pool, self.process_id, &[account_id]).await {
                tracing::debug!(%error, "presence could not be noted");
            }
            self.signals.send(&Signal::Presence { account_id, online: true });
        }
    }

    /// Notes that the last client of an account went, unless it comes back at once.
    pub(super) async fn went(&self, account_id: AccountId) {
        tokio::time::sleep(LINGER).await;
        if self.hub.has(account_id) {
            return;
        }
        let gone =
            sqlx::query("DELETE FROM live.presence WHERE process_id = $1 AND account_id = $2")
                .bind(self.process_id)
                .bind(account_id.0)
                .execute(&self.pool)
                .await;
        if let Err(error) = gone {
            tracing::debug!(%error, "presence could not be noted");
        }
        if self.hub.has(account_id) {
            // It came back while its row was being deleted, and may have written it before that.
            if let Err(error) = note(&self.pool, self.process_id, &[account_id]).await {
                tracing::debug!(%error, "presence could not be noted");
            }
            return;
        }
        // It may still be connected to another process.
        let online = self.online(&[account_id]).await.is_ok_and(|who| who.contains(&account_id));
        if !online {
            self.signals.send(&Signal::Presence { account_id, online: false });
        }
    }

    /// Which of these accounts are connected, to whichever process. One query.
    pub async fn online(&self, accounts: &[AccountId]) -> Result<HashSet<AccountId>, sqlx::Error> {
        let ids: Vec<Uuid> = accounts.iter().map(|account| account.0).collect();
        let online: Vec<Uuid> = sqlx::query_scalar(
            "SELECT DISTINCT presence.account_id
             FROM live.presence JOIN live.processes USING (process_id)
             WHERE presence.account_id = ANY($1)
               AND processes.seen_at > now() - make_interval(secs => $2)",
        )
        .bind(ids)
        .bind(GIVEN_UP_AFTER_S)
        .fetch_all(&self.pool)
        .await?;
        Ok(online.into_iter().map(AccountId).collect())
    }

    /// Those connected to this process who share a room with the account. The cost grows with
    /// the account's rooms, not with how many are connected.
    pub(super) async fn peers_here(&self, account_id: AccountId) -> Vec<AccountId> {
        let peers: Result<Vec<Uuid>, _> = sqlx::query_scalar(
            "SELECT doctor_id FROM read.rooms WHERE patient_id = $1
             UNION ALL SELECT patient_id FROM read.rooms WHERE doctor_id = $1",
        )
        .bind(account_id.0)
        .fetch_all(&self.pool)
        .await;
        let peers = peers.unwrap_or_default().into_iter().map(AccountId);
        peers.filter(|peer| self.hub.has(*peer)).collect()
    }

    /// Says that this process lives, and clears away those that no longer do, until `stop`.
    pub(super) async fn stay_present(self: Arc<Self>, stop: CancellationToken) {
        loop {
            if let Err(error) = self.beat().await {
                tracing::debug!(%error, "the heartbeat was lost");
            }
            tokio::select! {
                () = stop.cancelled() => break,
                () = tokio::time::sleep(HEARTBEAT) => {}
            }
        }
        if let Err(error) = self.forget(Some(self.process_id)).await {
            tracing::debug!(%error, "the process could not sign off");
        }
    }

    async fn beat(&self) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO live.processes (process_id, seen_at) VALUES ($1, now())
             ON CONFLICT (process_id) DO UPDATE SET seen_at = now()",
        )
        .bind(self.process_id)
        .execute(&self.pool)
        .await?;
        let noted: i64 =
            sqlx::query_scalar("SELECT count(*) FROM live.presence WHERE process_id = $1")
                .bind(self.process_id)
                .fetch_one(&self.pool)
                .await?;
        let here = self.hub.accounts();
        if usize::try_from(noted).is_ok_and(|noted| noted < here.len()) {
            // A crash of the database empties the table: say again who is here.
            note(&self.pool, self.process_id, &here).await?;
        }
        self.forget(None).await
    }

    /// Forgets this process, or those that were not heard of for too long, and tells everybody
    /// who went with them. However many processes do so at once, one of them tells.
    async fn forget(&self, process_id: Option<Uuid>) -> Result<(), sqlx::Error> {
        let gone: Vec<Uuid> = sqlx::query_scalar(
            "WITH gone AS (
                 DELETE FROM live.processes
                 WHERE process_id = $1
                    OR ($1 IS NULL AND seen_at < now() - make_interval(secs => $2))
                 RETURNING process_id
             )
             SELECT DISTINCT account_id FROM live.presence
             WHERE process_id IN (SELECT process_id FROM gone)
               AND account_id NOT IN (
                   SELECT elsewhere.account_id
                   FROM live.presence AS elsewhere JOIN live.processes USING (process_id)
                   WHERE process_id NOT IN (SELECT process_id FROM gone))",
        )
        .bind(process_id)
        .bind(GIVEN_UP_AFTER_S)
        .fetch_all(&self.pool)
        .await?;
        let offline = |id| Signal::Presence { account_id: AccountId(id), online: false };
        notify(&self.pool, &gone.into_iter().map(offline).collect::<Vec<_>>()).await
    }
}

async fn note(pool: &PgPool, process_id: Uuid, accounts: &[AccountId]) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = accounts.iter().map(|account| account.0).collect();
    sqlx::query(
        "WITH process AS (
             INSERT INTO live.processes (process_id, seen_at) VALUES ($1, now())
             ON CONFLICT (process_id) DO UPDATE SET seen_at = now()
         )
         INSERT INTO live.presence (process_id, account_id)
         SELECT $1, account_id FROM UNNEST($2::uuid[]) AS account_id
         ON CONFLICT DO NOTHING",
    )
    .bind(process_id)
    .bind(ids)
    .execute(pool)
    .await?;
    Ok(())
}
