//! What can become of an appointment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What became of an appointment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AppointmentStatus")]
pub enum Status {
    /// It will take place, or nobody said yet that it did.
    #[default]
    Scheduled,
    /// It was called off.
    Cancelled,
    /// It took place.
    Completed,
    /// The patient did not come.
    NoShow,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Scheduled, Self::Cancelled, Self::Completed, Self::NoShow];

    /// The name used in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Cancelled => "cancelled",
            Self::Completed => "completed",
            Self::NoShow => "no_show",
        }
    }
}
