//! What the patient asked to have corrected.

use super::ConsultationError as Error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The most requests of one consultation that wait for an answer.
pub const CORRECTIONS_WAITING_MAX: usize = 20;

/// Which requests there are, never what they say. They are numbered from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Corrections {
    asked: u32,
    waiting: BTreeSet<u32>,
}

impl Corrections {
    /// The number of the next request.
    pub(super) fn next(&self) -> Result<u32, Error> {
        if self.waiting.len() >= CORRECTIONS_WAITING_MAX {
            return Err(Error::TooManyCorrections);
        }
        Ok(self.asked + 1)
    }

    /// The request is there and waits for its answer.
    pub(super) fn require_waiting(&self, number: u32) -> Result<(), Error> {
        if self.waiting.contains(&number) {
            return Ok(());
        }
        let is_known = (1..=self.asked).contains(&number);
        Err(if is_known { Error::CorrectionAnswered } else { Error::CorrectionNotFound })
    }

    pub(super) fn note_request(&mut self, number: u32) {
        self.asked = number;
        self.waiting.insert(number);
    }

    pub(super) fn note_answer(&mut self, number: u32) {
        self.waiting.remove(&number);
    }
}
