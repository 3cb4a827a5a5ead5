//! Conversations told a second time, in the simplest way: one event after the other, everything
//! in memory. What the queries answer must agree with it.

use crate::support::live::Live;
use anamnesis_domain::chat_room::{ChatRoomEvent, HideDecision};
use anamnesis_domain::{AccountId, Event, RoomId};
use anamnesis_projections::conversations::{
    Anchor, chat_list, message_history, message_page, room, rooms_changed_after, unread,
};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
struct ModelRoom {
    people: Vec<AccountId>,
    messages: BTreeMap<u64, ModelMessage>,
    read: BTreeMap<AccountId, u64>,
    delivered: BTreeMap<AccountId, u64>,
    closed: bool,
    last_position: u64,
    last_activity: u64,
}

struct ModelMessage {
    author: AccountId,
    versions: Vec<(u64, String)>,
    retracted: bool,
    hidden: bool,
    reactions: BTreeSet<(AccountId, String)>,
}

type Model = BTreeMap<RoomId, ModelRoom>;

fn tell(live: &Live) -> Model {
    let mut model = Model::new();
    for recorded in live.log.all() {
        if let Ok(Event::ChatRoom(event)) = recorded.event() {
            let room = model.entry(recorded.stream.aggregate_id.parse().unwrap()).or_default();
            room.last_position = recorded.position;
            if matches!(
                event,
                ChatRoomEvent::RoomOpened { .. } | ChatRoomEvent::MessagePosted { .. }
            ) {
                room.last_activity = recorded.position;
            }
            room.hear(recorded.sequence, event);
        }
    }
    model
}

impl ModelRoom {
    fn hear(&mut self, sequence: u64, event: &ChatRoomEvent) {
        use ChatRoomEvent as E;
        match event {
            E::RoomOpened { patient_id, doctor_id } => self.people = vec![*patient_id, *doctor_id],
            E::MessagePosted { author_id, body } => {
                let message = ModelMessage {
                    author: *author_id,
                    versions: vec![(sequence, body.0.clone())],
                    retracted: false,
                    hidden: false,
                    reactions: BTreeSet::new(),
                };
                self.messages.insert(sequence, message);
            }
            E::MessageEdited { message, body, .. } => {
                self.message(*message).versions.push((sequence, body.0.clone()));
            }
            E::MessageRetracted { message, .. } => self.message(*message).retracted = true,
            E::MessageRestored { message, .. } => self.message(*message).retracted = false,
            E::MessageHidden { message, .. } => self.message(*message).hidden = true,
            E::HiddenMessageDecided { message, decision, .. } => {
                self.message(*message).hidden = *decision == HideDecision::StaysHidden;
            }
            E::ReactionAdded { message, by, reaction } => {
                self.message(*message).reactions.insert((*by, reaction.as_str().to_owned()));
            }
            E::ReactionRemoved { message, by, reaction } => {
                self.message(*message).reactions.remove(&(*by, reaction.as_str().to_owned()));
            }
            E::MessagesDelivered { by, through } => {
                self.delivered.insert(*by, *through);
            }
            E::MessagesRead { by, through } => {
                self.read.insert(*by, *through);
                let delivered = self.delivered.entry(*by).or_default();
                *delivered = (*delivered).max(*through);
            }
            E::RoomClosed { .. } => self.closed = true,
            E::RoomReopened { .. } => self.closed = false,
        }
    }

    fn message(&mut self, number: u64) -> &mut ModelMessage {
        self.messages.get_mut(&number).unwrap()
    }

    fn unread(&self, reader: AccountId) -> u64 {
        let seen = self.read.get(&reader).copied().unwrap_or(0);
        let waiting = self.messages.iter().filter(|(number, message)| {
            **number > seen && message.author != reader && !message.retracted && !message.hidden
        });
        waiting.count() as u64
    }
}

pub(crate) async fn agrees(live: &Live) {
    let model = tell(live);
    for (&id, told) in &model {
        room_agrees(live, id, told).await;
        messages_agree(live, id, told).await;
    }
    let people: BTreeSet<_> = model.values().flat_map(|room| room.people.clone()).collect();
    for account in people {
        lists_agree(live, &model, account).await;
    }
}

