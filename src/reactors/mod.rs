//! Process managers: what happens because something else has happened.

mod room_opener;
mod session_ender;

pub use room_opener::RoomOpener;
pub use session_ender::SessionEnder;
