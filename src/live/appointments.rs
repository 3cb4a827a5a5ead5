//! Whose appointment is whose: asked of the log itself, as with rooms.

use crate::log::Log;
use anamnesis_domain::appointment::{Appointment, AppointmentEvent};
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::{AppointmentId, Event};
use anamnesis_projections::log::{ReadError, StreamId};
use cqrs_es::Aggregate;
use quick_cache::sync::Cache;
use std::borrow::Cow;
use std::sync::Arc;

/// Appointments whose pair is remembered. A pair never changes.
const REMEMBERED_MAX: usize = 100_000;

/// Facts about appointments.
pub(super) struct Appointments {
    log: Arc<dyn Log>,
    pairs: Cache<AppointmentId, Participants>,
}

impl Appointments {
    pub(super) fn new(log: Arc<dyn Log>) -> Self {
        Self { log, pairs: Cache::new(REMEMBERED_MAX) }
    }

    /// The stream of an appointment.
    pub(super) fn stream(id: AppointmentId) -> StreamId {
        StreamId { aggregate_type: Cow::Borrowed(Appointment::TYPE), aggregate_id: id.to_string() }
    }

    /// The patient and the doctor; `None` if it was never booked. One read for a cold one.
    pub(super) async fn participants(
        &self,
        id: AppointmentId,
    ) -> Result<Option<Participants>, ReadError> {
        if let Some(pair) = self.pairs.get(&id) {
            return Ok(Some(pair));
        }
        let first = self.log.read_stream(&Self::stream(id), 0, 1).await?;
        let Some(Ok(Event::Appointment(AppointmentEvent::AppointmentBooked {
            patient_id,
            doctor_id,
            ..
        }))) = first.first().map(|recorded| recorded.event())
        else {
            return Ok(None);
        };
        let pair = Participants { patient_id: *patient_id, doctor_id: *doctor_id };
        self.pairs.insert(id, pair);
        Ok(Some(pair))
    }
}
