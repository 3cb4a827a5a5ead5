//! The projection `appointments`.

use super::fold::Fold;
use super::write;
use crate::log::RecordedEvent;
use crate::projection::{ApplyError, Projection, Table, content};
use anamnesis_domain::Event;
use anamnesis_domain::appointment::{Appointment, AppointmentEvent};
use async_trait::async_trait;
use cqrs_es::Aggregate;
use sqlx::PgConnection;
use std::sync::Arc;
use uuid::Uuid;

/// Folds the events of appointments.
#[derive(Clone, Copy, Debug, Default)]
pub struct Appointments;

impl Appointments {
    /// Keys its checkpoint.
    pub const NAME: &'static str = "appointments";
}

const TABLES: &[Table] = &[
    Table { name: "appointments", key: &["appointment_id"] },
    Table { name: "appointment_changes", key: &["appointment_id", "sequence"] },
];

#[async_trait]
impl Projection for Appointments {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[Appointment::TYPE]
    }

    fn tables(&self) -> &'static [Table] {
        TABLES
    }

    async fn apply(
        &self,
        batch: &[Arc<RecordedEvent>],
        conn: &mut PgConnection,
    ) -> Result<(), ApplyError> {
        let events = batch.iter().map(|event| read(event)).collect::<Result<Vec<_>, _>>()?;
        let fold = Fold::of(&events);
        write::booked(conn, &fold.booked).await?;
        write::changed(conn, &fold.changed).await?;
        write::changes(conn, &fold.changes).await
    }
}

/// An event with its appointment's id read from the stream's.
pub(super) struct Happened<'e> {
    pub(super) appointment_id: Uuid,
    pub(super) recorded: &'e RecordedEvent,
    pub(super) event: &'e AppointmentEvent,
}

fn read(recorded: &RecordedEvent) -> Result<Happened<'_>, ApplyError> {
    let Event::Appointment(event) = content(recorded)? else {
        return Err(ApplyError::Misfit("not an event of an appointment"));
    };
    let appointment_id = Uuid::parse_str(&recorded.stream.aggregate_id)
        .map_err(|_| ApplyError::Misfit("the stream's id is not an appointment's"))?;
    Ok(Happened { appointment_id, recorded, event })
}
