//! Handles that only the policy gives out: who holds one has been authorised.

use super::{Action, Actor, Decision, OpenGrant, Resource, decide, needs_grant};
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::session::RecordKind;
use anamnesis_domain::{AccountId, GrantId, RoomId};
use uuid::Uuid;

/// The policy said no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Answered with 403.
    #[error("this is not allowed to you")]
    Forbidden,
    /// Answered with 404, as if there were nothing.
    #[error("there is no such thing")]
    Hidden,
}

impl Decision {
    /// The decision as a result.
    pub fn require(self) -> Result<(), Denied> {
        match self {
            Self::Allow => Ok(()),
            Self::Forbid => Err(Denied::Forbidden),
            Self::Hide => Err(Denied::Hidden),
        }
    }
}

/// A part of a patient's record that the actor may see.
#[derive(Clone, Copy, Debug)]
pub struct AuthorisedRecord {
    kind: RecordKind,
    id: Uuid,
    patient_id: AccountId,
    grant_id: Option<GrantId>,
}

/// Lets the actor see a record of one patient, for one action.
pub fn authorise_record(
    actor: &Actor,
    action: Action,
    (kind, id): (RecordKind, Uuid),
    patient_id: AccountId,
    resource: Resource,
) -> Result<AuthorisedRecord, Denied> {
    decide(actor, action, resource).require()?;
    Ok(AuthorisedRecord { kind, id, patient_id, grant_id: resource.grant_id() })
}

impl AuthorisedRecord {
    /// What it is.
    #[must_use]
    pub fn kind(&self) -> RecordKind {
        self.kind
    }

    /// Which one.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Whom it concerns.
    #[must_use]
    pub fn patient_id(&self) -> AccountId {
        self.patient_id
    }

    /// The break-glass grant that allows it, where it takes one.
    #[must_use]
    pub fn grant_id(&self) -> Option<GrantId> {
        self.grant_id
    }
}

/// A room in which the actor may do what they asked for.
#[derive(Clone, Copy, Debug)]
pub struct AuthorisedRoom {
    actor: Actor,
    action: Action,
    room_id: RoomId,
    participants: Participants,
    grant_id: Option<GrantId>,
}

/// Lets the actor into a room for one action. `participants` are the room's, from the log; the
/// grant is one that the actor holds for the patient of the two.
pub fn authorise_room(
    actor: Actor,
    action: Action,
    room_id: RoomId,
    participants: Option<Participants>,
    grant: Option<OpenGrant>,
) -> Result<AuthorisedRoom, Denied> {
    let participants = participants.ok_or(Denied::Hidden)?;
    let resource = match grant.filter(|_| needs_grant(action)) {
        Some(grant) => Resource::Opened(participants.patient_id, grant),
        None => Resource::Shared(participants),
    };
    decide(&actor, action, resource).require()?;
    Ok(AuthorisedRoom { actor, action, room_id, participants, grant_id: resource.grant_id() })
}

impl AuthorisedRoom {
    /// Who was let in.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// For what.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }

    /// Which room.
    #[must_use]
    pub fn room_id(&self) -> RoomId {
        self.room_id
    }

    /// Its words, as a part of the patient's record.
    #[must_use]
    pub fn record(&self) -> AuthorisedRecord {
        self.part(RecordKind::Messages, self.room_id.0)
    }

    /// What the patient of the room takes, as a part of their record.
    #[must_use]
    pub fn medicines(&self) -> AuthorisedRecord {
        self.part(RecordKind::Medicines, self.participants.patient_id.0)
    }

    fn part(&self, kind: RecordKind, id: Uuid) -> AuthorisedRecord {
        let patient_id = self.participants.patient_id;
        AuthorisedRecord { kind, id, patient_id, grant_id: self.grant_id }
    }

    /// The other participant, as the actor sees it; for an officer, the patient.
    #[must_use]
    pub fn other(&self) -> AccountId {
        if self.participants.patient_id == self.actor.account_id {
            self.participants.doctor_id
        } else {
            self.participants.patient_id
        }
    }

    /// Whose key seals what is written here: the patient's, whom all of it concerns.
    #[must_use]
    pub fn subject(&self) -> AccountId {
        self.participants.patient_id
    }
}
