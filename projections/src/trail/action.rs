//! What an event is called in a search, and how it ended.

use anamnesis_domain::Event;
use anamnesis_domain::session::{EndReason, SessionEvent};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How something ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Success,
    /// It was not allowed.
    Denied,
    /// It did not work.
    Failed,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Success, Self::Denied, Self::Failed];

    /// The name used in the table and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Denied => "denied",
            Self::Failed => "failed",
        }
    }

    /// How the event ended. A copied token that was refused is an attempt that was denied.
    pub(super) fn of(event: &Event) -> Self {
        match event {
            Event::SignIn(_) => Self::Failed,
            Event::Session(
                SessionEvent::AccessDenied { .. }
                | SessionEvent::SessionEnded {
                    reason: EndReason::TokenReused | EndReason::WrongDevice,
                },
            ) => Self::Denied,
            _ => Self::Success,
        }
    }
}

/// The stable code of an event type: `MessagePosted` is `message_posted`.
#[must_use]
pub fn code(event_type: &str) -> String {
    let mut code = String::with_capacity(event_type.len() + 4);
    for c in event_type.chars() {
        if c.is_ascii_uppercase() && !code.is_empty() {
            code.push('_');
        }
        code.push(c.to_ascii_lowercase());
    }
    code
}

/// Whether any event has this code.
#[must_use]
pub fn is_action(text: &str) -> bool {
    let mut types = Event::TYPES.iter().copied().flatten();
    types.any(|(event_type, _)| code(event_type) == text)
}
