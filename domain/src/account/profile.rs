//! What an account says of its person. All of it is sealed under the account's own key.

use crate::Sealed;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who a person is and what they sign in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// As typed at registration, without surrounding space.
    pub username: Sealed,
    /// E-mail address.
    pub email: Sealed,
    /// The name that others see.
    pub name: Sealed,
}

/// The parts of a profile that change; what is absent stays as it is, and an empty text
/// clears.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileChange {
    /// The name that others see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Sealed>,
    /// A few words about the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bio: Option<Sealed>,
    /// A reference to a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Sealed>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Sealed>,
}

impl ProfileChange {
    /// Whether nothing would change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a doctor takes patients at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// Can be reached.
    #[default]
    Available,
    /// On duty, occupied.
    Busy,
    /// Not on duty.
    OffDuty,
}

impl Availability {
    /// The name used in events and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Busy => "busy",
            Self::OffDuty => "off_duty",
        }
    }
}
