//! Access tokens: short-lived, signed, checked without asking the database.

use super::{SessionId, SigningKeyError, SigningKeys};
use crate::clock::Clock;
use anamnesis_domain::{AccountId, Role};
use aws_lc_rs::digest::{SHA256, digest};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, encode};
use moka::sync::Cache;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

/// Tokens whose signature is remembered as good, and for how long. A key that is taken back is
/// honoured here for at most that much longer.
const VERIFIED_MAX: u64 = 50_000;
const VERIFIED_TTL: Duration = Duration::from_mins(1);

/// What tokens say of their origin and how long they are good for.
#[derive(Clone, Debug)]
pub struct AccessTokenSettings {
    /// The server's name in its tokens; those of another issuer are refused.
    pub issuer: String,
    /// From issue to expiry. [`super::SigningKeySettings::retired_for`] must be longer.
    pub lifetime: TimeDelta,
    /// How far clocks of two server processes may differ.
    pub leeway: TimeDelta,
}

impl Default for AccessTokenSettings {
    fn default() -> Self {
        Self {
            issuer: "anamnesis".to_owned(),
            lifetime: TimeDelta::minutes(10),
            leeway: TimeDelta::seconds(5),
        }
    }
}

/// What a token says. It was true when the token was issued; whether the session still lives
/// is for [`super::Revocations::is_active`] to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The issuer.
    pub iss: String,
    /// The account that signed in.
    pub sub: AccountId,
    /// The session.
    pub sid: SessionId,
    /// The account's role.
    pub role: Role,
    /// Issued at, in seconds since 1970.
    pub iat: i64,
    /// Good until, in seconds since 1970.
    pub exp: i64,
    /// The token's own id.
    pub jti: Uuid,
}

/// A token, ready to hand out.
#[derive(Debug)]
pub struct AccessToken {
    /// The signed text.
    pub token: SecretString,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// Why a token was not accepted or not issued.
#[derive(Clone, Debug, thiserror::Error)]
pub enum TokenError {
    /// Not a token of this server.
    #[error("the access token is not valid")]
    Invalid,
    /// It was valid; refresh and try again.
    #[error("the access token has expired")]
    Expired,
    /// The signing keys are out of reach.
    #[error(transparent)]
    Keys(#[from] SigningKeyError),
}

impl TokenError {
    /// A stable name for clients and metrics.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid => "token_invalid",
            Self::Expired => "token_expired",
            Self::Keys(_) => "unavailable",
        }
    }
}

/// Issues and verifies access tokens. Cheap to clone.
#[derive(Clone)]
pub struct AccessTokens {
    keys: SigningKeys,
    clock: Clock,
    settings: AccessTokenSettings,
    validation: Validation,
    /// By the SHA-256 of the token: the tokens themselves are not kept.
    verified: Cache<[u8; 32], Claims>,
}

impl AccessTokens {
    /// Tokens signed with the current one of `keys`.
    #[must_use]
    pub fn new(keys: SigningKeys, clock: Clock, settings: AccessTokenSettings) -> Self {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[&settings.issuer]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        // Checked below, against our own clock.
        validation.validate_exp = false;
        let verified =
            Cache::builder().max_capacity(VERIFIED_MAX).time_to_live(VERIFIED_TTL).build();
        Self { keys, clock, settings, validation, verified }
    }

    /// A token for a session that is known to live.
    pub async fn issue(
        &self,
        account: AccountId,
        role: Role,
        session: SessionId,
    ) -> Result<AccessToken, TokenError> {
        let keys = self.keys.current_set().await?;
        let now = self.clock.now();
        let expires_at = now + self.settings.lifetime;
        let claims = Claims {
            iss: self.settings.issuer.clone(),
            sub: account,
            sid: session,
            role,
            iat: now.timestamp(),
            exp: expires_at.timestamp(),
            jti: Uuid::new_v4(),
        };
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(keys.current.kid.clone());
        let token = encode(&header, &claims, &keys.current.encoding)
            .map_err(|error| TokenError::Keys(error.into()))?;
        Ok(AccessToken { token: SecretString::from(token), expires_at })
    }

    /// What the token says, if this server issued it and it is not over. One signature check a
    /// minute, and no query as long as the keys are in memory.
    pub async fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        let mut name = [0; 32];
        name.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
        let claims = if let Some(claims) = self.verified.get(&name) {
            claims
        } else {
            let claims = self.verify_signature(token).await?;
            self.verified.insert(name, claims.clone());
            claims
        };
        let leeway = self.settings.leeway.num_seconds();
        if self.clock.now().timestamp() >= claims.exp.saturating_add(leeway) {
            return Err(TokenError::Expired);
        }
        Ok(claims)
    }

    async fn verify_signature(&self, token: &str) -> Result<Claims, TokenError> {
        let header = decode_header(token).map_err(|_| TokenError::Invalid)?;
        let kid = header.kid.ok_or(TokenError::Invalid)?;
        let key = self.keys.verifying_key(&kid).await?.ok_or(TokenError::Invalid)?;
        Ok(decode(token, &key, &self.validation).map_err(|_| TokenError::Invalid)?.claims)
    }
}
