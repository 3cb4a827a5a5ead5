//! The port to the seals: what a projection needs to read sealed content.

use anamnesis_domain::Sealed;
use async_trait::async_trait;
use uuid::Uuid;

/// Sealed content and where it stands, which is part of what the seal binds.
#[derive(Clone, Copy, Debug)]
pub struct SealedRef<'a> {
    /// The event that carries it.
    pub event_id: Uuid,
    /// The stream's aggregate type.
    pub aggregate_type: &'a str,
    /// The stream's aggregate id.
    pub aggregate_id: &'a str,
    /// The field of the event.
    pub field: &'static str,
    /// The content.
    pub sealed: &'a Sealed,
}

/// What was under the seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The text.
    Text(String),
    /// Nothing any more: its key was destroyed.
    Erased,
}

/// Content could not be opened, though it was not erased.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The keys could not be reached; later it may succeed.
    #[error("the keys could not be read")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The seal does not fit: the content or its place was changed. It will never succeed.
    #[error("a seal does not fit its event")]
    Broken,
}

/// Opens seals. Implemented by the server, which holds the keys.
#[async_trait]
pub trait Opener: Send + Sync + 'static {
    /// Opens all, in the order given: one answer per item. At most a few thousand items.
    async fn open_many(&self, items: &[SealedRef<'_>]) -> Result<Vec<Opened>, OpenError>;
}
