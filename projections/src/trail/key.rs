//! What lines are found by, each as one id: the index has one shape whatever is asked for.

use super::action::Outcome;
use uuid::Uuid;

/// Something to find lines by.
#[derive(Clone, Copy, Debug)]
pub(super) enum Key<'k> {
    Actor(Uuid),
    Patient(Uuid),
    Record(Uuid),
    Request(Uuid),
    Action(&'k str),
    Outcome(Outcome),
}

/// The namespace of the ids (changing it means to rebuild the read model).
const NAMESPACE: Uuid = Uuid::from_u128(0x5b1c_9a0e_77d2_4c36_9e4f_21c8_d0a5_63b7);

impl Key<'_> {
    pub(super) fn id(self) -> Uuid {
        let (kind, value): (u8, &[u8]) = match &self {
            Self::Actor(id) => (1, id.as_bytes()),
            Self::Patient(id) => (2, id.as_bytes()),
            Self::Record(id) => (3, id.as_bytes()),
            Self::Request(id) => (4, id.as_bytes()),
            Self::Action(code) => (5, code.as_bytes()),
            Self::Outcome(outcome) => (6, outcome.as_str().as_bytes()),
        };
        let mut name = [0; 64];
        name[0] = kind;
        let end = (1 + value.len()).min(name.len());
        name[1..end].copy_from_slice(&value[..end - 1]);
        Uuid::new_v5(&NAMESPACE, &name[..end])
    }
}
