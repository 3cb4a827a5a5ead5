use serde::Deserialize;

use super::ConfigError;

/// The bounds on what a client may ask for, and on what waits.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// The longest message, in bytes of its text.
    pub message_bytes_max: usize,
    /// The longest frame a socket may receive.
    pub frame_bytes_max: usize,
    /// The longest request body.
    pub body_bytes_max: usize,
    /// How many commands may wait to be appended; beyond that, requests are refused.
    pub commands_waiting_max: usize,
    /// How many events are appended in one transaction.
    pub append_batch_max: usize,
    /// How many bytes may wait for a slow socket before it is closed with a resume cursor.
    pub socket_outbound_bytes_max: usize,
    /// How many sockets the server holds.
    pub sockets_max: usize,
    /// How many sockets one account may hold.
    pub sockets_per_account_max: usize,
    /// How many rooms one page has.
    pub rooms_page_max: u32,
    /// How many messages one page has.
    pub messages_page_max: u32,
    /// How many sign-ins one address may try in a minute.
    pub login_per_minute: u32,
    /// How many commands one account may send in a minute.
    pub commands_per_minute: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_bytes_max: 16_384,
            frame_bytes_max: 65_536,
            body_bytes_max: 65_536,
            commands_waiting_max: 4_096,
            append_batch_max: 1_024,
            socket_outbound_bytes_max: 262_144,
            sockets_max: 20_000,
            sockets_per_account_max: 16,
            rooms_page_max: 100,
            messages_page_max: 200,
            login_per_minute: 20,
            commands_per_minute: 600,
        }
    }
}

impl Limits {
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        for (key, value) in [
            ("limits.message_bytes_max", self.message_bytes_max as u64),
            ("limits.commands_waiting_max", self.commands_waiting_max as u64),
            ("limits.append_batch_max", self.append_batch_max as u64),
            ("limits.sockets_max", self.sockets_max as u64),
            ("limits.sockets_per_account_max", self.sockets_per_account_max as u64),
            ("limits.rooms_page_max", u64::from(self.rooms_page_max)),
            ("limits.messages_page_max", u64::from(self.messages_page_max)),
            ("limits.login_per_minute", u64::from(self.login_per_minute)),
            ("limits.commands_per_minute", u64::from(self.commands_per_minute)),
        ] {
            ConfigError::unless_at_least(key, value, 1)?;
        }
        // Twice: JSON writes many characters in two bytes, and there are other fields.
        let room = self.message_bytes_max as u64 * 2;
        ConfigError::unless_at_least("limits.frame_bytes_max", self.frame_bytes_max as u64, room)?;
        ConfigError::unless_at_least("limits.body_bytes_max", self.body_bytes_max as u64, room)?;
        let frame = self.frame_bytes_max as u64;
        ConfigError::unless_at_least(
            "limits.socket_outbound_bytes_max",
            self.socket_outbound_bytes_max as u64,
            frame,
        )
    }
}
