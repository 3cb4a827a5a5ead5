//! Signing in and staying signed in.
//!
//! A password starts a session. A session has a chain of refresh tokens, each good for one
//! use, and short-lived access tokens that any server process can check without asking. A
//! session that is revoked is known to every process within a second.

mod access_tokens;
mod credentials;
mod ends;
mod key_set;
mod passwords;
mod rate_limit;
mod revocations;
mod rotation;
mod secrets;
mod sessions;
mod signing_keys;
mod sweep;
mod tickets;

pub use access_tokens::{AccessToken, AccessTokenSettings, AccessTokens, Claims, TokenError};
pub use anamnesis_domain::SessionId;
pub use anamnesis_domain::session::EndReason;
pub use credentials::Credentials;
pub use ends::UnrecordedEnd;
pub use passwords::{PasswordError, PasswordHash, PasswordSettings, Passwords, Verdict};
pub use rate_limit::{Limited, SignInLimiter, SignInLimits};
pub use revocations::{RevocationSignal, Revocations};
pub use rotation::{RotateError, Rotated};
pub use sessions::{NewSession, SessionError, SessionSettings, Sessions};
pub use signing_keys::{SigningKeyError, SigningKeySettings, SigningKeys};
pub use tickets::{Redeemed, TicketError, TicketSettings, Tickets};
