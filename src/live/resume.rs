//! What a returning client has missed.

use super::appointments::Appointments as AppointmentFacts;
use super::audience::{Audience, Delivery};
use super::rooms::Rooms;
use super::taken_back::TakenBack;
use super::{Live, LiveError, account_frame, consultations, grants, notices};
use crate::policy::Actor;
use anamnesis_projections::accounts::{Accounts, accounts_changed_after};
use anamnesis_projections::appointments::{Appointments, appointments_changed_after};
use anamnesis_projections::checkpoint;
use anamnesis_projections::consultations::{Consultations, consultations_changed_after};
use anamnesis_projections::conversations::{Conversations, rooms_changed_after};
use anamnesis_projections::grants::{Grants, grants_of_patient_after};
use anamnesis_projections::log::{RecordedEvent, StreamId};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// A client that has missed more rooms, appointments, consultations, grants or accounts (of
/// each), or more events or bytes of frames than this starts anew.
const CHANGED_MAX: u32 = 200;
const EVENTS_MAX: usize = 2_000;
const BYTES_MAX: usize = 4 << 20;
/// Events of one stream read at a time, backwards from the end.
const PAGE: usize = 128;
/// The read models that know what has changed: for patients and doctors, and for administrators.
const OF_CARE: &[&str] =
    &[Conversations::NAME, Appointments::NAME, Consultations::NAME, Grants::NAME];
const OF_ACCOUNTS: &[&str] = &[Accounts::NAME];
/// How long to wait for them.
const READ_MODEL_MAX: Duration = Duration::from_secs(5);
/// How often they are asked how far they have come.
const LOOK: Duration = Duration::from_millis(10);

/// What was missed.
pub(super) enum Missed {
    /// All of it, in order.
    All(Vec<Delivery>),
    /// More than is worth sending one by one.
    TooMuch,
}

impl Live {
    /// What the actor may see of the events in `(after, through]`. The cost depends on how
    /// much was missed, not on the length of the log or of a room.
    pub(super) async fn missed(
        &self,
        actor: &Actor,
        after: u64,
        through: u64,
    ) -> Result<Missed, LiveError> {
        if after >= through {
            return Ok(Missed::All(Vec::new()));
        }
        let streams = self.changed_streams(actor, after, through);
        let streams = timeout(READ_MODEL_MAX, streams).await.map_err(|_| LiveError::Lagging)??;
        let Some(streams) = streams else { return Ok(Missed::TooMuch) };
        let mut events = Vec::new();
        for stream in streams {
            let left = EVENTS_MAX - events.len();
            match self.missed_in_stream(&stream, after, through, left).await? {
                Some(missed) => events.extend(missed),
                None => return Ok(Missed::TooMuch),
            }
        }
        events.sort_unstable_by_key(|missed| missed.event.position);
        let mut deliveries = Vec::with_capacity(events.len());
        let mut bytes = 0;
        for MissedEvent { event, retracted } in &events {
            let delivery = self.render(event, *retracted).await?;
            let delivery = delivery.filter(|one| one.audience.includes(actor));
            bytes += delivery.as_ref().map_or(0, |delivery| delivery.text.len());
            if bytes > BYTES_MAX {
                return Ok(Missed::TooMuch);
            }
            deliveries.extend(delivery);
        }
        Ok(Missed::All(deliveries))
    }

    /// Waits until the read models of what is followed show everything up to `position`.
    pub(super) async fn require_shown(
        &self,
        actor: &Actor,
        position: u64,
    ) -> Result<(), LiveError> {
        if self.runner.wait_until_named(followed(actor), position, READ_MODEL_MAX).await {
            Ok(())
        } else {
            Err(LiveError::Lagging)
        }
    }

