//! The HTTP API. `router.rs` is the table of contents; one file per resource.

mod appointment_changes;
mod appointment_views;
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
mod hours;
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
mod slots;
mod time_of_day;
mod users;
mod views;
mod when;

pub use origin::is_trusted as origin_is_trusted;
pub use request_id::RequestId;
