//! What somebody could see: every record of theirs, decided by the policy as things stood.
//!
//! Whose a record is never changes, so those that they ever had are found in the read models of
//! today. Each is then looked at as it was: the aggregate, folded up to the position.

use super::{AsOf, AsOfError, LiveSession, Moment, Permitted, Record, RecordName, RoomPage};
use crate::commands::past::{Past, beginning, past};
use crate::policy::Action;
use anamnesis_domain::appointment::{Appointment, Status};
use anamnesis_domain::chat_room::{ChatRoom, Participants};
use anamnesis_domain::consultation::Consultation;
use anamnesis_domain::{AccountId, AppointmentId, ConsultationId, RoomId};
use anamnesis_projections::accounts::Account;
use anamnesis_projections::appointments::appointments_ever;
use anamnesis_projections::consultations::consultations_ever;
use anamnesis_projections::conversations::rooms_ever;
use chrono::{DateTime, Utc};
use std::str::FromStr;
use uuid::Uuid;

/// Somebody at a moment.
#[derive(Debug)]
pub struct CouldSee {
    /// Who they were.
    pub account: Account,
    /// What their role alone allowed.
    pub by_role: Vec<Action>,
    /// Where they were signed in.
    pub sessions: Vec<LiveSession>,
    /// A page of what they could see.
    pub records: Vec<Seen>,
    /// Where the next page goes on.
    pub next: Option<SeenCursor>,
}

/// A record that somebody could see.
#[derive(Debug)]
pub struct Seen {
    /// Which.
    pub name: RecordName,
    /// Whose it is.
    pub pair: Participants,
    /// When it began: was opened or booked.
    pub since: DateTime<Utc>,
    /// Of an appointment, what had become of it.
    pub status: Option<Status>,
    /// Of a consultation, whether it was signed.
    pub is_signed: Option<bool>,
    /// What they could do with it.
    pub may: Vec<Action>,
}

/// The last record that a page looked at: rooms come first, then appointments, then
/// consultations, each by their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenCursor {
    kind: Kind,
    id: Uuid,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Room,
    Appointment,
    Consultation,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Room, Self::Appointment, Self::Consultation];

    fn as_str(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Appointment => "appointment",
            Self::Consultation => "consultation",
        }
    }

    fn name(self, id: Uuid) -> RecordName {
        match self {
            Self::Room => RecordName::Room(RoomId(id)),
            Self::Appointment => RecordName::Appointment(AppointmentId(id)),
            Self::Consultation => RecordName::Consultation(ConsultationId(id)),
        }
    }

    fn after(self) -> Option<Self> {
        match self {
            Self::Room => Some(Self::Appointment),
            Self::Appointment => Some(Self::Consultation),
            Self::Consultation => None,
        }
    }
}

impl std::fmt::Display for SeenCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.kind.as_str(), self.id)
    }
}

impl FromStr for SeenCursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (kind, id) = text.split_once('.').ok_or(())?;
        let kind = Kind::ALL.into_iter().find(|one| one.as_str() == kind).ok_or(())?;
        Ok(Self { kind, id: id.parse().map_err(|_| ())? })
    }
}

impl AsOf {
    /// What an account could see: a page of its records, of which `limit` (of 100) are looked
    /// at. Cost: their events, of a room the first one only.
    pub async fn could_see(
        &self,
        account: AccountId,
        at: Moment,
        after: Option<SeenCursor>,
        limit: usize,
    ) -> Result<CouldSee, AsOfError> {
        let page = RoomPage { before: None, limit: 1 };
        let view = self.view(RecordName::Account(account), at, page).await?;
        let Record::Account(account) = view.record else { return Err(AsOfError::Unknown) };
        let who = Permitted::of(account.account_id, account.role, account.status);
        let (names, next) = self.theirs(account.account_id, after, limit.clamp(1, 100)).await?;
        let mut records = Vec::new();
        for name in names {
            let seen = self.seen(&who, name, at).await?;
            records.extend(seen.filter(|seen| !seen.may.is_empty()));
        }
        Ok(CouldSee {
            by_role: who.by_role(),
            sessions: self.sessions(account.account_id, at).await?,
            account: *account,
            records,
            next,
        })
    }

