//! Lines for people.

use super::Record;
use chrono::SecondsFormat;
use serde_json::Value;
use std::fmt::Write;

/// One event: where, when, what, to what, by whom, why, and its fields sorted by name.
pub(super) fn line(record: &Record<'_>) -> String {
    let by = match (record.actor_role, record.actor_id) {
        (Some(role), Some(id)) => format!("{role} {id}"),
        _ if record.causation_id.is_some() => "the server, following an event".to_owned(),
        _ => "the server".to_owned(),
    };
    let reason = record.reason.as_ref().map(|reason| format!(" because {reason}"));
    let at = record.recorded_at.to_rfc3339_opts(SecondsFormat::Micros, true).replace('T', " ");
    let mut text = format!(
        "{:>8}  {at}  {}  {} #{}  by {by}{}",
        record.position,
        record.event,
        record.stream,
        record.sequence,
        reason.unwrap_or_default(),
    );
    if let Some(words) = &record.words {
        let _ = write!(text, "  {words}");
        text.push('\n');
        return text;
    }
    if let Ok(fields) = serde_json::from_str::<Value>(record.fields.get()) {
        describe(&fields, "", &mut text);
    }
    text.push('\n');
    text
}

fn describe(value: &Value, name: &str, text: &mut String) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                describe(value, field, text);
            }
        }
        Value::String(plain) => drop(write!(text, "  {name}={plain}")),
        other => drop(write!(text, "  {name}={other}")),
    }
}
