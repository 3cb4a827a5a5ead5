//! The projection `audit_desks`.

use super::fold::{Fold, changed};
use super::store;
use crate::log::RecordedEvent;
use crate::projection::{ApplyError, Projection, Table};
use anamnesis_domain::audit_desk::AuditDesk;
use async_trait::async_trait;
use cqrs_es::Aggregate;
use sqlx::PgConnection;
use std::sync::Arc;

/// Folds what officers reviewed, and which searches they keep.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuditDesks;

#[async_trait]
impl Projection for AuditDesks {
    fn name(&self) -> &'static str {
        "audit_desks"
    }

    fn aggregate_types(&self) -> &'static [&'static str] {
        &[AuditDesk::TYPE]
    }

    fn tables(&self) -> &'static [Table] {
        &[
            Table { name: "trail_reviews", key: &["review_id"] },
            Table { name: "saved_searches", key: &["search_id"] },
        ]
    }

    async fn apply(
        &self,
        batch: &[Arc<RecordedEvent>],
        conn: &mut PgConnection,
    ) -> Result<(), ApplyError> {
        let searches = store::load_searches(conn, changed(batch)?).await?;
        let mut fold = Fold { searches, ..Fold::default() };
        for recorded in batch {
            fold.add(recorded)?;
        }
        store::add_reviews(conn, &fold.reviews).await?;
        store::save_searches(conn, &fold.searches).await
    }
}
