//! Opens what a batch says in clear to the read model: names, addresses and which picture.

use crate::log::RecordedEvent;
use crate::opener::{OpenError, Opened, Opener, SealedRef};
use anamnesis_domain::Sealed;
use anamnesis_domain::account::{AccountEvent, Identity};
use std::collections::HashMap;
use uuid::Uuid;

/// The opened fields of a batch, by event.
#[derive(Default)]
pub(super) struct Clear {
    fields: HashMap<(Uuid, &'static str), Opened>,
}

impl Clear {
    /// One request to the opener for the whole batch.
    pub(super) async fn of(
        opener: &dyn Opener,
        events: &[(&RecordedEvent, &AccountEvent)],
    ) -> Result<Self, OpenError> {
        let items: Vec<_> =
            events.iter().flat_map(|(recorded, event)| refs(recorded, event)).collect();
        if items.is_empty() {
            return Ok(Self::default());
        }
        let answers = opener.open_many(&items).await?;
        if answers.len() != items.len() {
            return Err(OpenError::Broken);
        }
        let keys = items.iter().map(|item| (item.event_id, item.field));
        Ok(Self { fields: keys.zip(answers).collect() })
    }

    /// The text; `None` when it was erased.
    pub(super) fn take(&mut self, event_id: Uuid, field: &'static str) -> Option<String> {
        match self.fields.remove(&(event_id, field)) {
            Some(Opened::Text(text)) => Some(text),
            Some(Opened::Erased) | None => None,
        }
    }
}

fn refs<'e>(recorded: &'e RecordedEvent, event: &'e AccountEvent) -> Vec<SealedRef<'e>> {
    let item = |field, sealed: &'e Sealed| SealedRef {
        event_id: recorded.event_id,
        aggregate_type: &recorded.stream.aggregate_type,
        aggregate_id: &recorded.stream.aggregate_id,
        field,
        sealed,
    };
    match event {
        AccountEvent::PatientRegistered { identity }
        | AccountEvent::StaffAccountRequested { identity, .. } => {
            let Identity { username, email, name } = identity;
            vec![item("username", username), item("email", email), item("name", name)]
        }
        AccountEvent::AccountProfileChanged { change } => {
            let name = change.name.iter().map(|name| item("name", name));
            name.chain(change.picture.iter().map(|id| item("picture", id))).collect()
        }
        _ => Vec::new(),
    }
}
