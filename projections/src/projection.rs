//! What a projection is.

use crate::log::RecordedEvent;
use crate::observe;
use crate::opener::OpenError;
use anamnesis_domain::{DecodeError, Event};
use async_trait::async_trait;
use sqlx::PgConnection;
use std::sync::Arc;

/// What people do in conversations all the time, for those who keep nothing of it.
pub(crate) const TALK: &[&str] = &["MessagePosted", "MessagesDelivered", "MessagesRead"];

/// A table that a projection owns.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name, without the schema.
    pub name: &'static str,
    /// The columns of its primary key, at least one. They name rows in reports, so they never hold content.
    pub key: &'static [&'static str],
}

/// Folds events into the tables it owns. Nothing else writes them, and no clock or chance has
/// a part in it: the same events always give the same rows.
///
/// The SQL of [`apply`](Projection::apply) names the owned tables without a schema. The
/// connection's `search_path` says which ones are meant: `read` for the live tables,
/// `rebuild_<name>` while they are built anew, so that both run the very same statements.
#[async_trait]
pub trait Projection: Send + Sync + 'static {
    /// Keys its checkpoint, so it never changes. There is a schema `rebuild_<name>`.
    fn name(&self) -> &'static str;

    /// The aggregates whose events it reads; it is given no others.
    fn aggregate_types(&self) -> &'static [&'static str];

    /// Types of events of these aggregates that it keeps nothing of, and that there are many of:
    /// taking a batch of them in would be a transaction for nothing. A build is given them all
    /// the same.
    fn passes_over(&self) -> &'static [&'static str] {
        &[]
    }

    /// The tables it owns.
    fn tables(&self) -> &'static [Table];

    /// Whether whoever writes something is kept waiting until this shows it. Not where nobody
    /// looks for what they have just written themselves.
    fn is_awaited(&self) -> bool {
        true
    }

    /// Applies events (at least one) in their order, in the transaction that `conn` is in.
    /// However many there are, the number of statements is small and fixed. Rows are found by
    /// their tables' keys: a build has no other index until its end.
    async fn apply(
        &self,
        batch: &[Arc<RecordedEvent>],
        conn: &mut PgConnection,
    ) -> Result<(), ApplyError>;
}

/// A batch was not applied; its transaction is rolled back.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// An event that this version of the server can not read.
    #[error("{0}")]
    Unreadable(String),
    /// The event does not fit what came before it.
    #[error("{0}")]
    Misfit(&'static str),
    /// Sealed content could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed or refused.
    #[error("{}", observe::describe(.0))]
    Database(#[from] sqlx::Error),
}

impl From<&DecodeError> for ApplyError {
    fn from(error: &DecodeError) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl ApplyError {
    /// Whether the same batch may succeed later without anybody's doing.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreadable(_) | Self::Misfit(_) | Self::Open(OpenError::Broken) => false,
            Self::Open(OpenError::Unavailable(_)) => true,
            Self::Database(error) => observe::is_transient(error),
        }
    }
}

/// The event's content, or why the batch can not be applied.
pub(crate) fn content(event: &RecordedEvent) -> Result<&Event, ApplyError> {
    event.event().map_err(ApplyError::from)
}

#[cfg(test)]
mod tests {
    use super::TALK;
    use anamnesis_domain::Event;

    #[test]
    fn what_is_passed_over_are_types_of_events() {
        let types: Vec<_> = Event::TYPES.iter().copied().flatten().map(|(name, _)| *name).collect();
        assert!(TALK.iter().all(|name| types.contains(name)));
    }
}
