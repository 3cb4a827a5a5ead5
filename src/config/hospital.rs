use serde::{Deserialize, Serialize};

use super::ConfigError;
use schemars::JsonSchema;

/// The longest name or number, in bytes.
const BYTES_MAX: usize = 200;

/// What patients are told of the hospital itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Hospital {
    /// What it is called.
    pub name: Option<String>,
    /// The number to call.
    pub phone: Option<String>,
    /// The number to call when it can not wait.
    pub emergency_phone: Option<String>,
}

impl Hospital {
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        for (key, value) in [
            ("hospital.name", &self.name),
            ("hospital.phone", &self.phone),
            ("hospital.emergency_phone", &self.emergency_phone),
        ] {
            let fits = |text: &String| !text.trim().is_empty() && text.len() <= BYTES_MAX;
            if !value.as_ref().is_none_or(fits) {
                return Err(ConfigError::invalid(key, "must be a text of at most 200 bytes"));
            }
        }
        Ok(())
    }
}
