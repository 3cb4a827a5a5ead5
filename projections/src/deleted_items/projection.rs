//! The projection `deleted_items`.

use super::{fold, store};
use crate::log::RecordedEvent;
use crate::projection::{ApplyError, Projection, TALK, Table};
use anamnesis_domain::account::Account;
use anamnesis_domain::appointment::Appointment;
use anamnesis_domain::chat_room::ChatRoom;
use anamnesis_domain::consultation::Consultation;
use async_trait::async_trait;
use cqrs_es::Aggregate;
use sqlx::PgConnection;
use std::sync::Arc;

/// Folds deletions and restorations, whatever of.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeletedItems;

#[async_trait]
impl Projection for DeletedItems {
    fn name(&self) -> &'static str {
        "deleted_items"
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[Account::TYPE, Appointment::TYPE, ChatRoom::TYPE, Consultation::TYPE]
    }

    fn passes_over(&self) -> &'static [&'static str] {
        TALK
    }

    fn tables(&self) -> &'static [Table] {
        &[
            Table { name: "deleted_items", key: &["kind", "id", "number"] },
            Table { name: "deletable", key: &["kind", "id"] },
        ]
    }

    async fn apply(
        &self,
        batch: &[Arc<RecordedEvent>],
        conn: &mut PgConnection,
    ) -> Result<(), ApplyError> {
        let changes = fold::fold(batch)?;
        store::remember_pairs(conn, &changes.pairs).await?;
        store::save(conn, &changes.items).await
    }
}
