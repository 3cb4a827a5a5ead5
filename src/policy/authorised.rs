//! Handles that only the policy gives out: who holds one has been authorised.

use super::{Action, Actor, Decision, Resource, decide};
use anamnesis_domain::RoomId;
use anamnesis_domain::chat_room::Participants;

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

/// A room in which the actor may do what they asked for.
#[derive(Clone, Copy, Debug)]
pub struct AuthorisedRoom {
    actor: Actor,
    action: Action,
    room_id: RoomId,
    participants: Participants,
}

/// Lets the actor into a room for one action. `participants` are the room's, from the log.
pub fn authorise_room(
    actor: Actor,
    action: Action,
    room_id: RoomId,
    participants: Option<Participants>,
) -> Result<AuthorisedRoom, Denied> {
    let participants = participants.ok_or(Denied::Hidden)?;
    decide(&actor, action, Resource::Shared(participants)).require()?;
    Ok(AuthorisedRoom { actor, action, room_id, participants })
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

    /// The other participant, as the actor sees it.
    #[must_use]
    pub fn other(&self) -> anamnesis_domain::AccountId {
        if self.participants.patient_id == self.actor.account_id {
            self.participants.doctor_id
        } else {
            self.participants.patient_id
        }
    }

    /// Whose key seals what is written here: the patient's, whom all of it concerns.
    #[must_use]
    pub fn subject(&self) -> anamnesis_domain::AccountId {
        self.participants.patient_id
    }
}
