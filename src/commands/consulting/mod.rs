//! Consulting: what doctors write down about an appointment.

mod correcting;
mod entry;
mod prescribing;
mod seal;

pub use entry::Entry;
pub use prescribing::{Prescribed, Prescribing};
pub(crate) use seal::prescription_field;

use super::error::CommandError;
use super::{Command, Context, ExecuteError, Executed, Executor, Request};
use crate::clock::Clock;
use crate::policy::{self, Action, Resource};
use crate::sealing::Sealer;
use anamnesis_domain::appointment::AppointmentCommand;
use anamnesis_domain::chat_room::Participants;
use anamnesis_domain::consultation::{ConsultationCommand, Parties};
use anamnesis_domain::{AppointmentId, ConsultationId};
use serde::Serialize;
use sqlx::PgPool;
use std::sync::Arc;

/// Carries out what is asked of consultations.
#[derive(Clone)]
pub struct Consultings {
    executor: Arc<Executor>,
    sealer: Sealer,
    pool: PgPool,
    clock: Clock,
}

impl Consultings {
    /// Over these parts.
    #[must_use]
    pub fn new(executor: Arc<Executor>, sealer: Sealer, pool: PgPool, clock: Clock) -> Self {
        Self { executor, sealer, pool, clock }
    }

    /// Begins the record of an appointment that was not called off, which the same append
    /// asserts. Where it is begun, nothing is written. An appointment can be called off after
    /// that; its record stays, for the doctor to sign or to delete.
    pub async fn open(
        &self,
        request: &Request,
        appointment_id: AppointmentId,
    ) -> Result<Executed, CommandError> {
        let (appointment, _) = self.executor.appointment(appointment_id).await?;
        let agreed = appointment.agreed().filter(|_| !appointment.is_deleted());
        let agreed = agreed.ok_or(policy::Denied::Hidden)?;
        let (patient_id, doctor_id) = (agreed.patient_id, agreed.doctor_id);
        let pair = Resource::Shared(Participants { patient_id, doctor_id });
        policy::decide(&request.actor, Action::OpenConsultation, pair).require()?;
        let by = request.actor.account_id;
        let parties = Parties { appointment_id, patient_id, doctor_id };
        let context = self.context(request, parties, &("open", appointment_id)).await?;
        let command =
            ConsultationCommand::OpenConsultation { appointment_id, patient_id, doctor_id, by };
        let id = ConsultationId::of_appointment(appointment_id);
        let commands = vec![
            Command::Consultation(id, command),
            Command::Appointment(appointment_id, AppointmentCommand::CheckNotCancelled),
        ];
        Ok(self.executor.execute(&context, commands).await?)
    }

    /// Writes something down: before it is signed as a draft, after that as an amendment, which
    /// says why.
    pub async fn write(
        &self,
        request: &Request,
        id: ConsultationId,
        if_version: Option<u64>,
        entry: Entry,
    ) -> Result<Executed, CommandError> {
        let parties = self.authorised(request, Action::WriteConsultation, id).await?;
        let context = self.context(request, parties, &("write", id, &entry)).await?;
        let by = request.actor.account_id;
        let entry = entry.checked(self.clock.now().date_naive())?;
        let place = self.place(&context, id, parties);
        let command = match place.reason(entry.reason.as_deref()).await? {
            None => ConsultationCommand::SaveDraft { by, changes: place.changes(entry).await? },
            Some(reason) => ConsultationCommand::AmendConsultation {
                by,
                changes: place.changes(entry).await?,
                reason,
            },
        };
        self.execute(&context.at_version(if_version), id, command).await
    }

    /// Stands by it. Signing again writes nothing.
    pub async fn sign(
        &self,
        request: &Request,
        id: ConsultationId,
        if_version: Option<u64>,
    ) -> Result<Executed, CommandError> {
        self.authorised(request, Action::SignConsultation, id).await?;
        let context = Context::new(request.metadata()).at_version(if_version);
        let by = request.actor.account_id;
        self.execute(&context, id, ConsultationCommand::SignConsultation { by }).await
    }

    /// Hides it from everybody. Deleting it again writes nothing.
    pub async fn delete(
        &self,
        request: &Request,
        id: ConsultationId,
        if_version: Option<u64>,
    ) -> Result<Executed, CommandError> {
        self.authorised(request, Action::DeleteConsultation, id).await?;
        let context = Context::new(request.metadata()).at_version(if_version);
        let by = request.actor.account_id;
        self.execute(&context, id, ConsultationCommand::DeleteConsultation { by }).await
    }

    /// Brings a deleted one back, for a coded reason.
    pub async fn restore(
        &self,
        request: &Request,
        id: ConsultationId,
        reason: &'static str,
    ) -> Result<Executed, CommandError> {
        self.authorised(request, Action::RestoreConsultation, id).await?;
        let mut metadata = request.metadata();
        metadata.reason = Some(reason.to_owned());
        let by = request.actor.account_id;
        let context = Context::new(metadata);
        self.execute(&context, id, ConsultationCommand::RestoreConsultation { by }).await
    }

    /// Whose it is, if the policy lets the one who asks do this to it.
    async fn authorised(
        &self,
        request: &Request,
        action: Action,
        id: ConsultationId,
    ) -> Result<Parties, CommandError> {
        let (consultation, _) = self.executor.consultation(id).await?;
        let parties = consultation.parties().ok_or(policy::Denied::Hidden)?;
        let Parties { patient_id, doctor_id, .. } = parties;
        let pair = Participants { patient_id, doctor_id };
        let is_known = consultation.is_signed();
        let pair = if is_known { Resource::Shared(pair) } else { Resource::Draft(pair) };
        policy::decide(&request.actor, action, pair).require()?;
        Ok(parties)
    }

    /// With a client's id comes a fingerprint of what it stands for.
    async fn context(
        &self,
        request: &Request,
        parties: Parties,
        asked: &impl Serialize,
    ) -> Result<Context, CommandError> {
        let mut metadata = request.metadata();
        if metadata.client_id.is_some() {
            let content = serde_json::to_vec(asked).map_err(ExecuteError::from)?;
            let print = self.sealer.fingerprint(parties.patient_id.0, &content).await?;
            metadata.fingerprint = Some(print);
        }
        Ok(Context::new(metadata))
    }

    async fn execute(
        &self,
        context: &Context,
        id: ConsultationId,
        command: ConsultationCommand,
    ) -> Result<Executed, CommandError> {
        Ok(self.executor.execute(context, vec![Command::Consultation(id, command)]).await?)
    }
}
