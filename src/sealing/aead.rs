//! AES-256-GCM with a random nonce in front: the one form of encryption used at rest.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::rand;
use zeroize::Zeroizing;

/// The cryptographic library refused: no randomness, a key of the wrong size, or bytes that
/// were not made by this key for this place. It never says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the cryptographic operation failed")]
pub struct CryptoFailed;

/// A key that encrypts and authenticates.
///
/// Nonces are random. NIST SP 800-38D §8.3 allows 2^32 encryptions with random 96-bit nonces
/// under one key (the chance of any repetition then stays below 2^-32). A data key serves one
/// subject for one month, so the bound means 1,600 messages a second, all month, about one
/// person; the wrapping key encrypts once per data key, far below it as well.
pub(crate) struct AeadKey(LessSafeKey);

impl AeadKey {
    pub(crate) fn new(secret: &[u8; 32]) -> Result<Self, CryptoFailed> {
        let key = UnboundKey::new(&AES_256_GCM, secret).map_err(|_| CryptoFailed)?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Nonce, ciphertext and tag in one, bound to `associated`.
    pub(crate) fn seal(
        &self,
        associated: &[u8],
        plaintext: &[u8],
    ) -> Result<Vec<u8>, CryptoFailed> {
        let mut nonce = [0_u8; NONCE_LEN];
        rand::fill(&mut nonce).map_err(|_| CryptoFailed)?;
        let mut bytes = Vec::with_capacity(NONCE_LEN + plaintext.len() + AES_256_GCM.tag_len());
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(plaintext);
        let tag = self
            .0
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(associated),
                &mut bytes[NONCE_LEN..],
            )
            .map_err(|_| CryptoFailed)?;
        bytes.extend_from_slice(tag.as_ref());
        Ok(bytes)
    }

    /// What was given to [`Self::seal`] with the same `associated`.
    pub(crate) fn open(
        &self,
        associated: &[u8],
        sealed: Vec<u8>,
    ) -> Result<Zeroizing<Vec<u8>>, CryptoFailed> {
        // Plaintext appears in this very buffer, so it is wiped from here on.
        let mut bytes = Zeroizing::new(sealed);
        let nonce = bytes.first_chunk::<NONCE_LEN>().copied().ok_or(CryptoFailed)?;
        let length = self
            .0
            .open_within(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(associated),
                &mut bytes,
                NONCE_LEN..,
            )
            .map_err(|_| CryptoFailed)?
            .len();
        bytes.truncate(length);
        Ok(bytes)
    }
}
