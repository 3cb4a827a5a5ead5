//! Sealed content as a read model hands it out.

use anamnesis_domain::Sealed;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Sealed content with the event that sealed it: both are needed to open it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedText {
    /// The content, sealed.
    pub sealed: Sealed,
    /// The event in which it was sealed.
    pub event_id: Uuid,
}

impl SealedText {
    /// From two columns that are set or empty together.
    pub(crate) fn from_columns(sealed: Option<String>, event_id: Option<Uuid>) -> Option<Self> {
        Some(Self { sealed: Sealed(sealed?), event_id: event_id? })
    }
}
