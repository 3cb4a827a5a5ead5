//! Process managers: what happens because something else has happened.

mod review_reminder;
mod room_opener;

pub use review_reminder::{ReminderError, ReviewReminder};
pub use room_opener::RoomOpener;

/// Every reactor, by the name that keys its checkpoint.
pub const NAMES: &[&str] = &[RoomOpener::NAME];
