//! Everything that can be chosen about a server, read once at start.
//!
//! Later sources win: the defaults, the TOML file, the environment (`ANAMNESIS_HTTP__LISTEN`
//! is `http.listen`). `DATABASE_URL` and `MASTER_KEY_FILE` are accepted without the prefix,
//! and give way to their prefixed forms.

mod hospital;
mod limits;
mod load;
mod sections;

use std::path::{Path, PathBuf};

use nix::unistd::geteuid;
use serde::Deserialize;

pub use self::{
    hospital::Hospital,
    limits::Limits,
    load::ConfigError,
    sections::{Database, Http, Log, LogFormat, Metrics},
};

/// The configuration of one server process.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The public API.
    pub http: Http,
    /// The page that a metrics collector reads.
    pub metrics: Metrics,
    /// Where the log and the read models live.
    pub database: Database,
    /// The folder that was chosen for everything the server keeps in files; see [`Config::data_dir`].
    pub data_dir: Option<PathBuf>,
    /// The file that was given of the key that wraps all data keys; see [`Config::master_key`].
    pub master_key_file: Option<PathBuf>,
    /// What is logged, and how.
    pub log: Log,
    /// The bounds on what a client may ask for, and on what waits.
    pub limits: Limits,
    /// What patients are told of the hospital itself.
    pub hospital: Hospital,
    /// Whether to fill an empty server with people and conversations that are made up.
    pub demo: bool,
}

/// Where the master key is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MasterKey {
    /// The file must exist.
    Given(PathBuf),
    /// The file is made on the first start. Only for the private database, which lies beside
    /// it: a key made anew for a database from elsewhere could open nothing in it.
    MadeIfMissing(PathBuf),
}

impl Config {
    /// Reads the configuration from `file`, if any, and from `environment`.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        load::load(file, environment)
    }

    /// The folder of everything the server keeps in files. By default `/var/lib/anamnesis` for
    /// root, else `anamnesis` in the user's data folder.
    pub fn data_dir(&self) -> Result<PathBuf, ConfigError> {
        if let Some(chosen) = &self.data_dir {
            return Ok(chosen.clone());
        }
        if geteuid().is_root() {
            return Ok(PathBuf::from("/var/lib/anamnesis"));
        }
        let folder =
            |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        folder("XDG_DATA_HOME")
            .or_else(|| folder("HOME").map(|home| home.join(".local/share")))
            .map(|data| data.join("anamnesis"))
            .ok_or_else(|| {
                ConfigError::invalid(
                    "data_dir",
                    "must be given where neither XDG_DATA_HOME nor HOME is set",
                )
            })
    }

    /// Where the master key is. Fails if it would have to be made for a database that is not
    /// the private one.
    pub fn master_key(&self) -> Result<MasterKey, ConfigError> {
        match &self.master_key_file {
            Some(file) => Ok(MasterKey::Given(file.clone())),
            None if self.database.url.is_none() => {
                Ok(MasterKey::MadeIfMissing(self.data_dir()?.join("master.key")))
            }
            None => Err(ConfigError::invalid(
                "master_key_file",
                "must be given when database.url (or DATABASE_URL) is: the key made for that database",
            )),
        }
    }

    fn validate(&self) -> Result<(), ConfigError> {
        self.http.validate()?;
        self.database.validate()?;
        self.hospital.validate()?;
        self.limits.validate()
    }
}

#[cfg(test)]
mod tests;
