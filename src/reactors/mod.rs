//! Process managers: what happens because something else has happened.

mod room_opener;

pub use room_opener::RoomOpener;
