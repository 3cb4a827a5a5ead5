//! Writing down who is about to see what.

use super::{Disclosure, Gateway, Look};
use crate::commands::{Command, Context, ExecuteError, Request};
use anamnesis_domain::SessionId;
use anamnesis_domain::session::{Attempt, LookUp, Read, SessionCommand};
use std::collections::BTreeMap;

impl Gateway {
    /// Writes down that the session is about to see these, one event for each patient and kind
    /// of record, and answers when that is durable. What the same session has seen within the
    /// last ten minutes, as far as this process remembers, is not written again. Costs nothing
    /// then, and one append otherwise.
    pub async fn disclose(
        &self,
        request: &Request,
        looks: Vec<Look>,
    ) -> Result<Disclosure, ExecuteError> {
        let session = SessionId(request.actor.session_id);
        let news: Vec<&Look> =
            looks.iter().filter(|look| !self.recent.has_read(session, look)).collect();
        if !news.is_empty() {
            let mut reads: BTreeMap<_, Read> = BTreeMap::new();
            for look in &news {
                let key = (look.patient_id, look.kind, look.grant_id);
                let read = reads.entry(key).or_insert_with(|| Read {
                    patient_id: look.patient_id,
                    kind: look.kind,
                    parts: Vec::new(),
                    grant_id: look.grant_id,
                });
                read.parts.push(look.part);
            }
            let reads = reads.into_values().collect();
            self.tell(request, SessionCommand::RecordReads(reads)).await?;
            for look in news {
                self.recent.note_read(session, look);
            }
        }
        Ok(Disclosure { looks, desks: false })
    }

    /// Writes down that an officer is about to see reviews or saved searches, and answers when
    /// that is durable.
    pub async fn disclose_desks(
        &self,
        request: &Request,
        look_up: LookUp,
    ) -> Result<Disclosure, ExecuteError> {
        self.tell(request, SessionCommand::RecordLookUp(look_up)).await?;
        Ok(Disclosure { looks: Vec::new(), desks: true })
    }

    /// Writes down that something was tried and not allowed. The same within ten minutes is not
    /// written again. After a hundred attempts of a session it is written that there were more,
    /// once: a client that tries everything there is can't fill the log.
    pub async fn record_denial(
        &self,
        request: &Request,
        attempt: Attempt,
    ) -> Result<(), ExecuteError> {
        let session = SessionId(request.actor.session_id);
        let Some(attempt) = self.recent.attempt_owed(session, attempt) else { return Ok(()) };
        self.tell(request, SessionCommand::RecordDenial(attempt.clone())).await?;
        self.recent.note_attempt(session, attempt);
        Ok(())
    }

    pub(super) async fn tell(
        &self,
        request: &Request,
        command: SessionCommand,
    ) -> Result<(), ExecuteError> {
        let session = SessionId(request.actor.session_id);
        let context = Context::new(request.metadata());
        self.executor.execute(&context, vec![Command::Session(session, command)]).await.map(drop)
    }
}
