//! Process managers: what happens because something else has happened.

mod key_recorder;
mod review_reminder;
mod room_opener;
mod session_ender;
mod session_recorder;

pub use key_recorder::KeyRecorder;
pub use review_reminder::{ReminderError, ReviewReminder};
pub use room_opener::RoomOpener;
pub use session_ender::SessionEnder;
pub use session_recorder::{RecorderError, SessionRecorder};

/// Every reactor that reads the log, by the name that keys its checkpoint.
pub const NAMES: &[&str] = &[RoomOpener::NAME, SessionEnder::NAME];
