//! The task that turns the growing log into deliveries.

use super::audience::Delivery;
use super::frame::{self, Shown};
use super::outbox::Ending;
use super::{Live, appointment_frame};
use anamnesis_domain::access_grant::AccessGrant;
use anamnesis_domain::account::Account;
use anamnesis_domain::appointment::Appointment;
use anamnesis_domain::chat_room::ChatRoom;
use anamnesis_domain::consultation::Consultation;
use anamnesis_domain::inbox::Inbox;
use anamnesis_domain::{AppointmentId, RoomId};
use anamnesis_projections::log::RecordedEvent;
use cqrs_es::Aggregate;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Events rendered at a time.
const BATCH: usize = 512;
/// Between attempts while the database does not answer.
const PAUSE: Duration = Duration::from_millis(200);
/// How often quiet clients are looked for.
const PING_EVERY: Duration = Duration::from_secs(5);

impl Live {
    /// Delivers every event to the connected clients that may see it, in order, from the
    /// position at which the hub stands, until `stop`. An event is never skipped: while a key
    /// or the log can not be read, delivery waits.
    pub(super) async fn dispatch(self: Arc<Self>, mut position: u64, stop: CancellationToken) {
        let mut head = self.log.head();
        loop {
            while *head.borrow_and_update() > position {
                match self.dispatch_batch(position).await {
                    Ok(reached) => position = reached,
                    Err(error) => {
                        tracing::warn!(%error, "live delivery waits");
                        tokio::select! {
                            () = stop.cancelled() => return,
                            () = tokio::time::sleep(PAUSE) => {}
                        }
                    }
                }
            }
            tokio::select! {
                () = stop.cancelled() => return,
                changed = head.changed() => if changed.is_err() { return },
            }
        }
    }

    async fn dispatch_batch(&self, position: u64) -> Result<u64, super::LiveError> {
        let events = self.log.read_after(position, BATCH).await?;
        let mut deliveries = Vec::with_capacity(events.len());
        for event in &events {
            deliveries.extend(self.render(event, false).await?);
        }
        let reached = events.last().map_or(position, |event| event.position);
        self.hub.deliver(&deliveries, reached);
        Ok(reached)
    }

    /// The event as clients see it; `None` for events that are not shown live. `retracted`: the
    /// words that it carries were taken back since.
    pub(super) async fn render(
        &self,
        recorded: &RecordedEvent,
        retracted: bool,
    ) -> Result<Option<Delivery>, super::LiveError> {
        match &*recorded.stream.aggregate_type {
            ChatRoom::TYPE => self.render_in_room(recorded, retracted).await,
            Appointment::TYPE => self.render_of_appointment(recorded, retracted).await,
            Consultation::TYPE => self.render_consultation(recorded).await,
            Inbox::TYPE => Ok(self.render_inbox(recorded)),
            Account::TYPE => Ok(self.render_account(recorded)),
            AccessGrant::TYPE => Ok(self.render_grant(recorded)),
            _ => Ok(None),
        }
    }

    async fn render_of_appointment(
        &self,
        recorded: &RecordedEvent,
        deleted: bool,
    ) -> Result<Option<Delivery>, super::LiveError> {
        let Ok(appointment_id) = recorded.stream.aggregate_id.parse::<AppointmentId>() else {
            return Ok(None);
        };
        let pair = self.appointments.participants(appointment_id).await?;
        let Some(pair) = pair else { return Ok(None) };
        let shown = appointment_frame::Shown { appointment_id, pair, recorded, deleted };
        Ok(Some(appointment_frame::render(&self.opener, self.log.epoch(), shown).await?))
    }

    async fn render_in_room(
        &self,
        recorded: &RecordedEvent,
        retracted: bool,
    ) -> Result<Option<Delivery>, super::LiveError> {
        let Ok(room_id) = recorded.stream.aggregate_id.parse::<RoomId>() else { return Ok(None) };
        let Some(pair) = self.rooms.participants(room_id).await? else { return Ok(None) };
        let shown = Shown { room_id, pair, recorded, retracted };
        Ok(Some(frame::render(&self.opener, self.log.epoch(), shown).await?))
    }

    /// Looks for quiet clients until `stop`: one task for all of them.
    pub(super) async fn ping(self: Arc<Self>, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => {
                    self.hub.end_all(Ending::Stopping);
                    return;
                }
                () = tokio::time::sleep(PING_EVERY) => {}
            }
            let now_ms = self.clock.now().timestamp_millis();
            let ask = now_ms - self.settings.ask_after_ms;
            self.hub.ping(ask, now_ms - self.settings.silent_max_ms);
        }
    }
}
