//! Where sealed content belongs. It opens nowhere else.

use uuid::Uuid;

/// The one place that content is sealed for: a field of an event in a stream. Content that was
/// copied to another place does not open there.
#[derive(Clone, Copy, Debug)]
pub struct SealedAt<'a> {
    /// The event that carries the content.
    pub event_id: Uuid,
    /// The kind of the event's stream.
    pub aggregate_type: &'a str,
    /// The id of the event's stream.
    pub aggregate_id: &'a str,
    /// The field of the event.
    pub field: &'a str,
}

impl SealedAt<'_> {
    /// Whether the event's stream is that of this id.
    #[must_use]
    pub(crate) fn is_in(&self, id: Uuid) -> bool {
        let mut buffer = Uuid::encode_buffer();
        *id.as_hyphenated().encode_lower(&mut buffer) == *self.aggregate_id
    }

    /// The place as associated data. Each text has its length in front, so that no two places
    /// have the same bytes.
    pub(crate) fn associated(&self) -> Vec<u8> {
        let texts = [self.aggregate_type, self.aggregate_id, self.field];
        let length = texts.iter().map(|text| 8 + text.len()).sum::<usize>();
        let mut bytes = Vec::with_capacity(16 + length);
        bytes.extend_from_slice(self.event_id.as_bytes());
        for text in texts {
            bytes.extend_from_slice(&(text.len() as u64).to_be_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes
    }
}
