//! Sealing: no clinical text stands readable at rest.
//!
//! Content is encrypted under a data key of *(subject, month)*; data keys are wrapped by the
//! master key, which lives in a file outside the database. Destroying a subject's data keys
//! erases their content everywhere at once, while hashes over the sealed bytes go on to verify.
//!
//! The rest of the server seals with a [`Sealer`]. What opens again, the [`Opener`], is held by
//! [`crate::disclosure`] alone.

mod aead;
mod blind_index;
mod data_keys;
mod master_check;
mod master_key;
mod open;
mod period;
mod place;
mod seal;

pub(crate) use aead::AeadKey;
pub use aead::CryptoFailed;
pub use master_check::StartError;
pub use master_key::{MasterKey, MasterKeyError, Purpose};
pub use open::{OpenError, Opener};
pub use place::SealedAt;
pub(crate) use seal::PREFIX;
pub use seal::{SealError, Sealer, SealerSettings};
