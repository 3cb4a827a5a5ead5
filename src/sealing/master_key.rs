//! The master key: 32 random bytes in a file, from which every other key of the server comes.

use super::CryptoFailed;
use aws_lc_rs::{hkdf, rand};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretBox};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use uuid::Uuid;
use zeroize::Zeroizing;

/// More than any master key file holds; reading stops there.
const FILE_BYTES_MAX: u64 = 256;

/// The key above all others. Never in the database, never printed.
#[derive(Debug)]
pub struct MasterKey(SecretBox<[u8; 32]>);

/// What a derived key is for. Keys for different purposes tell nothing about each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Wraps the data keys.
    DataKeyWrapping,
    /// Wraps the private keys that sign access tokens.
    SigningKeyWrapping,
    /// Looks up names without storing them.
    BlindIndex,
    /// Makes each refresh token from the one before.
    RefreshTokens,
    /// Recognises the master key without revealing it.
    Check,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::DataKeyWrapping => b"data key wrapping",
            Self::SigningKeyWrapping => b"signing key wrapping",
            Self::BlindIndex => b"blind index",
            Self::RefreshTokens => b"refresh tokens",
            Self::Check => b"check",
        }
    }
}

/// Why there is no master key.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// The file could not be read or written.
    #[error("master key file {path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Others than the owner may read or write the file.
    #[error(
        "master key file {path} has mode {mode:03o}: only its owner may have access (chmod 600)"
    )]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file holds something else.
    #[error(
        "master key file {path} must hold the base64 text of 32 bytes (openssl rand -base64 32)"
    )]
    Malformed {
        /// The file.
        path: PathBuf,
    },
    /// The system gave no randomness.
    #[error(transparent)]
    Crypto(#[from] CryptoFailed),
}

impl MasterKey {
    /// Reads the key. Refuses a file that others than its owner may touch.
    pub fn load(path: &Path) -> Result<Self, MasterKeyError> {
        let text = read_private(path)?;
        // Decoded into place, so that no copy is left behind in a buffer that grew. The
        // decoder asks for room for whole groups of three bytes.
        let mut bytes = Zeroizing::new([0_u8; 33]);
        let length = STANDARD.decode_slice(text.trim_ascii(), bytes.as_mut_slice()).ok();
        if length != Some(32) {
            return Err(MasterKeyError::Malformed { path: path.to_owned() });
        }
        Ok(Self(SecretBox::init_with_mut(|key: &mut [u8; 32]| key.copy_from_slice(&bytes[..32]))))
    }

    /// Reads the key, or makes one where there is no file yet. Several processes may do this
    /// at once: all get the same key, and a crash leaves either no file or a whole one.
    pub fn load_or_create(path: &Path) -> Result<Self, MasterKeyError> {
        let file_error = |source| MasterKeyError::File { path: path.to_owned(), source };
        if !path.try_exists().map_err(file_error)? {
            let mut bytes = Zeroizing::new([0_u8; 32]);
            rand::fill(bytes.as_mut_slice()).map_err(|_| CryptoFailed)?;
            let text = Zeroizing::new(STANDARD.encode(bytes.as_slice()) + "\n");
            write_new(path, text.as_bytes()).map_err(file_error)?;
        }
        Self::load(path)
    }

    /// The key for one purpose (HKDF-SHA256). A few microseconds.
    pub fn derive(&self, purpose: Purpose) -> Result<Zeroizing<[u8; 32]>, CryptoFailed> {
        let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"anamnesis master key v1");
        let mut key = Zeroizing::new([0_u8; 32]);
        salt.extract(self.0.expose_secret())
            .expand(&[purpose.label()], hkdf::HKDF_SHA256)
            .and_then(|okm| okm.fill(key.as_mut_slice()))
            .map_err(|_| CryptoFailed)?;
        Ok(key)
    }
}

fn read_private(path: &Path) -> Result<Zeroizing<Vec<u8>>, MasterKeyError> {
    let file_error = |source| MasterKeyError::File { path: path.to_owned(), source };
    let file = File::open(path).map_err(file_error)?;
    // Of the open file, not of the path: what is checked is what is read.
    let mode = file.metadata().map_err(file_error)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(MasterKeyError::Exposed { path: path.to_owned(), mode });
    }
    let mut text = Zeroizing::new(Vec::with_capacity(512));
    file.take(FILE_BYTES_MAX).read_to_end(&mut text).map_err(file_error)?;
    Ok(text)
}

/// Puts a whole file at `path`, or leaves the one that is there by now. A link instead of a
/// rename, because a rename would replace the key that another process made meanwhile.
fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let temporary = folder.join(format!(".master-key-{}", Uuid::new_v4().simple()));
    let written =
        write_synced(&temporary, content).and_then(|()| match fs::hard_link(&temporary, path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => other,
        });
    let removed = fs::remove_file(&temporary);
    written?;
    removed?;
    File::open(folder)?.sync_all()
}

fn write_synced(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}
