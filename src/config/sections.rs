use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, de};

use super::ConfigError;

/// The public API.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Http {
    /// The address to listen on; port 0 takes any free one.
    pub listen: SocketAddr,
    /// Origins (`https://chat.example.org`) whose pages may use the API, beside the server's
    /// own. In the environment they are separated by commas.
    #[serde(deserialize_with = "list_or_text")]
    pub allowed_origins: Vec<String>,
    /// What was chosen; see [`Http::secure_cookies`].
    pub secure_cookies: Option<bool>,
    /// See [`Http::drain`].
    pub drain_seconds: u64,
}

impl Default for Http {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            allowed_origins: Vec::new(),
            secure_cookies: None,
            drain_seconds: 10,
        }
    }
}

impl Http {
    /// Whether cookies are for HTTPS only. Unless chosen: except on a loopback address, where
    /// a browser talks to the server without a proxy in between.
    #[must_use]
    pub fn secure_cookies(&self) -> bool {
        self.secure_cookies.unwrap_or_else(|| !self.listen.ip().is_loopback())
    }

    /// How long requests and sockets may go on after the server was asked to stop.
    #[must_use]
    pub fn drain(&self) -> Duration {
        Duration::from_secs(self.drain_seconds)
    }

    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        if self.allowed_origins.iter().all(|origin| is_origin(origin)) {
            return Ok(());
        }
        Err(ConfigError::invalid(
            "http.allowed_origins",
            "must be origins such as https://chat.example.org: a scheme, a host, perhaps a port, no path",
        ))
    }
}

/// Browsers send an origin in lower case, without a path and without a slash at its end; one
/// written otherwise would never match.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty()
            && host.chars().all(|c| {
                c.is_ascii_lowercase()
                    || c.is_ascii_digit()
                    || matches!(c, '.' | '-' | ':' | '[' | ']')
            })
    })
}

/// The page that a metrics collector reads.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Metrics {
    /// The address to listen on, apart from the API's so that it need not be public; `None`
    /// (written `"off"`): there is no such page.
    #[serde(deserialize_with = "address_or_off")]
    pub listen: Option<SocketAddr>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { listen: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 9090))) }
    }
}

/// Where the log and the read models live.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// The PostgreSQL to use; without it the server starts a private one in the data folder.
    pub url: Option<SecretString>,
    /// The most connections the server opens at a time.
    pub max_connections: u32,
    /// See [`Database::acquire_timeout`].
    pub acquire_timeout_ms: u64,
    /// The folder of PostgreSQL's programs, for the private one; without it they are looked for.
    pub programs_dir: Option<PathBuf>,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: None, max_connections: 16, acquire_timeout_ms: 5_000, programs_dir: None }
    }
}

impl Database {
    /// How long a request waits for a free connection before it is refused.
    #[must_use]
    pub fn acquire_timeout(&self) -> Duration {
        Duration::from_millis(self.acquire_timeout_ms)
    }

    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        let is_postgres = |url: &SecretString| {
            let url = url.expose_secret();
            url.starts_with("postgres://") || url.starts_with("postgresql://")
        };
        if !self.url.as_ref().is_none_or(is_postgres) {
            return Err(ConfigError::invalid(
                "database.url",
                "(or DATABASE_URL) must be a URL that starts with postgres://",
            ));
        }
        ConfigError::unless_at_least(
            "database.max_connections",
            u64::from(self.max_connections),
            4,
        )?;
        ConfigError::unless_at_least("database.acquire_timeout_ms", self.acquire_timeout_ms, 1)
    }
}

/// What is logged, and how. Logs go to standard error.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// For machines or for people.
    pub format: LogFormat,
    /// Which parts log from which severity on, as in `info,anamnesis=debug`.
    pub filter: String,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Json, filter: "info,sqlx=warn".to_owned() }
    }
}

/// How a log line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum LogFormat {
    /// One JSON object per line.
    Json,
    /// Lines for people.
    Pretty,
}

/// By hand, because the `config` crate's error for an unknown variant does not say which there are.
impl TryFrom<String> for LogFormat {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "json" => Ok(Self::Json),
            "pretty" => Ok(Self::Pretty),
            _ => Err("expected \"json\" or \"pretty\""),
        }
    }
}

fn list_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a list of texts, or one text with commas")]
    enum ListOrText {
        List(Vec<String>),
        Text(String),
    }
    Ok(match ListOrText::deserialize(deserializer)? {
        ListOrText::List(list) => list,
        ListOrText::Text(text) => text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
    })
}

fn address_or_off<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<SocketAddr>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text == "off" {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| de::Error::custom("expected an address such as 127.0.0.1:9090, or \"off\""))
}
