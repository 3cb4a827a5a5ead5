//! What somebody was allowed to do with a record, as the policy decides it.

use crate::policy::{Action, Actor, Decision, Resource, decide, decide_deletion};
use anamnesis_domain::account::Status as AccountStatus;
use anamnesis_domain::appointment::Status;
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::{AccountId, Role};
use uuid::Uuid;

const OF_ROOMS: [Action; 10] = [
    Action::ReadRoom,
    Action::ReadMessages,
    Action::PostMessage,
    Action::EditMessage,
    Action::RetractMessage,
    Action::ReactToMessage,
    Action::MarkProgress,
    Action::Type,
    Action::CloseRoom,
    Action::ListPatientMedicines,
];
const OF_CONSULTATIONS: [Action; 5] = [
    Action::ReadConsultation,
    Action::ReadConsultationFields,
    Action::WriteConsultation,
    Action::SignConsultation,
    Action::DeleteConsultation,
];

/// Somebody at a time, as far as the policy looks at them. Whose account was not in use was let
/// in nowhere.
#[derive(Clone, Copy, Debug)]
pub struct Permitted {
    actor: Actor,
    in_use: bool,
}

impl Permitted {
    /// An account with the role and the status that it had.
    #[must_use]
    pub fn of(account_id: AccountId, role: Role, status: AccountStatus) -> Self {
        let actor = Actor { account_id, role, session_id: Uuid::nil() };
        Self { actor, in_use: status == AccountStatus::Active }
    }

    /// What the role alone allowed.
    #[must_use]
    pub fn by_role(&self) -> Vec<Action> {
        self.those(Action::ALL, |action| decide(&self.actor, action, Resource::Own))
    }

    /// What could be done in a room; nothing, if they could not see it.
    #[must_use]
    pub fn in_room(&self, pair: Participants) -> Vec<Action> {
        self.those(&OF_ROOMS, |action| decide(&self.actor, action, Resource::Shared(pair)))
    }

    /// What could be done with an appointment that is not deleted.
    #[must_use]
    pub fn with_appointment(&self, pair: Participants, status: Status) -> Vec<Action> {
        let mut may = self.those(&[Action::ReadAppointment, Action::ChangeAppointment], |action| {
            decide(&self.actor, action, Resource::Shared(pair))
        });
        let deletes = self.in_use && decide_deletion(&self.actor, pair, status) == Decision::Allow;
        may.extend(deletes.then_some(Action::DeleteAppointment));
        may
    }

    /// What could be done with a consultation that is not deleted.
    #[must_use]
    pub fn with_consultation(&self, pair: Participants, is_signed: bool) -> Vec<Action> {
        let resource = if is_signed { Resource::Shared(pair) } else { Resource::Draft(pair) };
        self.those(&OF_CONSULTATIONS, |action| decide(&self.actor, action, resource))
    }

    fn those(&self, actions: &[Action], decided: impl Fn(Action) -> Decision) -> Vec<Action> {
        let allowed = |action: &Action| self.in_use && decided(*action) == Decision::Allow;
        actions.iter().copied().filter(allowed).collect()
    }
}
