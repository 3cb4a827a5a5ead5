//! The form of the catalogue: a chapter per aggregate, an example per event.

use anamnesis_domain::{Event, Versioned};
use cqrs_es::Aggregate;
use serde_json::Value;

/// One aggregate and its events.
pub(crate) struct Chapter {
    /// The folder of its golden files, and its name in the log.
    pub(crate) aggregate_type: &'static str,
    /// Every event type with its version, from the product.
    pub(crate) types: &'static [(&'static str, &'static str)],
    pub(crate) prose: Prose,
    pub(crate) samples: Vec<Sample>,
}

/// What there is to say about an aggregate.
pub(crate) struct Prose {
    pub(crate) title: &'static str,
    pub(crate) about: &'static str,
    /// How a stream's id is made.
    pub(crate) stream: &'static str,
    /// Under whose key the sealed fields are.
    pub(crate) sealed_under: &'static str,
    /// Path of a field → what it says.
    pub(crate) fields: &'static [(&'static str, &'static str)],
}

/// One event as an example, with everything that can be there filled in.
pub(crate) struct Sample {
    pub(crate) event_type: String,
    pub(crate) version: String,
    pub(crate) meaning: &'static str,
    /// The bytes that are stored.
    pub(crate) payload: String,
    /// The same, for people.
    pub(crate) pretty: String,
    pub(crate) event: Event,
}

impl Chapter {
    /// Brings prose and examples (meaning, event) together.
    pub(crate) fn of<A>(prose: Prose, examples: Vec<(&'static str, A::Event)>) -> Self
    where
        A: Aggregate<Event: Versioned + Into<Event>>,
    {
        let samples = examples.into_iter().map(|(meaning, event)| sample(meaning, event)).collect();
        Self { aggregate_type: A::TYPE, types: A::Event::TYPES, prose, samples }
    }
}

fn sample<E: Versioned + Into<Event>>(meaning: &'static str, event: E) -> Sample {
    Sample {
        event_type: event.event_type(),
        version: event.event_version(),
        meaning,
        payload: serde_json::to_string(&event).expect("an event is JSON"),
        pretty: serde_json::to_string_pretty(&event).expect("an event is JSON"),
        event: event.into(),
    }
}

impl Sample {
    /// The name of its golden file.
    pub(crate) fn file_name(&self) -> String {
        format!("{}.v{}.json", self.event_type, self.version)
    }

    /// The fields of the payload: path → value. Paths leave the event's type out; `[]` is any
    /// item of a list.
    pub(crate) fn leaves(&self) -> Vec<(String, Value)> {
        let payload: Value = serde_json::from_str(&self.payload).expect("an event is JSON");
        let mut leaves = Vec::new();
        collect(&payload[&self.event_type], "", &mut leaves);
        leaves
    }
}

fn collect(value: &Value, path: &str, leaves: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                collect(field, &path, leaves);
            }
        }
        Value::Array(items) => {
            for item in items {
                collect(item, &format!("{path}[]"), leaves);
            }
        }
        leaf => leaves.push((path.to_owned(), leaf.clone())),
    }
}

/// Whether a value is of the form that only sealed content has.
pub(crate) fn is_sealed(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("s1."))
}
