//! The trail as FHIR R4 `AuditEvent`s, after the patterns of IHE's Basic Audit Log Patterns
//! (BALP): see `docs/adr/0026`. Nothing here opens sealed content.

mod audit_event;
mod capability;
mod dates;
mod find;
mod kinds;
mod outcome;
mod search;
pub mod types;

pub use audit_event::{Recorder, audit_event};
pub use capability::capability_statement;
pub use find::find;
pub use kinds::{Interaction, Kind, TABLE, kind};
pub use outcome::operation_outcome;
pub use search::{Search, SearchError};
pub use types::{AuditEvent, Bundle, Link, searchset};

/// The media type of every answer.
pub const MEDIA_TYPE: &str = "application/fhir+json";
/// Where the API begins.
pub const BASE: &str = "/fhir/R4";
