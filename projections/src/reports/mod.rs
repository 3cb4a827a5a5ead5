//! Messages that were reported, and what was decided about them: ids, codes and instants, for
//! those who decide.

mod list;
mod projection;

pub use list::{Decided, Report, ReportState, reports};
pub use projection::Reports;
