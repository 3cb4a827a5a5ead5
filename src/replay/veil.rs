//! An event's fields without what is sealed in them.

use crate::sealing::PREFIX;
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Stands where something sealed stood.
pub const SEALED: &str = "‹sealed›";

/// The fields of a stored payload, with [`SEALED`] in the place of what is sealed. Stored events
/// are `{"Type":{…}}` without spaces; anything else is taken apart first.
pub(super) fn fields<'a>(
    event_type: &str,
    payload: &'a str,
) -> Result<Cow<'a, RawValue>, serde_json::Error> {
    let plain = !payload.bytes().any(|byte| matches!(byte, b'\\' | b'\n' | b'\r'));
    let inner = payload.strip_prefix("{\"").and_then(|rest| rest.strip_prefix(event_type));
    let inner = inner.and_then(|rest| rest.strip_prefix("\":")?.strip_suffix('}'));
    match inner.filter(|_| plain) {
        Some(inner) => match veiled_text(inner) {
            Some(veiled) => RawValue::from_string(veiled).map(Cow::Owned),
            None => serde_json::from_str(inner).map(Cow::Borrowed),
        },
        None => taken_apart(payload).map(Cow::Owned),
    }
}

/// JSON text without escapes: a quote begins or ends a string, and whatever is sealed has no
/// quote in it. `None` when nothing is.
fn veiled_text(json: &str) -> Option<String> {
    let begin = format!("\"{PREFIX}");
    let mut parts = json.split(begin.as_str());
    let mut veiled = parts.next()?.to_owned();
    let mut any = false;
    for part in parts {
        let (_, rest) = part.split_once('"')?;
        veiled.extend(["\"", SEALED, "\"", rest]);
        any = true;
    }
    any.then_some(veiled)
}

fn taken_apart(payload: &str) -> Result<Box<RawValue>, serde_json::Error> {
    let fields = match serde_json::from_str(payload)? {
        Value::Object(variants) => variants.into_values().next().unwrap_or_default(),
        // A variant without fields is its name alone.
        Value::String(_) => Value::Object(serde_json::Map::default()),
        other => other,
    };
    serde_json::value::to_raw_value(&veiled(fields))
}

fn veiled(value: Value) -> Value {
    match value {
        Value::String(sealed) if sealed.starts_with(PREFIX) => SEALED.into(),
        Value::Array(items) => items.into_iter().map(veiled).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, veiled(value))).collect()
        }
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::{fields, taken_apart};

    #[test]
    fn what_is_sealed_is_veiled_however_the_payload_is_written() {
        for (payload, expected) in [
            (r#"{"A":{"a":1,"b":"s1.k.c"}}"#, r#"{"a":1,"b":"‹sealed›"}"#),
            (
                r#"{"A":{"l":[{"c":"s1.k.c","d":"s1.k.e"}],"z":"s2"}}"#,
                r#"{"l":[{"c":"‹sealed›","d":"‹sealed›"}],"z":"s2"}"#,
            ),
            (r#"{"A":{"a":"plain s1.k"}}"#, r#"{"a":"plain s1.k"}"#),
            (r#"{"A":{}}"#, "{}"),
            (r#""A""#, "{}"),
            (r#"{ "A": {"b": "s1.k.c"} }"#, r#"{"b":"‹sealed›"}"#),
            ("{\"A\":{\"b\":\n\"s1.k.c\"}}", r#"{"b":"‹sealed›"}"#),
            (r#"{"A":{"b":"\u0073\u0031.k.c"}}"#, r#"{"b":"‹sealed›"}"#),
        ] {
            assert_eq!(
                fields("A", payload).ok().map(|json| json.get().to_owned()).as_deref(),
                Some(expected)
            );
            assert_eq!(
                taken_apart(payload).ok().map(|json| json.get().to_owned()).as_deref(),
                Some(expected)
            );
        }
        assert!(fields("A", r#"{"A":{"b":}}"#).is_err());
    }
}
