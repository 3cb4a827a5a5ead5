//! What is told of the runner: metrics, and errors without anybody's data.

use metrics::{counter, gauge, histogram};
use std::time::Duration;

/// Names a database error by its code. PostgreSQL's own words may quote values.
pub(crate) fn describe(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(refusal) => match (refusal.code(), refusal.constraint()) {
            (Some(code), Some(constraint)) => format!("database error {code} ({constraint})"),
            (Some(code), None) => format!("database error {code}"),
            _ => "database error".to_owned(),
        },
        sqlx::Error::Io(error) => format!("connection lost ({})", error.kind()),
        sqlx::Error::PoolTimedOut => "no free connection".to_owned(),
        sqlx::Error::ColumnDecode { index, .. } => format!("column {index} can not be read"),
        _ => "database driver error".to_owned(),
    }
}

/// Whether trying again may help. Refusals of the data itself (cardinality, data exceptions,
/// constraints) and misread columns stay what they are; everything else passes.
pub(crate) fn is_transient(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(refusal) => refusal
            .code()
            .is_none_or(|code| !["21", "22", "23"].iter().any(|class| code.starts_with(class))),
        sqlx::Error::ColumnDecode { .. }
        | sqlx::Error::Decode(_)
        | sqlx::Error::Encode(_)
        | sqlx::Error::ColumnNotFound(_)
        | sqlx::Error::RowNotFound => false,
        _ => true,
    }
}

pub(crate) fn applied(name: &'static str, events: usize, took: Duration) {
    counter!("anamnesis_projection_events_total", "projection" => name)
        .increment(u64::try_from(events).unwrap_or(u64::MAX));
    histogram!("anamnesis_projection_batch_seconds", "projection" => name)
        .record(took.as_secs_f64());
}

#[expect(clippy::cast_precision_loss, reason = "a gauge is a float, and lags are small")]
pub(crate) fn lag(name: &'static str, events: u64) {
    gauge!("anamnesis_projection_lag_events", "projection" => name).set(events as f64);
}

pub(crate) fn stopped(name: &'static str, stopped: bool) {
    let value = if stopped { 1.0 } else { 0.0 };
    gauge!("anamnesis_projection_stopped", "projection" => name).set(value);
}

pub(crate) fn retried(name: &'static str) {
    counter!("anamnesis_projection_retries_total", "projection" => name).increment(1);
}

pub(crate) fn fenced(name: &'static str) {
    counter!("anamnesis_projection_fenced_total", "projection" => name).increment(1);
}
