//! Everything of a patient's, page by page, each written down before it is read.
//!
//! Every list is walked in an order that nothing changes, up to the position at which the
//! download was asked for or to its end, so what moves meanwhile is neither lost nor doubled.

use super::record::{
    AppointmentRecord, CareTeamRecord, ConversationRecord, EarlierWordsRecord, MessageRecord, Page,
    Profile,
};
use super::section::Section;
use crate::app::App;
use crate::disclosure::Look;
use crate::http::caller::Caller;
use crate::http::error::ApiError;
use crate::http::{access_report, appointment_views, medicines, notifications, own_account, views};
use anamnesis_domain::chat_room::ChatRoom;
use anamnesis_domain::{AccountId, RoomId};
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::appointments::appointments_by_booking;
use anamnesis_projections::consultations::{self, CareDoctor, care_team};
use anamnesis_projections::conversations::{self, Anchor, message_page, room_history};
use anamnesis_projections::trail::Stretch;
use cqrs_es::Aggregate;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// Records of a page.
const PAGE: u32 = 100;
/// How long one page waits to be taken, before the reading is given up.
const TAKE_MAX: Duration = Duration::from_mins(1);

/// What the reading comes to: pages, then `None` if that was all.
pub(super) type Gathered = Result<Option<Page>, ApiError>;

/// Reads everything of the caller's.
pub(super) struct Gatherer {
    pub(super) app: Arc<App>,
    pub(super) caller: Caller,
    /// What happened later is left out.
    pub(super) as_of: u64,
    pub(super) to: mpsc::Sender<Gathered>,
}

/// Who is called what.
pub(super) struct Names(HashMap<AccountId, String>);

impl Names {
    /// Empty once it was erased.
    pub(super) fn of(&self, person: AccountId) -> String {
        self.0.get(&person).cloned().unwrap_or_default()
    }
}

impl Gatherer {
    /// Until everything was taken, or nobody takes it any more.
    pub(super) async fn run(self) {
        let all = self.all().await.map(|()| None);
        // Nobody is there any more who could be told.
        let _ = self.to.send_timeout(all, TAKE_MAX).await;
    }

    async fn all(&self) -> Result<(), ApiError> {
        let (_, own) = own_account::own_account(&self.app, self.patient()).await?;
        let name = own.name.clone();
        self.send(Section::Profile, &[Profile::from(own)]).await?;
        self.care_team().await?;
        self.appointments().await?;
        self.conversations().await?;
        self.messages(&name).await?;
        self.earlier_words().await?;
        self.consultations().await?;
        self.corrections().await?;
        self.medicines().await?;
        self.notices().await?;
        self.looks().await?;
        self.openings().await?;
        let live = access_report::followers(&self.app, self.patient(), self.as_of).await?;
        self.send(Section::Live, &live).await
    }

    pub(super) fn patient(&self) -> AccountId {
        self.caller.actor.account_id
    }

    /// Also sends a page with nothing on it: the section is there then.
    pub(super) async fn send<T: Serialize>(
        &self,
        section: Section,
        records: &[T],
    ) -> Result<(), ApiError> {
        let page = Page::of(section, records)?;
        let sent = self.to.send_timeout(Ok(Some(page)), TAKE_MAX).await;
        sent.map_err(|_| too_slow())
    }

    pub(super) async fn names(
        &self,
        people: impl Iterator<Item = AccountId>,
    ) -> Result<Names, ApiError> {
        Ok(Names(names_of(&self.app.pool, &people.collect::<Vec<_>>()).await?))
    }

    /// The patient's doctors after that one, each with the room of the two.
    async fn doctors(
        &self,
        after: Option<AccountId>,
    ) -> Result<Vec<(CareDoctor, String)>, ApiError> {
        let found = care_team(&self.app.pool, self.patient(), after, PAGE).await?;
        let names = self.names(found.iter().map(|one| one.doctor_id)).await?;
        Ok(found.into_iter().map(|one| (one, names.of(one.doctor_id))).collect())
    }

    async fn care_team(&self) -> Result<(), ApiError> {
        let mut after = None;
        loop {
            let found = self.doctors(after).await?;
            let record = |(one, doctor): &(CareDoctor, String)| CareTeamRecord {
                doctor_id: one.doctor_id,
                doctor: doctor.clone(),
                room_id: one.room_id,
            };
            let records: Vec<_> = found.iter().map(record).collect();
            self.send(Section::CareTeam, &records).await?;
            let Some((last, _)) = found.last() else { return Ok(()) };
            after = Some(last.doctor_id);
        }
    }

    async fn appointments(&self) -> Result<(), ApiError> {
        let mut after = None;
        loop {
            let pool = &self.app.pool;
            let found = appointments_by_booking(pool, self.patient(), after, PAGE).await?;
            let last = found.last().map(|last| (last.booked_at, last.appointment_id));
            let names = self.names(found.iter().map(|one| one.doctor_id)).await?;
            let found = appointment_views::with_histories(&self.app, &self.caller, found).await?;
            let record = |appointment: appointment_views::WithHistory| AppointmentRecord {
                doctor: names.of(appointment.appointment.doctor_id),
                appointment,
            };
            let records: Vec<_> = found.into_iter().map(record).collect();
            self.send(Section::Appointments, &records).await?;
            if last.is_none() {
                return Ok(());
            }
            after = last;
        }
    }

