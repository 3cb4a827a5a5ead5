//! Opens the chat room of a patient and a doctor at their first booking.

use crate::commands::{Command, Context, ExecuteError, Executor};
use anamnesis_domain::appointment::{Appointment, AppointmentEvent};
use anamnesis_domain::chat_room::ChatRoomCommand;
use anamnesis_domain::{Event, RoomId};
use anamnesis_projections::log::{Metadata, RecordedEvent};
use anamnesis_projections::{Reactor, ReactorError};
use async_trait::async_trait;
use cqrs_es::Aggregate;
use std::sync::Arc;

/// Rooms that are being opened at a time.
const AT_ONCE: usize = 64;

/// See the module.
pub struct RoomOpener {
    executor: Arc<Executor>,
}

impl RoomOpener {
    /// Keys its checkpoint.
    pub const NAME: &'static str = "room_opener";

    /// Opens rooms through this executor.
    #[must_use]
    pub fn new(executor: Arc<Executor>) -> Self {
        Self { executor }
    }
}

#[async_trait]
impl Reactor for RoomOpener {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[Appointment::TYPE]
    }

    /// Rooms do not depend on each other. One by one, each would wait for a commit of its own.
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    /// Opening an open room changes nothing, so an event that comes twice does no harm.
    async fn react(&self, event: &RecordedEvent) -> Result<(), ReactorError> {
        let content = event.event().map_err(|error| ReactorError::Refused(error.to_string()))?;
        let Event::Appointment(AppointmentEvent::AppointmentBooked {
            patient_id, doctor_id, ..
        }) = *content
        else {
            return Ok(());
        };
        let cause = event.metadata().unwrap_or_default();
        let context = Context::new(Metadata {
            request_id: cause.request_id,
            correlation_id: cause.correlation_id,
            causation_id: Some(event.event_id),
            ..Metadata::default()
        });
        let room = RoomId::of_pair(patient_id, doctor_id);
        let open = ChatRoomCommand::OpenRoom { patient_id, doctor_id };
        match self.executor.execute(&context, vec![Command::ChatRoom(room, open)]).await {
            Ok(_) => Ok(()),
            Err(ExecuteError::Refused(refusal)) => {
                Err(ReactorError::Refused(refusal.code().to_owned()))
            }
            Err(error) => Err(ReactorError::Transient(error.to_string())),
        }
    }
}
