//! The projection `consultations`.

use super::fold::Fold;
use super::{corrections, store, store_parts};
use crate::log::RecordedEvent;
use crate::projection::{ApplyError, Projection, Table, content};
use anamnesis_domain::consultation::{Consultation, ConsultationEvent};
use anamnesis_domain::{ConsultationId, Event};
use async_trait::async_trait;
use cqrs_es::Aggregate;
use sqlx::PgConnection;
use std::sync::Arc;

/// Folds the events of consultations. What is sealed stays so.
#[derive(Clone, Copy, Debug, Default)]
pub struct Consultations;

impl Consultations {
    /// Keys its checkpoint.
    pub const NAME: &'static str = "consultations";
}

const TABLES: &[Table] = &[
    Table { name: "consultations", key: &["consultation_id"] },
    Table { name: "consultation_versions", key: &["consultation_id", "version"] },
    Table { name: "corrections", key: &["consultation_id", "number"] },
    Table { name: "prescriptions", key: &["consultation_id", "prescription_id"] },
];

#[async_trait]
impl Projection for Consultations {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[Consultation::TYPE]
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
        let ids = events.iter().map(|(id, ..)| id.0).collect();
        let mut fold = Fold { rows: store::load(conn, ids).await?, ..Fold::default() };
        for (id, recorded, event) in events {
            fold.apply(id, recorded, event)?;
        }
        store::save(conn, &fold).await?;
        store_parts::insert_versions(conn, &fold).await?;
        corrections::insert_requested(conn, &fold).await?;
        corrections::update_answered(conn, &fold).await?;
        store_parts::replace_prescriptions(conn, &fold).await
    }
}

type Read<'e> = (ConsultationId, &'e RecordedEvent, &'e ConsultationEvent);

fn read(recorded: &RecordedEvent) -> Result<Read<'_>, ApplyError> {
    let Event::Consultation(event) = content(recorded)? else {
        return Err(ApplyError::Misfit("not an event of a consultation"));
    };
    let id = recorded.stream.aggregate_id.parse();
    let id = id.map_err(|_| ApplyError::Misfit("the stream's id is not a consultation's"))?;
    Ok((id, recorded, event))
}