    async fn conversations(&self) -> Result<(), ApiError> {
        let mut after = None;
        loop {
            let found = self.doctors(after).await?;
            let mut records = Vec::with_capacity(found.len());
            for (one, doctor) in &found {
                let room = conversations::room(&self.app.pool, one.room_id).await?;
                records.extend(room.map(|room| ConversationRecord {
                    room_id: room.room_id,
                    doctor_id: room.doctor_id,
                    doctor: doctor.clone(),
                    opened_at: room.opened_at,
                    closed: room.closed,
                }));
            }
            self.send(Section::Conversations, &records).await?;
            let Some((last, _)) = found.last() else { return Ok(()) };
            after = Some(last.doctor_id);
        }
    }

    async fn messages(&self, own_name: &str) -> Result<(), ApiError> {
        self.send::<MessageRecord>(Section::Messages, &[]).await?;
        let mut after = None;
        loop {
            let found = self.doctors(after).await?;
            for (one, doctor) in &found {
                self.messages_of(one.room_id, doctor, own_name).await?;
            }
            let Some((last, _)) = found.last() else { return Ok(()) };
            after = Some(last.doctor_id);
        }
    }

    async fn messages_of(&self, id: RoomId, doctor: &str, own: &str) -> Result<(), ApiError> {
        let room = self.caller.room(&self.app, id).await?;
        let mut after = 0;
        loop {
            let mut connection = self.app.pool.acquire().await?;
            let page = message_page(&mut connection, id, Anchor::After(after), PAGE).await?;
            drop(connection);
            let mut found = page.messages;
            found.retain(|message| message.position <= self.as_of);
            let Some(last) = found.last() else { return Ok(()) };
            after = last.sequence;
            let found = views::messages(&self.app, &self.caller, &room, found).await?;
            let record = |message: views::MessageView| MessageRecord {
                room_id: id,
                doctor: doctor.to_owned(),
                author: if message.author_id == self.patient() { own } else { doctor }.to_owned(),
                message,
            };
            let records: Vec<_> = found.into_iter().map(record).collect();
            self.send(Section::Messages, &records).await?;
        }
    }

    async fn earlier_words(&self) -> Result<(), ApiError> {
        self.send::<EarlierWordsRecord>(Section::EarlierWords, &[]).await?;
        let mut after = None;
        loop {
            let found = self.doctors(after).await?;
            for (one, doctor) in &found {
                self.earlier_words_of(one.room_id, doctor).await?;
            }
            let Some((last, _)) = found.last() else { return Ok(()) };
            after = Some(last.doctor_id);
        }
    }

    async fn earlier_words_of(&self, id: RoomId, doctor: &str) -> Result<(), ApiError> {
        let (app, caller) = (&self.app, &self.caller);
        let record = caller.room(app, id).await?.record();
        let mut after = (0, 0);
        loop {
            let found = room_history(&app.pool, id, after, PAGE).await?;
            let (Some(first), Some(last)) = (found.first(), found.last()) else { return Ok(()) };
            after = (last.0, last.1.version);
            let look = Look::messages(&record, first.0, last.0);
            let disclosure = app.gateway.disclose(&caller.request(None), vec![look]).await?;
            let room = id.to_string();
            let sealed: Vec<_> = found.iter().map(|(_, one)| Some((&room, &one.body))).collect();
            let kind = ChatRoom::TYPE;
            let bodies = views::open_all(&app.gateway, &disclosure, kind, "body", &sealed).await?;
            let record = |((number, one), body): (&(u64, conversations::MessageVersion), _)| {
                EarlierWordsRecord {
                    room_id: id,
                    doctor: doctor.to_owned(),
                    number: *number,
                    version: one.version,
                    written_at: one.at,
                    body,
                }
            };
            let records: Vec<_> = found.iter().zip(bodies).map(record).collect();
            self.send(Section::EarlierWords, &records).await?;
        }
    }

    async fn medicines(&self) -> Result<(), ApiError> {
        let record = self.caller.own_medicines()?;
        let mut after = None;
        loop {
            let pool = &self.app.pool;
            let found = consultations::medicines(pool, self.patient(), after, PAGE).await?;
            let last = found.last().map(|last| last.cursor);
            let views = medicines::views_of(&self.app, &self.caller, &record, found).await?;
            self.send(Section::Medicines, &views).await?;
            if last.is_none() {
                return Ok(());
            }
            after = last;
        }
    }

    async fn notices(&self) -> Result<(), ApiError> {
        let mut before = self.as_of;
        loop {
            let (views, last) =
                notifications::own_notices(&self.app, self.patient(), before, PAGE).await?;
            self.send(Section::Notices, &views).await?;
            let Some(last) = last else { return Ok(()) };
            before = last;
        }
    }

    async fn looks(&self) -> Result<(), ApiError> {
        let mut within = Stretch { from: 0, before: self.as_of };
        loop {
            let (views, next) =
                access_report::looks(&self.app, &self.caller, within, false, PAGE).await?;
            self.send(Section::Looks, &views).await?;
            let Some(next) = next else { return Ok(()) };
            within.before = next;
        }
    }

    async fn openings(&self) -> Result<(), ApiError> {
        let mut before = self.as_of;
        loop {
            let (views, next) =
                access_report::openings(&self.app, &self.caller, before, PAGE, (None, None))
                    .await?;
            self.send(Section::Openings, &views).await?;
            let Some(next) = next else { return Ok(()) };
            before = next;
        }
    }
}

/// What could be told to nobody.
pub(super) fn too_slow() -> ApiError {
    ApiError::unavailable("reader_too_slow", "nobody took the download for a minute")
}
