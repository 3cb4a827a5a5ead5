//! What is deleted at present, for those who restore: what it is and whom it concerns, without a
//! word of what it says.

mod fold;
mod list;
mod projection;
mod store;

pub use list::{DeletedItem, DeletedItemFilter, DeletedKind, deleted_items, deletions};
pub use projection::DeletedItems;
