//! The table and `target/bench/report.json`.

use crate::Outcome;
use serde::Serialize;
use std::fmt;
use std::path::Path;

/// What a row has to reach.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    RatioAtLeast(f64),
    RatioAtMost(f64),
    OursAtLeast(f64),
    OursAtMost(f64),
    OursAndRatioAtMost(f64, f64),
}

impl Goal {
    fn is_met(self, ours: f64, ratio: f64) -> bool {
        match self {
            Self::RatioAtLeast(least) => ratio >= least,
            Self::RatioAtMost(most) => ratio <= most,
            Self::OursAtLeast(least) => ours >= least,
            Self::OursAtMost(most) => ours <= most,
            Self::OursAndRatioAtMost(most, ratio_most) => ours <= most && ratio <= ratio_most,
        }
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RatioAtLeast(least) => write!(f, "ratio >= {least}"),
            Self::RatioAtMost(most) => write!(f, "ratio <= {most}"),
            Self::OursAtLeast(least) => write!(f, "ours >= {least}"),
            Self::OursAtMost(most) => write!(f, "ours <= {most}"),
            Self::OursAndRatioAtMost(most, ratio) => write!(f, "ours <= {most}, ratio <= {ratio}"),
        }
    }
}

/// One measured row.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    name: &'static str,
    ours: f64,
    limit: f64,
    /// Ours by the limit.
    ratio: f64,
    goal: String,
    unit: &'static str,
    met: bool,
    /// Against what, and what else was seen.
    note: String,
}

impl Row {
    pub(crate) fn new(
        name: &'static str,
        unit: &'static str,
        (ours, limit): (f64, f64),
        goal: Goal,
        note: String,
    ) -> Self {
        let ratio = ours / limit;
        let met = goal.is_met(ours, ratio);
        Self { name, ours, limit, ratio, goal: goal.to_string(), unit, met, note }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, ours, limit, ratio, goal, unit, note, .. } = self;
        let met = if self.met { "met" } else { "NOT MET" };
        write!(
            f,
            "{name:<20} {ours:>10.1} {limit:>10.1} {unit:<13} {ratio:>6.2}  {goal:<16} {met:<8} {note}"
        )
    }
}

/// Prints all rows together and writes them as JSON.
pub(crate) fn write(rows: &[Row]) -> Outcome<()> {
    let columns = ("row", "ours", "limit", "unit", "ratio", "goal");
    let (name, ours, limit, unit, ratio, goal) = columns;
    println!("\n{name:<20} {ours:>10} {limit:>10} {unit:<13} {ratio:>6}  {goal}");
    for row in rows {
        println!("{row}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("report.json");
    std::fs::write(&file, serde_json::to_string_pretty(rows)?)?;
    println!("\nwritten to {}", file.display());
    Ok(())
}
