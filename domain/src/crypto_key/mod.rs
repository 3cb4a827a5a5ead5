//! A key of the installation: when it came into use, and when it went.
//!
//! The stream's id is the key's: the thumbprint of a signing key, the id of a data key. Data keys
//! have no event when they are made, because whatever is sealed names its key: the first use is in
//! the log.

mod aggregate;
mod command;
mod error;
mod event;

pub use aggregate::CryptoKey;
pub use command::CryptoKeyCommand;
pub use error::CryptoKeyError;
pub use event::CryptoKeyEvent;
