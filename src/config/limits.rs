use serde::Deserialize;

use super::ConfigError;
use crate::commands::text::MESSAGE_BYTES_MAX;
use std::num::NonZeroU32;

/// NIST SP 800-63B, section 5.2.2.
const TRIES_PER_NAME_MAX: u64 = 100;

/// The bounds on what a client may ask for, and on what waits.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
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
    /// How many sign-ins and registrations one network address may try in a row, and again
    /// within each minute. A whole ward may share one address, so each name has a limit of its
    /// own as well.
    pub sign_ins_per_minute: NonZeroU32,
    /// How many sign-ins one name may try in a row; one more is allowed each minute. At most
    /// 100, as NIST SP 800-63B, section 5.2.2, wants it.
    pub sign_ins_per_name: NonZeroU32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            frame_bytes_max: 65_536,
            body_bytes_max: 65_536,
            commands_waiting_max: 4_096,
            append_batch_max: 1_024,
            socket_outbound_bytes_max: 262_144,
            sockets_max: 20_000,
            sockets_per_account_max: 16,
            sign_ins_per_minute: NonZeroU32::MIN.saturating_add(99),
            sign_ins_per_name: NonZeroU32::MIN.saturating_add(9),
        }
    }
}

impl Limits {
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        for (key, value) in [
            ("limits.commands_waiting_max", self.commands_waiting_max as u64),
            ("limits.append_batch_max", self.append_batch_max as u64),
            ("limits.sockets_max", self.sockets_max as u64),
            ("limits.sockets_per_account_max", self.sockets_per_account_max as u64),
        ] {
            ConfigError::unless_at_least(key, value, 1)?;
        }
        ConfigError::unless_at_most(
            "limits.sign_ins_per_name",
            u64::from(self.sign_ins_per_name.get()),
            TRIES_PER_NAME_MAX,
        )?;
        // Twice: JSON writes many characters in two bytes, and there are other fields.
        let room = MESSAGE_BYTES_MAX as u64 * 2;
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
