//! Which sessions are live, as this process knows it, and the news when one ends.

use super::SessionId;
use crate::clock::Clock;
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Named in `auth.announce_revocation()`.
const CHANNEL: &str = "session_revoked";

/// Sessions remembered.
const SESSIONS_MAX: u64 = 100_000;

/// How long a session found live is taken for live without asking again. The news of its end
/// comes sooner; this holds where the news can not come.
const ACTIVE_TTL: Duration = Duration::from_secs(5);

/// How long an end is remembered: longer than any query that may have seen the session alive
/// just before.
const REVOKED_TTL: Duration = Duration::from_mins(2);

/// News that a slow subscriber may leave unread before it is told that it missed some.
const SIGNALS_MAX: usize = 1_024;

/// Silence after which the connection is tried.
const HEARTBEAT: Duration = Duration::from_secs(15);

const BACKOFF_MIN: Duration = Duration::from_millis(100);
const BACKOFF_MAX: Duration = Duration::from_secs(5);

/// What happened to sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationSignal {
    /// This one ended.
    Revoked(SessionId),
    /// News may have been missed: ask [`Revocations::is_active`] for each session that matters.
    /// A receiver that lagged must do the same.
    RecheckAll,
}

/// This process's view of the sessions. Cheap to clone; all clones share it.
#[derive(Clone)]
pub struct Revocations {
    pool: PgPool,
    clock: Clock,
    active: moka::future::Cache<SessionId, bool>,
    revoked: moka::sync::Cache<SessionId, ()>,
    signals: broadcast::Sender<RevocationSignal>,
}

impl Revocations {
    /// A view that knows nothing yet. It answers right away; news come once
    /// [`Self::listen`] runs.
    #[must_use]
    pub fn new(pool: PgPool, clock: Clock) -> Self {
        Self {
            pool,
            clock,
            active: moka::future::Cache::builder()
                .max_capacity(SESSIONS_MAX)
                .time_to_live(ACTIVE_TTL)
                .build(),
            revoked: moka::sync::Cache::builder()
                .max_capacity(SESSIONS_MAX)
                .time_to_live(REVOKED_TTL)
                .build(),
            signals: broadcast::Sender::new(SIGNALS_MAX),
        }
    }

    /// Whether the session is live. From memory where it was asked for within five seconds;
    /// otherwise one query, however many ask at once.
    pub async fn is_active(&self, session: SessionId) -> Result<bool, Arc<sqlx::Error>> {
        let active = self.active.try_get_with(session, self.read(session)).await?;
        // Last, because a query that began before the end may say otherwise.
        Ok(active && !self.revoked.contains_key(&session))
    }

    /// News from now on. A socket subscribes first and checks its session then, so that no end
    /// falls between the two.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<RevocationSignal> {
        self.signals.subscribe()
    }

    /// Listens to the database until `shutdown`, on one connection of the pool. After every
    /// loss of the connection it tries again, forgets what it knew and signals
    /// [`RevocationSignal::RecheckAll`].
    pub async fn listen(&self, shutdown: CancellationToken) {
        let mut backoff = BACKOFF_MIN;
        let lives = async {
            loop {
                if let Err(error) = self.listen_once(&mut backoff).await {
                    tracing::warn!(%error, "the listener for ended sessions lost its connection");
                }
                sleep(backoff).await;
                backoff = (backoff * 2).min(BACKOFF_MAX);
            }
        };
        shutdown.run_until_cancelled(lives).await;
    }

    async fn listen_once(&self, backoff: &mut Duration) -> Result<(), sqlx::Error> {
        let mut listener = PgListener::connect_with(&self.pool).await?;
        // Otherwise it would connect again behind our back, and news would be missed unnoticed.
        listener.eager_reconnect(false);
        listener.listen(CHANNEL).await?;
        *backoff = BACKOFF_MIN;
        self.recheck_all();
        loop {
            match timeout(HEARTBEAT, listener.try_recv()).await {
                Ok(Ok(Some(news))) => self.heard(news.payload()),
                Ok(Ok(None)) => return Ok(()),
                Ok(Err(error)) => return Err(error),
                // A connection whose other end is gone can stay silent for ever.
                Err(_) => timeout(HEARTBEAT, sqlx::query("SELECT 1").execute(&mut listener))
                    .await
                    .map_err(|_| sqlx::Error::PoolTimedOut)
                    .and_then(|alive| alive.map(drop))?,
            }
        }
    }

    fn heard(&self, payload: &str) {
        match Uuid::try_parse(payload) {
            Ok(id) => {
                self.revoked.insert(SessionId(id), ());
                self.signal(RevocationSignal::Revoked(SessionId(id)));
            }
            Err(_) => self.recheck_all(),
        }
    }

    fn recheck_all(&self) {
        self.active.invalidate_all();
        self.signal(RevocationSignal::RecheckAll);
    }

    fn signal(&self, signal: RevocationSignal) {
        // An error only says that nobody listens at present.
        let _ = self.signals.send(signal);
    }

    async fn read(&self, session: SessionId) -> Result<bool, sqlx::Error> {
        sqlx::query_scalar(
            "SELECT EXISTS (SELECT FROM auth.sessions
             WHERE session_id = $1 AND revoked_at IS NULL AND expires_at > $2)",
        )
        .bind(session.0)
        .bind(self.clock.now())
        .fetch_one(&self.pool)
        .await
    }
}
