//! When doctors work.

mod look_up;
mod projection;

pub use look_up::{Schedule, schedule};
pub use projection::Schedules;
