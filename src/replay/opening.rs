//! What people wrote, in the place of `‹sealed›`, for who holds the right to it.

use super::{Record, ReplayError};
use crate::commands::Request;
use crate::disclosure::{Gateway, Look};
use crate::policy::AuthorisedRecord;
use crate::sealing::{OpenError, PREFIX, SealedAt};
use anamnesis_domain::Sealed;
use anamnesis_domain::session::RecordKind;
use anamnesis_projections::log::RecordedEvent;
use serde_json::Value;
use serde_json::value::to_raw_value;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// Stands where the key to what was written was destroyed.
pub const ERASED: &str = "‹erased›";

/// Opens the events of one record, page by page. Each page is a look, which is written down
/// before it is opened.
pub struct Opening {
    gateway: Arc<Gateway>,
    request: Request,
    record: AuthorisedRecord,
}

/// Something sealed in an event: the field that it was sealed for, and where it stands.
struct Place {
    field: String,
    pointer: String,
    sealed: Sealed,
}

impl Opening {
    /// Of this record, for this request.
    #[must_use]
    pub fn new(gateway: Arc<Gateway>, request: Request, record: AuthorisedRecord) -> Self {
        Self { gateway, request, record }
    }

    /// Gives each record the words of its event. All events are of the one stream.
    pub(super) async fn open(
        &self,
        events: &[&RecordedEvent],
        records: &mut [Record<'_>],
    ) -> Result<(), ReplayError> {
        let mut fields = Vec::with_capacity(events.len());
        for event in events {
            fields.push(fields_of(event)?);
        }
        let places: Vec<Vec<Place>> = fields.iter().map(places_of).collect();
        let written = || places.iter().zip(events).filter(|(places, _)| !places.is_empty());
        let (Some((_, first)), Some((_, last))) = (written().next(), written().next_back()) else {
            return Ok(());
        };
        let look = match self.record.kind() {
            RecordKind::Messages => Look::messages(&self.record, first.sequence, last.sequence),
            _ => Look::version(&self.record, last.sequence),
        };
        let disclosure = self.gateway.disclose(&self.request, vec![look]).await?;
        let items: Vec<_> = written()
            .flat_map(|(places, event)| {
                places.iter().map(move |place| (place_in(event, place), &place.sealed))
            })
            .collect();
        let mut opened = self.gateway.open_many(&disclosure, &items).await.into_iter();
        for ((record, mut fields), places) in records.iter_mut().zip(fields).zip(&places) {
            for (place, words) in places.iter().zip(opened.by_ref()) {
                if let Some(there) = fields.pointer_mut(&place.pointer) {
                    *there = in_clear(&place.field, words)?;
                }
            }
            if !places.is_empty() {
                record.fields = Cow::Owned(to_raw_value(&fields)?);
            }
        }
        Ok(())
    }
}

fn place_in<'a>(event: &'a RecordedEvent, place: &'a Place) -> SealedAt<'a> {
    SealedAt {
        event_id: event.event_id,
        aggregate_type: &event.stream.aggregate_type,
        aggregate_id: &event.stream.aggregate_id,
        field: &place.field,
    }
}

/// A prescription is JSON itself; everything else is a text, whatever it looks like.
fn in_clear(
    field: &str,
    words: Result<zeroize::Zeroizing<Vec<u8>>, OpenError>,
) -> Result<Value, ReplayError> {
    match words {
        Ok(bytes) if field.starts_with("changes.prescriptions.") => {
            Ok(serde_json::from_slice(&bytes)?)
        }
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned().into()),
        Err(OpenError::Erased) => Ok(ERASED.into()),
        Err(error) => Err(error.into()),
    }
}

fn fields_of(event: &RecordedEvent) -> Result<Value, ReplayError> {
    let unreadable = |_| ReplayError::Unreadable { position: event.position };
    let mut of_type: HashMap<String, Value> =
        serde_json::from_str(&event.payload).map_err(unreadable)?;
    Ok(of_type.remove(&*event.event_type).unwrap_or_default())
}

/// A field's name is the path to it; in a list, that of its element by the element's id.
fn places_of(fields: &Value) -> Vec<Place> {
    let mut places = Vec::new();
    gather(fields, "", "", &mut places);
    places
}

fn gather(value: &Value, field: &str, pointer: &str, places: &mut Vec<Place>) {
    let under = |name: &str| {
        if field.is_empty() { name.to_owned() } else { format!("{field}.{name}") }
    };
    match value {
        Value::String(text) if text.starts_with(PREFIX) => places.push(Place {
            field: field.to_owned(),
            pointer: pointer.to_owned(),
            sealed: Sealed(text.clone()),
        }),
        Value::Object(members) => {
            for (name, member) in members {
                gather(member, &under(name), &format!("{pointer}/{name}"), places);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                let pointer = format!("{pointer}/{index}/content");
                let id = element["id"].as_str().unwrap_or_default();
                gather(&element["content"], &under(id), &pointer, places);
            }
        }
        _ => {}
    }
}
