//! What passes: typing and presence. Carried between processes by PostgreSQL's NOTIFY, which
//! writes nothing down; a lost signal is no loss.

use super::Live;
use anamnesis_domain::{AccountId, RoomId};
use axum::extract::ws::Utf8Bytes;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

const CHANNEL: &str = "live_signals";
/// Signals that may wait to be sent; more are dropped.
const WAITING_MAX: usize = 1_024;
/// Before listening again after the connection was lost.
const PAUSE: Duration = Duration::from_millis(500);

/// Something that passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Signal {
    /// `by` is writing in a room; `to` is the other one.
    Typing {
        /// The room.
        room_id: RoomId,
        /// Who writes.
        by: AccountId,
        /// Who is to know.
        to: AccountId,
    },
    /// Somebody came or went; those who share a room with them are to know.
    Presence {
        /// Who.
        account_id: AccountId,
        /// Came or went.
        online: bool,
    },
}

/// The frames of what passes.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Passing {
    Typing { room_id: RoomId, by: AccountId },
    Presence { account_id: AccountId, online: bool },
}

/// Sends signals to all processes, this one included.
#[derive(Clone, Debug)]
pub(super) struct Signals {
    queue: mpsc::Sender<Signal>,
}

impl Signals {
    pub(super) fn start(pool: PgPool, tasks: &TaskTracker, stop: CancellationToken) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING_MAX);
        tasks.spawn(send(pool, waiting, stop));
        Self { queue }
    }

    /// Sends a signal, or drops it if too many are waiting.
    pub(super) fn send(&self, signal: &Signal) {
        if self.queue.try_send(signal.clone()).is_err() {
            metrics::counter!("live_signals_dropped").increment(1);
        }
    }
}

/// Sends whatever is waiting with one statement at a time.
async fn send(pool: PgPool, mut waiting: mpsc::Receiver<Signal>, stop: CancellationToken) {
    let mut batch = Vec::new();
    loop {
        batch.clear();
        tokio::select! {
            () = stop.cancelled() => return,
            count = waiting.recv_many(&mut batch, WAITING_MAX) => if count == 0 { return },
        }
        if let Err(error) = notify(&pool, &batch).await {
            tracing::debug!(%error, "signals were lost");
        }
    }
}

/// Sends signals to all processes with one statement.
pub(super) async fn notify(pool: &PgPool, signals: &[Signal]) -> Result<(), sqlx::Error> {
    if signals.is_empty() {
        return Ok(());
    }
    let texts: Vec<String> = signals.iter().flat_map(serde_json::to_string).collect();
    sqlx::query("SELECT pg_notify($1, signal) FROM UNNEST($2::text[]) AS signal")
        .bind(CHANNEL)
        .bind(texts)
        .execute(pool)
        .await?;
    Ok(())
}

impl Live {
    /// Says that the account is writing in a room.
    pub fn typing(&self, room_id: RoomId, by: AccountId, to: AccountId) {
        self.signals.send(&Signal::Typing { room_id, by, to });
    }

    /// Hears the signals of all processes until `stop`.
    pub(super) async fn hear(self: Arc<Self>, stop: CancellationToken) {
        loop {
            let heard = tokio::select! {
                () = stop.cancelled() => return,
                heard = self.hear_until_lost() => heard,
            };
            if let Err(error) = heard {
                tracing::debug!(%error, "signals are not heard for the moment");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    }

    async fn hear_until_lost(&self) -> Result<(), sqlx::Error> {
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.listen(CHANNEL).await?;
        while let Some(told) = listener.try_recv().await? {
            if let Ok(signal) = serde_json::from_str::<Signal>(told.payload()) {
                self.pass_on(signal).await;
            }
        }
        Ok(())
    }

    async fn pass_on(&self, signal: Signal) {
        match signal {
            Signal::Typing { room_id, by, to } => {
                self.hub.pass_on(to, &frame(&Passing::Typing { room_id, by }));
            }
            Signal::Presence { account_id, online } => {
                let frame = frame(&Passing::Presence { account_id, online });
                for peer in self.peers_here(account_id).await {
                    self.hub.pass_on(peer, &frame);
                }
            }
        }
    }
}

fn frame(passing: &Passing) -> Utf8Bytes {
    // A struct of ids has no way to fail.
    serde_json::to_string(passing).unwrap_or_default().into()
}
