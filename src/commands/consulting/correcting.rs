//! What a patient asks to have corrected, and what the doctor answers.

use super::{Consultings, Entry};
use crate::commands::text;
use crate::commands::{CommandError, ExecuteError, Executed, Invalid, Refusal, Request};
use crate::policy::Action;
use anamnesis_domain::ConsultationId;
use anamnesis_domain::consultation::{ConsultationCommand, ConsultationError};
use uuid::Uuid;

impl Consultings {
    /// Asks for a correction of what is signed.
    pub async fn request_correction(
        &self,
        request: &Request,
        id: ConsultationId,
        if_version: Option<u64>,
        words: &str,
    ) -> Result<Executed, CommandError> {
        let parties = self.authorised(request, Action::RequestCorrection, id).await?;
        let context = self.context(request, parties, &("request_correction", id, words)).await?;
        let words = text::correction(words)?;
        let text = self.place(&context, id, parties).seal("text", words.as_bytes()).await?;
        let by = request.actor.account_id;
        let command = ConsultationCommand::RequestCorrection { by, text };
        self.execute(&context.at_version(if_version), id, command).await
    }

    /// Amends the consultation, and answers the request with that amendment: both or neither.
    pub async fn accept_correction(
        &self,
        request: &Request,
        (id, number): (ConsultationId, u32),
        if_version: Option<u64>,
        entry: Entry,
    ) -> Result<Executed, CommandError> {
        let parties = self.authorised(request, Action::AnswerCorrection, id).await?;
        let asked = ("accept_correction", id, number, &entry);
        let context = self.context(&answering(request, id, number), parties, &asked).await?;
        let entry = entry.checked(self.clock.now().date_naive())?;
        let place = self.place(&context, id, parties);
        let reason = place.reason(entry.reason.as_deref()).await?.ok_or(Invalid {
            code: "reason_missing",
            message: "an amendment says why: give a reason",
        })?;
        let changes = place.changes(entry).await?;
        let by = request.actor.account_id;
        let command = ConsultationCommand::AcceptCorrection { by, number, changes, reason };
        let executed = self.execute(&context.at_version(if_version), id, command).await;
        executed.map_err(answered_otherwise)
    }

    /// Leaves the consultation as it is, and says why.
    pub async fn decline_correction(
        &self,
        request: &Request,
        (id, number): (ConsultationId, u32),
        if_version: Option<u64>,
        words: &str,
    ) -> Result<Executed, CommandError> {
        let parties = self.authorised(request, Action::AnswerCorrection, id).await?;
        let asked = ("decline_correction", id, number, words);
        let context = self.context(&answering(request, id, number), parties, &asked).await?;
        let words = text::correction(words)?;
        let statement =
            self.place(&context, id, parties).seal("statement", words.as_bytes()).await?;
        let by = request.actor.account_id;
        let command = ConsultationCommand::DeclineCorrection { by, number, statement };
        let executed = self.execute(&context.at_version(if_version), id, command).await;
        executed.map_err(answered_otherwise)
    }
}

/// A request has one answer, so what is answered is the id under which the answer is recognised
/// when it comes again.
fn answering(request: &Request, id: ConsultationId, number: u32) -> Request {
    let client_id = Uuid::new_v5(&id.0, format!("correction {number}").as_bytes());
    Request { client_id: Some(client_id), ..*request }
}

/// The other answer was there first.
fn answered_otherwise(error: CommandError) -> CommandError {
    match error {
        CommandError::Execute(ExecuteError::ClientIdReused) => {
            let refusal = Refusal::Consultation(ConsultationError::CorrectionAnswered);
            CommandError::Execute(ExecuteError::Refused(refusal))
        }
        other => other,
    }
}
