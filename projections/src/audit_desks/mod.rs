//! What compliance officers have reviewed of the trail, and the searches that they keep.

mod fold;
mod list;
mod projection;
mod store;

pub use list::{SavedSearch, TrailReview, saved_searches, trail_reviews};
pub use projection::AuditDesks;
