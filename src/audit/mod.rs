//! The audit trail as people read it: lines in words, and who looked at it.

mod changes;
mod lines;
mod search_cursor;
mod sentence;
pub mod words;

pub use lines::{Line, LineError, lines, tell};
pub use search_cursor::SearchCursor;
pub use sentence::Sentence;