async fn room_agrees(live: &Live, id: RoomId, told: &ModelRoom) {
    let shown = room(&live.pool, id).await.unwrap().unwrap();
    assert_eq!(vec![shown.patient_id, shown.doctor_id], told.people);
    assert_eq!((shown.closed, shown.last_position), (told.closed, told.last_position));
    assert_eq!(shown.last_message, told.messages.keys().last().copied().unwrap_or(0));
    for (account, receipts) in [(shown.patient_id, shown.patient), (shown.doctor_id, shown.doctor)]
    {
        assert_eq!(receipts.read, told.read.get(&account).copied().unwrap_or(0));
        assert_eq!(receipts.delivered, told.delivered.get(&account).copied().unwrap_or(0));
        assert_eq!(unread(&live.pool, id, account).await.unwrap(), told.unread(account));
    }
}

async fn messages_agree(live: &Live, id: RoomId, told: &ModelRoom) {
    let page = message_page(&mut live.pool.acquire().await.unwrap(), id, Anchor::Latest, 200)
        .await
        .unwrap();
    assert_eq!(page.messages.len(), told.messages.len());
    for (shown, (number, message)) in page.messages.iter().zip(&told.messages) {
        let (version, words) = message.versions.last().unwrap();
        assert_eq!((shown.sequence, shown.author_id), (*number, message.author));
        assert_eq!(shown.is_hidden, message.hidden);
        if message.hidden {
            assert_eq!((shown.version, shown.edits), (*number, 0));
            assert!(shown.body.is_none() && shown.retracted_at.is_none());
            assert!(shown.edited_at.is_none() && shown.reactions.is_empty());
            continue;
        }
        assert_eq!((shown.version, shown.edits as usize), (*version, message.versions.len() - 1));
        let body = shown.body.as_ref().map(|body| body.sealed.as_str());
        assert_eq!(body, (!message.retracted).then_some(words.as_str()));
        let reactions: BTreeSet<_> =
            shown.reactions.iter().map(|r| (r.account_id, r.reaction.clone())).collect();
        assert_eq!(reactions, message.reactions);
        let history = message_history(&live.pool, id, *number, 0, 200).await.unwrap();
        let versions: Vec<_> = history.into_iter().map(|v| (v.version, v.body.sealed.0)).collect();
        let edited = message.versions.len() > 1;
        assert_eq!(versions, if edited { message.versions.clone() } else { Vec::new() });
    }
}

async fn lists_agree(live: &Live, model: &Model, account: AccountId) {
    let own = || model.iter().filter(|(_, room)| room.people.contains(&account));
    let mut by_activity: Vec<_> = own().map(|(id, room)| (room.last_activity, *id)).collect();
    by_activity.sort_unstable_by(|a, b| b.cmp(a));
    let mut shown = Vec::new();
    let mut before = None;
    loop {
        let page = chat_list(&live.pool, account, None, before, 1).await.unwrap();
        let Some(chat) = page.into_iter().next() else { break };
        before = Some(chat.room.last_activity_position);
        let told = &model[&chat.room.room_id];
        assert_eq!(chat.unread, told.unread(account));
        assert_ne!(chat.other_id, account);
        let last = told.messages.iter().last();
        assert_eq!(chat.last_message.as_ref().map(|m| m.sequence), last.map(|(number, _)| *number));
        let shown_last = chat.last_message.as_ref();
        assert_eq!(
            shown_last.map(|message| (message.body.is_none(), message.is_hidden)),
            last.map(|(_, message)| (message.retracted || message.hidden, message.hidden))
        );
        shown.push((chat.room.last_activity_position, chat.room.room_id));
    }
    assert_eq!(shown, by_activity);
    let middle = own().map(|(_, room)| room.last_position).min().unwrap();
    let changed = rooms_changed_after(&live.pool, account, middle, 100).await.unwrap();
    assert_eq!(changed.len(), own().filter(|(_, room)| room.last_position > middle).count());
}
