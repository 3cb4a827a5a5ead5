//! The signing keys of one moment: the one that signs, and all that still verify.

use super::SigningKeyError;
use crate::sealing::{AeadKey, CryptoFailed};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{
    AlgorithmParameters, CommonParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm,
    OctetKeyPairParameters, OctetKeyPairType, PublicKeyUse, ThumbprintHash,
};
use jsonwebtoken::{DecodingKey, EncodingKey};

/// A row of `auth.signing_keys`.
#[derive(sqlx::FromRow)]
pub(crate) struct KeyRow {
    pub(crate) kid: String,
    pub(crate) public_key: Vec<u8>,
    /// The private key (PKCS#8), wrapped; of a retired key there is none.
    pub(crate) wrapped: Option<Vec<u8>>,
}

impl KeyRow {
    /// A new key pair. Its name is its RFC 7638 thumbprint.
    pub(crate) fn generate(wrapping: &AeadKey) -> Result<Self, SigningKeyError> {
        let pair = Ed25519KeyPair::generate().map_err(|_| CryptoFailed)?;
        let public_key = pair.public_key().as_ref().to_vec();
        let kid = jwk(None, &public_key).thumbprint(ThumbprintHash::SHA256)?;
        let private_key = pair.to_pkcs8v1().map_err(|_| CryptoFailed)?;
        let wrapped = wrapping.seal(&wrapped_at(&kid, &public_key), private_key.as_ref())?;
        Ok(Self { kid, public_key, wrapped: Some(wrapped) })
    }
}

/// The key that signs.
pub(crate) struct SigningKey {
    pub(crate) kid: String,
    pub(crate) encoding: EncodingKey,
}

pub(crate) struct KeySet {
    pub(crate) current: SigningKey,
    pub(crate) published: JwkSet,
}

impl KeySet {
    pub(crate) fn from_rows(
        rows: Vec<KeyRow>,
        wrapping: &AeadKey,
    ) -> Result<Self, SigningKeyError> {
        let mut current = None;
        let mut keys = Vec::with_capacity(rows.len());
        for row in rows {
            keys.push(jwk(Some(row.kid.clone()), &row.public_key));
            if let Some(wrapped) = row.wrapped {
                let private_key = wrapping
                    .open(&wrapped_at(&row.kid, &row.public_key), wrapped)
                    .map_err(|_| SigningKeyError::Damaged)?;
                let encoding = EncodingKey::from_ed_der(&private_key);
                current = Some(SigningKey { kid: row.kid, encoding });
            }
        }
        let current = current.ok_or(SigningKeyError::Damaged)?;
        Ok(Self { current, published: JwkSet { keys } })
    }

    /// The public key with this name.
    pub(crate) fn verifying_key(&self, kid: &str) -> Option<DecodingKey> {
        DecodingKey::from_jwk(self.published.find(kid)?).ok()
    }
}

/// A public key in the form of RFC 8037.
fn jwk(kid: Option<String>, public_key: &[u8]) -> Jwk {
    Jwk {
        common: CommonParameters {
            public_key_use: Some(PublicKeyUse::Signature),
            key_algorithm: Some(KeyAlgorithm::EdDSA),
            key_id: kid,
            ..CommonParameters::default()
        },
        algorithm: AlgorithmParameters::OctetKeyPair(OctetKeyPairParameters {
            key_type: OctetKeyPairType::OctetKeyPair,
            curve: EllipticCurve::Ed25519,
            x: URL_SAFE_NO_PAD.encode(public_key),
        }),
    }
}

/// The associated data of a wrapped private key: it can not be put beside another public key.
/// The public key has a fixed length, so the bytes are unambiguous.
fn wrapped_at(kid: &str, public_key: &[u8]) -> Vec<u8> {
    [public_key, kid.as_bytes()].concat()
}
