//! The audit trail: a line for every event, and the search in it.
//!
//! Every search reads a stretch of one index. Where several things are asked for, the rarest of
//! them leads, and the others are looked at along its stretch, which is bounded: see [`search()`].

mod about;
mod action;
mod fold;
mod instants;
mod leading;
mod line;
mod projection;
mod readers;
mod search;
mod store;
mod timeline;

pub use action::{Outcome, code as action_code, is_action};
pub use instants::positions_in;
pub use line::{TrailKind, TrailLine};
pub use projection::Trail;
pub use readers::{Reader, Readers, patient_of, readers};
pub use search::{SCAN_MAX, Stretch, TrailFilter, TrailPage, search};
pub use store::owners_of;
pub use timeline::{is_known, timeline};
