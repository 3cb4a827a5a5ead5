//! Live clients: what reaches whom, over whichever transport.
//!
//! A client says the last cursor it has and gets everything after it that it may see, in the
//! order of the log, or is told to start anew. There is no time window and no silent gap: the
//! log itself is the buffer. WebSocket, Server-Sent Events, long-poll and plain GET are four
//! ways to carry one [`Subscription`].

mod account_frame;
mod appointment_frame;
mod appointments;
mod audience;
mod consultations;
mod cursor;
mod dispatch;
mod frame;
mod grants;
mod hub;
mod notices;
mod outbox;
mod presence;
mod resume;
mod rooms;
mod signals;
mod subscription;
mod taken_back;

pub use account_frame::AccountHappening;
pub use appointment_frame::AppointmentHappening;
pub use audience::{Audience, Delivery};
pub use consultations::Noted;
pub use cursor::{BadCursor, Cursor};
pub use frame::Happening;
pub use grants::Opened;
pub use hub::{Full, Hub};
pub use notices::Seen;
pub use outbox::{Ending, Item, Outbox};
pub use rooms::Rooms;
pub use signals::Signal;
pub use subscription::{Start, Subscription};

use crate::clock::Clock;
use crate::disclosure::FeedOpener;
use crate::log::Log;
use crate::sealing::OpenError;
use anamnesis_projections::Runner;
use anamnesis_projections::log::ReadError;
use sqlx::PgPool;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// Bounds of the live clients.
#[derive(Clone, Copy, Debug)]
pub struct LiveSettings {
    /// Clients connected to this process.
    pub connected_max: usize,
    /// Clients of one account connected to this process.
    pub per_account_max: usize,
    /// Bytes waiting for one client; one more ends its subscription, to be resumed.
    pub outbox_bytes_max: usize,
    /// A client that was quiet for so long is asked whether it is there.
    pub ask_after_ms: i64,
    /// A client that was quiet for so long is given up.
    pub silent_max_ms: i64,
}

impl Default for LiveSettings {
    fn default() -> Self {
        Self {
            connected_max: 20_000,
            per_account_max: 16,
            outbox_bytes_max: 256 << 10,
            ask_after_ms: 20_000,
            silent_max_ms: 60_000,
        }
    }
}

/// A live client could not be served.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// The log could not be read.
    #[error(transparent)]
    Log(#[from] ReadError),
    /// A key could not be had.
    #[error(transparent)]
    Seal(#[from] OpenError),
    /// A read model could not be read.
    #[error("a read model can not be read")]
    ReadModel(#[from] sqlx::Error),
    /// The read models are too far behind the log.
    #[error("the read models lag behind")]
    Lagging,
    /// No place for another client.
    #[error(transparent)]
    Full(#[from] Full),
}

/// Everything about live clients in this process.
pub struct Live {
    log: Arc<dyn Log>,
    pool: PgPool,
    opener: FeedOpener,
    runner: Arc<Runner>,
    rooms: Rooms,
    appointments: appointments::Appointments,
    hub: Arc<Hub>,
    signals: signals::Signals,
    clock: Clock,
    settings: LiveSettings,
    /// Names this process among those that share the database.
    process_id: Uuid,
}

/// What [`Live`] stands on.
#[expect(missing_docs, reason = "each is documented where it comes from")]
pub struct Foundations {
    pub log: Arc<dyn Log>,
    pub pool: PgPool,
    pub opener: FeedOpener,
    pub runner: Arc<Runner>,
    pub clock: Clock,
}

impl Live {
    /// Starts delivering. With `stop` every client is said goodbye to; the tasks end with `halt`.
    #[must_use]
    pub fn start(
        on: Foundations,
        settings: LiveSettings,
        tasks: &TaskTracker,
        stop: &CancellationToken,
        halt: &CancellationToken,
    ) -> Arc<Self> {
        let head = *on.log.head().borrow();
        let hub = Arc::new(Hub::new(head, &settings));
        let live = Arc::new(Self {
            rooms: Rooms::new(Arc::clone(&on.log)),
            appointments: appointments::Appointments::new(Arc::clone(&on.log)),
            signals: signals::Signals::start(on.pool.clone(), tasks, halt.clone()),
            log: on.log,
            pool: on.pool,
            opener: on.opener,
            runner: on.runner,
            hub,
            clock: on.clock,
            settings,
            process_id: Uuid::now_v7(),
        });
        tasks.spawn(Arc::clone(&live).dispatch(head, halt.clone()));
        tasks.spawn(Arc::clone(&live).ping(stop.clone()));
        tasks.spawn(Arc::clone(&live).hear(halt.clone()));
        tasks.spawn(Arc::clone(&live).stay_present(halt.clone()));
        live
    }

    /// Who is connected.
    #[must_use]
    pub fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// Whose room is whose.
    #[must_use]
    pub fn rooms(&self) -> &Rooms {
        &self.rooms
    }
}