    /// The streams in which anything happened in `(after, through]`, and perhaps later; `None`
    /// when there are too many.
    ///
    /// That the read models have come so far is asked of the database, after what they say: a
    /// crash of the database may have taken back what their workers still believe to be done.
    async fn changed_streams(
        &self,
        actor: &Actor,
        after: u64,
        through: u64,
    ) -> Result<Option<Vec<StreamId>>, LiveError> {
        loop {
            self.require_shown(actor, through).await?;
            let changed = if Audience::Administrators.includes(actor) {
                self.changed_accounts(after).await?
            } else {
                self.changed_care(actor, after).await?
            };
            if self.have_stored(actor, through).await? {
                let inbox = notices::stream(actor.account_id);
                return Ok(changed.map(|mut streams| {
                    streams.push(inbox);
                    streams
                }));
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// The rooms, appointments and consultations of a patient or a doctor, and the grants for a
    /// patient's record.
    async fn changed_care(
        &self,
        actor: &Actor,
        after: u64,
    ) -> Result<Option<Vec<StreamId>>, LiveError> {
        let (pool, account_id, most) = (&self.pool, actor.account_id, CHANGED_MAX + 1);
        let rooms = rooms_changed_after(pool, account_id, after, most).await?;
        let appointments = appointments_changed_after(pool, account_id, after, most).await?;
        let consultations = consultations_changed_after(pool, account_id, after, most).await?;
        let grants = grants_of_patient_after(pool, account_id, after, most).await?;
        let counts = [rooms.len(), appointments.len(), consultations.len(), grants.len()];
        if counts.into_iter().any(|count| count > CHANGED_MAX as usize) {
            return Ok(None);
        }
        let rooms = rooms.iter().map(|room| Rooms::stream(room.room_id));
        let appointments = appointments.into_iter().map(AppointmentFacts::stream);
        let consultations =
            consultations.iter().map(|one| consultations::stream(one.consultation_id));
        let grants = grants.into_iter().map(grants::stream);
        Ok(Some(rooms.chain(appointments).chain(consultations).chain(grants).collect()))
    }

    async fn changed_accounts(&self, after: u64) -> Result<Option<Vec<StreamId>>, LiveError> {
        let accounts = accounts_changed_after(&self.pool, after, CHANGED_MAX + 1).await?;
        if accounts.len() > CHANGED_MAX as usize {
            return Ok(None);
        }
        Ok(Some(accounts.into_iter().map(account_frame::stream).collect()))
    }

    async fn have_stored(&self, actor: &Actor, position: u64) -> Result<bool, LiveError> {
        for name in followed(actor) {
            let stored = checkpoint::load(&self.pool, name).await?;
            if stored.is_none_or(|stored| stored.position < position) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// `None` when there are more than `limit`. Read from the end, so that it is known of each
    /// event whether its words were taken back later.
    async fn missed_in_stream(
        &self,
        stream: &StreamId,
        after: u64,
        through: u64,
        limit: usize,
    ) -> Result<Option<Vec<MissedEvent>>, LiveError> {
        let mut missed = Vec::new();
        let mut taken_back = TakenBack::default();
        let mut before = u64::MAX;
        loop {
            let page = self.log.read_stream_back(stream, before, PAGE).await?;
            let Some(oldest) = page.last() else { return Ok(Some(missed)) };
            before = oldest.sequence;
            let reached = oldest.position <= after || page.len() < PAGE;
            for event in page {
                let retracted = taken_back.look_back(&event);
                if event.position > after && event.position <= through {
                    missed.push(MissedEvent { event, retracted });
                }
            }
            if missed.len() > limit {
                return Ok(None);
            }
            if reached {
                return Ok(Some(missed));
            }
        }
    }
}

/// The read models of what the actor follows.
fn followed(actor: &Actor) -> &'static [&'static str] {
    if Audience::Administrators.includes(actor) { OF_ACCOUNTS } else { OF_CARE }
}

struct MissedEvent {
    event: Arc<RecordedEvent>,
    /// The words that it carries were taken back since.
    retracted: bool,
}
