//! The audit trail: a line for every event, and the search in it.
//!
//! Every search reads stretches of one index, in which each line stands under all that it can
//! be found by. Where several things are asked for, the rarest of them leads, and the others are
//! looked at along its stretch, which is bounded: see [`search()`].

mod about;
mod action;
mod fold;
mod key;
mod line;
mod projection;
mod search;
mod store;
mod timeline;

pub use action::{Outcome, code as action_code, is_action};
pub use line::{TrailKind, TrailLine};
pub use projection::Trail;
pub use search::{SCAN_MAX, Stretch, TrailFilter, TrailPage, positions_in, search};
pub use timeline::{is_known, timeline};
