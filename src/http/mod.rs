//! The HTTP API. `router.rs` is the table of contents; one file per resource.

mod accounts;
mod appointments;
pub mod caller;
mod deleted_items;
mod directory;
mod doctors;
pub mod error;
mod etag;
mod events;
mod extract;
mod fresh;
mod health;
mod json;
mod messages;
mod observe;
mod origin;
mod own_account;
mod pictures;
mod reasons;
mod request_id;
mod rooms;
pub mod router;
mod sessions;
mod users;
mod views;

pub use origin::is_trusted as origin_is_trusted;
pub use request_id::RequestId;
