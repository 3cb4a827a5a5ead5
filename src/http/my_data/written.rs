//! A download in bytes, as its records come.

use super::html;
use super::record::Page;
use super::section::Section;
use anamnesis_domain::AccountId;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The form of a download.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "DownloadFormat")]
pub(in crate::http) enum Form {
    /// One JSON object.
    #[default]
    Json,
    /// One page for people.
    Html,
}

/// Writes a download, one page after the other.
pub(super) struct Written {
    form: Form,
    /// The section that is being written.
    section: Option<Section>,
    counts: BTreeMap<&'static str, u64>,
}

impl Written {
    /// With the beginning.
    pub(super) fn begin(form: Form, owner: AccountId, made_at: DateTime<Utc>) -> (Self, String) {
        let mut text = String::new();
        match form {
            Form::Json => {
                let about = json!({ "account_id": owner, "made_at": made_at, "version": 1 });
                let _ = write!(text, "{{\"about\":{about}");
            }
            Form::Html => html::begin(&mut text, made_at),
        }
        (Self { form, section: None, counts: BTreeMap::new() }, text)
    }

    pub(super) fn page(&mut self, Page { section, records }: &Page) -> String {
        let mut text = String::new();
        if self.section != Some(*section) {
            self.close(&mut text);
            self.open(&mut text, *section);
        }
        for record in records {
            self.record(&mut text, *section, record);
        }
        text
    }

    /// Says that it is complete.
    pub(super) fn end(&mut self) -> String {
        let mut text = String::new();
        self.close(&mut text);
        match self.form {
            Form::Json => {
                let counts = json!(self.counts);
                let _ = writeln!(text, ",\"counts\":{counts},\"complete\":true}}");
            }
            Form::Html => html::end(&mut text, self.counts.values().sum()),
        }
        text
    }

    /// Says that it is not, and why.
    pub(super) fn fail(&mut self, error: &Value) -> String {
        let mut text = String::new();
        self.close(&mut text);
        match self.form {
            Form::Json => {
                let _ = writeln!(text, ",\"error\":{error},\"complete\":false}}");
            }
            Form::Html => {
                let word = |name: &str| error[name].as_str().unwrap_or_default();
                html::fail(&mut text, word("code"), word("message"));
            }
        }
        text
    }

    fn open(&mut self, text: &mut String, section: Section) {
        self.section = Some(section);
        self.counts.insert(section.name(), 0);
        match self.form {
            Form::Json => {
                let _ = write!(text, ",\n\"{}\":[", section.name());
            }
            Form::Html => html::open(text, section),
        }
    }

    fn record(&mut self, text: &mut String, section: Section, record: &Map<String, Value>) {
        let count = self.counts.entry(section.name()).or_default();
        *count += 1;
        match self.form {
            Form::Json => {
                text.push_str(if *count == 1 { "\n" } else { ",\n" });
                text.push_str(&json!(record).to_string());
            }
            Form::Html => html::record(text, section, *count, record),
        }
    }

    fn close(&mut self, text: &mut String) {
        let Some(section) = self.section.take() else { return };
        match self.form {
            Form::Json => text.push(']'),
            Form::Html => {
                let count = self.counts.get(section.name()).copied().unwrap_or_default();
                html::close(text, section, count);
            }
        }
    }
}
