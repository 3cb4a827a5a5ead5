//! Process managers: what happens because something else has happened.

mod room_opener;

pub use room_opener::RoomOpener;

/// Every reactor, by the name that keys its checkpoint.
pub const NAMES: &[&str] = &[RoomOpener::NAME];
