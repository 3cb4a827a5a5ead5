//! What somebody is told because something happened.
//!
//! A notice is made of exactly one event of the log and is known by its position, so none is
//! lost and none comes twice, whatever crashes and however often a read model is built.

mod fold;
mod list;
mod projection;

pub use list::{Notice, notices, seen_through, unread};
pub use projection::{ADMINISTRATORS, Notices, UNREAD_MAX};
