//! Who talks with whom, what was said, and how far each has read.

mod changed;
mod chat_list;
mod fold;
mod history;
mod page;
mod projection;
mod room;
mod unread;
mod write_edits;
mod write_messages;
mod write_reactions;
mod write_rooms;

pub use changed::{ChangedRoom, rooms_changed_after};
pub use chat_list::{Chat, LastMessage, chat_list};
pub use history::{MessageVersion, message_history, room_history};
pub use page::{Anchor, MESSAGES_MAX, Message, MessagePage, MessageReaction, message_page};
pub use projection::Conversations;
pub use room::{Receipts, Room, room, rooms_ever};
pub use unread::{UNREAD_MAX, unread};
