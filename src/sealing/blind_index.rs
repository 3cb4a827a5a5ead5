//! Recognising a text without keeping it.

use super::period::Period;
use super::{SealError, Sealer};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fmt::Write;
use uuid::Uuid;

/// Enough that two requests of one subject never have the same fingerprint by chance.
const FINGERPRINT_BYTES: usize = 16;

impl Sealer {
    /// A name for `normalised` that tells nothing without the master key: 64 hex digits, always
    /// the same for the same kind and text. The caller normalises (case, spaces), because two
    /// spellings have two indexes.
    #[must_use]
    pub fn blind_index(&self, kind: &str, normalised: &str) -> String {
        let mut context = hmac::Context::with_key(&self.shared.blind_index);
        context.update(&(kind.len() as u64).to_be_bytes());
        context.update(kind.as_bytes());
        context.update(normalised.as_bytes());
        let mut text = String::with_capacity(64);
        for byte in context.sign().as_ref() {
            // Writing to a string can not fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    /// A short keyed hash of a request about `subject` (22 characters), to notice a client's id
    /// that comes again with other content. Lasts across months and dies with the subject's
    /// keys, so that after an erasure no guess at the content can be checked against it.
    pub async fn fingerprint(&self, subject: Uuid, bytes: &[u8]) -> Result<String, SealError> {
        let key = self.shared.keys.of_period(subject, Period::Fingerprint).await?;
        let tag = hmac::sign(&key.mac, bytes);
        Ok(URL_SAFE_NO_PAD.encode(&tag.as_ref()[..FINGERPRINT_BYTES]))
    }
}
