use std::{collections::HashMap, path::Path};

use config::{Environment, File, FileFormat};

use super::Config;

const PREFIX: &str = "ANAMNESIS";

/// Variables that are known under another name, and the name they stand for.
const ALIASES: [(&str, &str); 2] =
    [("DATABASE_URL", "ANAMNESIS_DATABASE__URL"), ("MASTER_KEY_FILE", "ANAMNESIS_MASTER_KEY_FILE")];

/// Says where the file is, so it cannot stand in it.
const FILE_VARIABLE: &str = "ANAMNESIS_CONFIG";

/// Why a configuration was refused. The message names the key and says what is expected.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A source could not be read, or has an unknown key or a value of the wrong kind.
    #[error("configuration: {0}")]
    Source(#[from] config::ConfigError),
    /// A value that makes no sense.
    #[error("configuration: `{key}` {expected}")]
    Invalid {
        /// The key, as it stands in the file.
        key: &'static str,
        /// What it must be.
        expected: String,
    },
}

impl ConfigError {
    pub(super) fn invalid(key: &'static str, expected: &str) -> Self {
        Self::Invalid { key, expected: expected.to_owned() }
    }

    pub(super) fn unless_at_least(key: &'static str, value: u64, least: u64) -> Result<(), Self> {
        if value >= least {
            return Ok(());
        }
        Err(Self::Invalid { key, expected: format!("is {value} and must be at least {least}") })
    }

    pub(super) fn unless_at_most(key: &'static str, value: u64, most: u64) -> Result<(), Self> {
        if value <= most {
            return Ok(());
        }
        Err(Self::Invalid { key, expected: format!("is {value} and must be at most {most}") })
    }
}

pub(super) fn load(
    file: Option<&Path>,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let mut builder = config::Config::builder();
    if let Some(file) = file {
        builder = builder.add_source(File::from(file).format(FileFormat::Toml));
    }
    let variables = Environment::with_prefix(PREFIX)
        .prefix_separator("_")
        .separator("__")
        .source(Some(own_variables(environment)));
    let config: Config = builder.add_source(variables).build()?.try_deserialize()?;
    config.validate()?;
    Ok(config)
}

/// Empty variables are as good as unset ones: that is how they are "removed" in many places.
fn own_variables(
    environment: impl IntoIterator<Item = (String, String)>,
) -> HashMap<String, String> {
    let mut all: HashMap<String, String> = environment
        .into_iter()
        .filter(|(name, value)| name != FILE_VARIABLE && !value.is_empty())
        .collect();
    for (alias, name) in ALIASES {
        if let Some(value) = all.remove(alias) {
            all.entry(name.to_owned()).or_insert(value);
        }
    }
    all
}
