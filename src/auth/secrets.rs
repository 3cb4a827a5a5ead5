//! Secrets that are handed out: random, and kept only as hashes.

use crate::sealing::CryptoFailed;
use aws_lc_rs::{digest, rand};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use zeroize::Zeroizing;

/// 32 random bytes as base64url text (43 characters).
pub(crate) fn random_secret() -> Result<SecretString, CryptoFailed> {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    rand::fill(bytes.as_mut_slice()).map_err(|_| CryptoFailed)?;
    Ok(secret_text(bytes.as_slice()))
}

/// Bytes as the text of a secret.
pub(crate) fn secret_text(bytes: &[u8]) -> SecretString {
    SecretString::from(URL_SAFE_NO_PAD.encode(bytes))
}

/// What is stored of a secret. No salt and no slow hash: nobody can try out 2^256 secrets.
pub(crate) fn hash_secret(secret: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, secret.as_bytes()).as_ref().to_vec()
}
