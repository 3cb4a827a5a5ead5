//! `anamnesis replay`: the story, from the log alone.

use super::{CliError, ReplayArgs, store::Store};
use crate::config::Config;
use crate::database;
use crate::log::{LogSettings, PostgresLog};
use anamnesis_projections::log::{EventLog, RecordedEvent, StreamId};
use serde_json::Value;
use std::io::{BufWriter, ErrorKind, Write};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Events read at a time.
const PAGE: usize = 1_000;

pub(super) async fn run(config: Config, args: ReplayArgs) -> Result<(), CliError> {
    let store = Store::attach(&config).await?;
    let pool = database::connect(store.owner.clone(), &config.database).await?;
    let (tasks, halt) = (TaskTracker::new(), CancellationToken::new());
    let log = PostgresLog::open(pool.clone(), LogSettings::default(), &tasks, halt.clone()).await?;
    let told = tell(&*log, &args).await;
    halt.cancel();
    tasks.close();
    tasks.wait().await;
    pool.close().await;
    store.close().await?;
    match told {
        // The reader of the pipe has seen enough.
        Err(CliError::Io(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        told => told,
    }
}

/// Prints events until the end of the log, or as many as were asked for.
async fn tell(log: &dyn EventLog, args: &ReplayArgs) -> Result<(), CliError> {
    let stream = args.stream.as_deref().map(stream_of).transpose()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut left = args.limit.unwrap_or(u64::MAX);
    let mut after = args.after;
    let mut sequence = 0;
    while left > 0 {
        let limit = PAGE.min(usize::try_from(left).unwrap_or(PAGE));
        let page = match &stream {
            Some(stream) => log.read_stream(stream, sequence, limit).await?,
            None => log.read_after(after, limit).await?,
        };
        let Some(last) = page.last() else { break };
        (after, sequence) = (last.position, last.sequence);
        for event in page.iter().filter(|event| event.position > args.after) {
            writeln!(out, "{}", line(event))?;
            left -= 1;
        }
    }
    out.flush()?;
    Ok(())
}

fn stream_of(text: &str) -> Result<StreamId, CliError> {
    let (kind, id) = text.split_once('/').ok_or_else(|| {
        CliError::Refused("a stream is given as TYPE/ID, as in chat_room/<id>".to_owned())
    })?;
    Ok(StreamId { aggregate_type: kind.to_owned().into(), aggregate_id: id.to_owned() })
}

/// One event: where, when, what, to what, by whom, why. Sealed content stays sealed.
fn line(event: &Arc<RecordedEvent>) -> String {
    let metadata = event.metadata().unwrap_or_default();
    let by = match (metadata.actor_role, metadata.actor_id) {
        (Some(role), Some(id)) => format!("{role} {id}"),
        _ if metadata.causation_id.is_some() => "the server, following an event".to_owned(),
        _ => "the server".to_owned(),
    };
    let reason = metadata.reason.map(|reason| format!(" because {reason}")).unwrap_or_default();
    format!(
        "{:>8}  {}  {}  {} #{}  by {by}{reason}{}",
        event.position,
        event.recorded_at.format("%Y-%m-%d %H:%M:%S%.6fZ"),
        event.event_type,
        event.stream,
        event.sequence,
        details(&event.payload),
    )
}

/// The event's fields, sorted by name.
fn details(payload: &str) -> String {
    let Ok(Value::Object(variants)) = serde_json::from_str(payload) else { return String::new() };
    let mut text = String::new();
    for fields in variants.values() {
        describe(fields, "", &mut text);
    }
    text
}

fn describe(value: &Value, name: &str, text: &mut String) {
    use std::fmt::Write;
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                describe(value, field, text);
            }
        }
        Value::String(sealed) if sealed.starts_with("s1.") => {
            let _ = write!(text, "  {name}=‹sealed›");
        }
        Value::String(plain) => {
            let _ = write!(text, "  {name}={plain}");
        }
        other => {
            let _ = write!(text, "  {name}={}", veiled(other));
        }
    }
}

/// The same value, without what is sealed deep within it, as in a list of prescriptions.
fn veiled(value: &Value) -> Value {
    match value {
        Value::String(sealed) if sealed.starts_with("s1.") => "‹sealed›".into(),
        Value::Array(items) => items.iter().map(veiled).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), veiled(value))).collect()
        }
        plain => plain.clone(),
    }
}
