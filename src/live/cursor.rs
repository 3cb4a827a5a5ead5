//! Where a client stands in the log.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The last position that a client has, and in which history. To clients it is opaque text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Names the log: after a restore from a backup that went its own way, it is another.
    pub epoch: Uuid,
    /// A position in that log.
    pub position: u64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.epoch.simple(), self.position)
    }
}

/// The text is not a cursor that any server gave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor: send back exactly what the server sent")]
pub struct BadCursor;

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, BadCursor> {
        let (epoch, position) = text.split_once('.').ok_or(BadCursor)?;
        let plain = !position.is_empty() && position.bytes().all(|byte| byte.is_ascii_digit());
        let epoch = Uuid::try_parse(epoch).map_err(|_| BadCursor)?;
        let position = position.parse().map_err(|_| BadCursor)?;
        if plain { Ok(Self { epoch, position }) } else { Err(BadCursor) }
    }
}

impl JsonSchema for Cursor {
    fn schema_name() -> Cow<'static, str> {
        "Cursor".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "examples": ["3d0c61b89e4f4d1b8a52c77e0f9b1a64.42"],
            "description": "A place in what happens. Opaque: send back exactly what was sent.",
        })
    }
}

impl serde::Serialize for Cursor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Cursor {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_sent() {
        let cursor = Cursor { epoch: Uuid::from_u128(7), position: u64::MAX };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        let json = serde_json::to_string(&cursor).unwrap();
        assert_eq!(serde_json::from_str::<Cursor>(&json).unwrap(), cursor);
    }

    #[test]
    fn anything_else_is_no_cursor() {
        let epoch = Uuid::from_u128(7).simple();
        let bad = [
            String::new(),
            ".".into(),
            "7".into(),
            format!("{epoch}"),
            format!("{epoch}."),
            format!("{epoch}.+1"),
            format!("{epoch}.-1"),
            format!("{epoch}. 1"),
            format!("{epoch}.1.1"),
            format!("{epoch}.18446744073709551616"),
            ".1".into(),
            "seven.1".into(),
        ];
        for text in bad {
            assert_eq!(text.parse::<Cursor>(), Err(BadCursor), "{text}");
        }
    }
}
