//! Prescriptions, in clear: as the doctor writes them, and as they are sealed.

use crate::commands::error::Invalid;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The longest text of a prescription, in bytes of UTF-8.
const TEXT_BYTES_MAX: usize = 500;
/// The longest instructions, in bytes of UTF-8.
const INSTRUCTIONS_BYTES_MAX: usize = 2 << 10;
/// The longest time that something is taken.
const DAYS_MAX: u32 = 3_650;

/// A prescription as its doctor writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PrescriptionEntry")]
pub struct Prescribing {
    /// Which one of the list before it is, or an id that the client made; without it, it is new.
    pub id: Option<Uuid>,
    /// What is taken.
    #[serde(default)]
    #[schemars(example = &"Amoxicillin")]
    pub drug: String,
    /// How much of it.
    #[serde(default)]
    #[schemars(example = &"500 mg")]
    pub dose: String,
    /// Which way, such as by mouth.
    pub route: Option<String>,
    /// How often.
    pub frequency: Option<String>,
    /// How many days after the one on which it was written.
    pub duration_days: Option<u32>,
    /// What else there is to know.
    pub instructions: Option<String>,
}

/// A prescription as it is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Prescribing`")]
pub struct Prescribed {
    pub drug: String,
    pub dose: String,
    pub route: Option<String>,
    pub frequency: Option<String>,
    pub duration_days: Option<u32>,
    pub instructions: Option<String>,
    /// The day on which it was written first, where the appointment was.
    pub prescribed_on: NaiveDate,
}

impl Prescribing {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        if self.drug.trim().is_empty() {
            return Err(Invalid {
                code: "prescription_without_drug",
                message: "a prescription names a drug",
            });
        }
        if self.dose.trim().is_empty() {
            return Err(Invalid {
                code: "prescription_without_dose",
                message: "a prescription names a dose",
            });
        }
        let short =
            [Some(&self.drug), Some(&self.dose), self.route.as_ref(), self.frequency.as_ref()];
        let fits = short.into_iter().flatten().all(|text| text.len() <= TEXT_BYTES_MAX);
        let instructions = self.instructions.as_ref().map_or(0, String::len);
        if !fits || instructions > INSTRUCTIONS_BYTES_MAX {
            return Err(Invalid {
                code: "prescription_too_long",
                message: "a prescription's texts have at most 500 bytes each, its instructions 2 KiB",
            });
        }
        if self.duration_days.is_some_and(|days| !(1..=DAYS_MAX).contains(&days)) {
            return Err(Invalid {
                code: "prescription_bad_duration",
                message: "something is taken for 1 to 3,650 days",
            });
        }
        Ok(())
    }

    /// As it is sealed; an empty text is none.
    pub(super) fn prescribed(&self, prescribed_on: NaiveDate) -> Prescribed {
        let trimmed = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        Prescribed {
            drug: self.drug.trim().to_owned(),
            dose: self.dose.trim().to_owned(),
            route: trimmed(&self.route),
            frequency: trimmed(&self.frequency),
            duration_days: self.duration_days,
            instructions: trimmed(&self.instructions),
            prescribed_on,
        }
    }
}

impl Prescribed {
    /// The last day of it: the day on which it was written does not count, as much of it may be
    /// over.
    pub(super) fn ends_on(&self) -> Option<NaiveDate> {
        let days = chrono::Days::new(u64::from(self.duration_days?));
        self.prescribed_on.checked_add_days(days)
    }
}
