//! Why a doctor's day refuses.

/// A refusal by a doctor's day. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DoctorDayError {
    /// Another appointment has some of that time.
    #[error("the doctor is not free at that time")]
    Taken,
}

impl DoctorDayError {
    /// The stable code that clients may depend on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Taken => "time_taken",
        }
    }
}
