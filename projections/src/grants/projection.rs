//! The projection `grants`.

use super::{Grant, store};
use crate::log::RecordedEvent;
use crate::projection::{ApplyError, Projection, Table, content};
use crate::sealed_text::SealedText;
use anamnesis_domain::access_grant::{AccessGrant, AccessGrantEvent};
use anamnesis_domain::{Event, GrantId, Sealed};
use async_trait::async_trait;
use cqrs_es::Aggregate;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Folds the events of break-glass grants.
#[derive(Clone, Copy, Debug, Default)]
pub struct Grants;

impl Grants {
    /// Keys its checkpoint.
    pub const NAME: &'static str = "grants";
}

#[async_trait]
impl Projection for Grants {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[AccessGrant::TYPE]
    }

    fn tables(&self) -> &'static [Table] {
        &[Table { name: "grants", key: &["grant_id"] }]
    }

    async fn apply(
        &self,
        batch: &[Arc<RecordedEvent>],
        conn: &mut PgConnection,
    ) -> Result<(), ApplyError> {
        let ids = batch.iter().map(|event| grant_id(event)).collect::<Result<Vec<_>, _>>()?;
        let mut rows = store::load(conn, &ids).await?;
        for (recorded, id) in batch.iter().zip(ids) {
            fold(&mut rows, recorded, id)?;
        }
        store::save(conn, &rows).await
    }
}

fn grant_id(recorded: &RecordedEvent) -> Result<GrantId, ApplyError> {
    let id = recorded.stream.aggregate_id.parse();
    id.map_err(|_| ApplyError::Misfit("the stream's id is not a grant's"))
}

fn fold(
    rows: &mut BTreeMap<GrantId, Grant>,
    recorded: &RecordedEvent,
    grant_id: GrantId,
) -> Result<(), ApplyError> {
    let Event::AccessGrant(event) = content(recorded)? else {
        return Err(ApplyError::Misfit("not an event of a grant"));
    };
    let sealed = |sealed: &Sealed| SealedText { sealed: sealed.clone(), event_id: recorded.event_id };
    if let AccessGrantEvent::AccessGranted { officer_id, patient_id, reason, expires_at } = event {
        let grant = Grant {
            grant_id,
            officer_id: *officer_id,
            patient_id: *patient_id,
            granted_at: recorded.recorded_at,
            granted_position: recorded.position,
            expires_at: *expires_at,
            ended_at: None,
            reviewed_by: None,
            reviewed_at: None,
            verdict: None,
            reason: sealed(reason),
            note: None,
            version: recorded.sequence,
        };
        rows.insert(grant_id, grant);
        return Ok(());
    }
    let row = rows.get_mut(&grant_id).ok_or(ApplyError::Misfit("it was never granted"))?;
    row.version = recorded.sequence;
    match event {
        AccessGrantEvent::AccessGranted { .. } => {}
        AccessGrantEvent::AccessEnded { .. } => row.ended_at = Some(recorded.recorded_at),
        AccessGrantEvent::AccessReviewed { by, verdict, note } => {
            row.reviewed_by = Some(*by);
            row.reviewed_at = Some(recorded.recorded_at);
            row.verdict = Some(*verdict);
            row.note = note.as_ref().map(sealed);
        }
    }
    Ok(())
}
