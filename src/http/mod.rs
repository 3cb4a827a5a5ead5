//! The HTTP API. `router.rs` is the table of contents; one file per resource.

mod appointments;
pub mod caller;
mod consultations;
mod contacts;
mod cors;
mod doctors;
pub mod error;
mod etag;
mod events;
mod extract;
mod fresh;
mod health;
mod json;
mod medicines;
mod messages;
mod notifications;
mod observe;
mod origin;
mod request_id;
mod rooms;
pub mod router;
mod sessions;
mod users;
mod views;

pub use origin::is_trusted as origin_is_trusted;
pub use request_id::RequestId;