    /// Records that the account ever had, and where the next page goes on.
    async fn theirs(
        &self,
        account: AccountId,
        after: Option<SeenCursor>,
        limit: usize,
    ) -> Result<(Vec<RecordName>, Option<SeenCursor>), AsOfError> {
        let mut cursor = after.unwrap_or(SeenCursor { kind: Kind::Room, id: Uuid::nil() });
        let mut names = Vec::new();
        loop {
            let wanted = u32::try_from(limit - names.len()).unwrap_or(u32::MAX);
            let ids = self.ever(account, cursor, wanted).await?;
            names.extend(ids.iter().map(|id| cursor.kind.name(*id)));
            if names.len() >= limit {
                let id = ids.last().copied().unwrap_or(cursor.id);
                return Ok((names, Some(SeenCursor { id, ..cursor })));
            }
            let Some(kind) = cursor.kind.after() else { return Ok((names, None)) };
            cursor = SeenCursor { kind, id: Uuid::nil() };
        }
    }

    async fn ever(
        &self,
        account: AccountId,
        SeenCursor { kind, id }: SeenCursor,
        limit: u32,
    ) -> Result<Vec<Uuid>, sqlx::Error> {
        let pool = &self.pool;
        Ok(match kind {
            Kind::Room => {
                let ids = rooms_ever(pool, account, RoomId(id), limit).await?;
                ids.into_iter().map(|id| id.0).collect()
            }
            Kind::Appointment => {
                let ids = appointments_ever(pool, account, AppointmentId(id), limit).await?;
                ids.into_iter().map(|id| id.0).collect()
            }
            Kind::Consultation => {
                let ids = consultations_ever(pool, account, ConsultationId(id), limit).await?;
                ids.into_iter().map(|id| id.0).collect()
            }
        })
    }

    /// A record, if it was there.
    async fn seen(
        &self,
        who: &Permitted,
        name: RecordName,
        at: Moment,
    ) -> Result<Option<Seen>, AsOfError> {
        match name {
            RecordName::Room(id) => self.seen_room(who, id, at).await,
            RecordName::Appointment(id) => self.seen_appointment(who, id, at).await,
            RecordName::Consultation(id) => self.seen_consultation(who, id, at).await,
            RecordName::Account(_) => Ok(None),
        }
    }

    /// Whose a room is its first event says, and no later one changes it.
    async fn seen_room(
        &self,
        who: &Permitted,
        id: RoomId,
        at: Moment,
    ) -> Result<Option<Seen>, AsOfError> {
        let past = beginning::<ChatRoom>(&*self.log, &id.to_string(), at.position).await?;
        let Some(Past { state, since, .. }) = past else { return Ok(None) };
        let Some(pair) = state.participants() else { return Ok(None) };
        let (name, may) = (RecordName::Room(id), who.in_room(pair));
        Ok(Some(Seen { name, pair, since, status: None, is_signed: None, may }))
    }

    async fn seen_appointment(
        &self,
        who: &Permitted,
        id: AppointmentId,
        at: Moment,
    ) -> Result<Option<Seen>, AsOfError> {
        let past = past::<Appointment>(&*self.log, &id.to_string(), at.position).await?;
        let Some(Past { state, since, .. }) = past.filter(|past| !past.state.is_deleted()) else {
            return Ok(None);
        };
        let Some(agreed) = state.agreed() else { return Ok(None) };
        let pair = Participants { patient_id: agreed.patient_id, doctor_id: agreed.doctor_id };
        let may = who.with_appointment(pair, state.status());
        let (name, status) = (RecordName::Appointment(id), Some(state.status()));
        Ok(Some(Seen { name, pair, since, status, is_signed: None, may }))
    }

    async fn seen_consultation(
        &self,
        who: &Permitted,
        id: ConsultationId,
        at: Moment,
    ) -> Result<Option<Seen>, AsOfError> {
        let past = past::<Consultation>(&*self.log, &id.to_string(), at.position).await?;
        let Some(Past { state, since, .. }) = past.filter(|past| !past.state.is_deleted()) else {
            return Ok(None);
        };
        let Some(parties) = state.parties() else { return Ok(None) };
        let pair = Participants { patient_id: parties.patient_id, doctor_id: parties.doctor_id };
        let may = who.with_consultation(pair, state.is_signed());
        let (name, is_signed) = (RecordName::Consultation(id), Some(state.is_signed()));
        Ok(Some(Seen { name, pair, since, status: None, is_signed, may }))
    }
}
