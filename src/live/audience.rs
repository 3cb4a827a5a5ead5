//! Whom an event is for. The policy decides, as it does for every request.

use crate::policy::{self, Action, Actor, Decision, Resource};
use anamnesis_domain::AccountId;
use anamnesis_domain::chat_room::Participants;
use axum::extract::ws::Utf8Bytes;

/// Who may see an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The two who share it.
    Pair(Participants),
    /// The doctor of the two: the patient does not know of it yet.
    Doctor(Participants),
    /// The account itself.
    Own(AccountId),
    /// Everybody who manages accounts.
    Administrators,
}

/// A rendered event on its way to those who may see it.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The event's position.
    pub position: u64,
    /// The frame, serialised once.
    pub text: Utf8Bytes,
    /// Who may see it.
    pub audience: Audience,
}

impl Audience {
    /// Whether the actor is one of them, in the role in which they came: a doctor who became an
    /// administrator hears of no patient any more.
    #[must_use]
    pub fn includes(self, actor: &Actor) -> bool {
        let resource = match self {
            Self::Pair(pair) => Resource::Shared(pair),
            Self::Doctor(pair) => Resource::Draft(pair),
            Self::Own(account_id) => Resource::Of(account_id),
            Self::Administrators => return policy::may_ever(actor.role, Action::ListAccounts),
        };
        policy::decide(actor, Action::FollowEvents, resource) == Decision::Allow
    }

    /// The accounts among which they are; none for administrators, whom the hub knows.
    pub(super) fn accounts(self) -> impl Iterator<Item = AccountId> {
        let accounts = match self {
            Self::Pair(pair) => [Some(pair.patient_id), Some(pair.doctor_id)],
            Self::Doctor(pair) => [Some(pair.doctor_id), None],
            Self::Own(account_id) => [Some(account_id), None],
            Self::Administrators => [None, None],
        };
        accounts.into_iter().flatten()
    }
}
