//! Who is connected to this process, and what each is to be told.

use super::LiveSettings;
use super::audience::{Audience, Delivery};
use super::outbox::{Ending, Item, Outbox};
use crate::policy::Actor;
use anamnesis_domain::AccountId;
use axum::extract::ws::Utf8Bytes;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

#[derive(Debug, Default)]
struct State {
    /// Everything up to here has been handed to the outboxes.
    dispatched: u64,
    accounts: HashMap<AccountId, Vec<Arc<Outbox>>>,
    /// Those of `accounts` that hear of accounts.
    administrators: Vec<Arc<Outbox>>,
    connected: usize,
    /// Set once everybody was sent away: who comes later goes the same way.
    ending: Option<Ending>,
}

impl State {
    fn audience(&self, audience: Audience) -> impl Iterator<Item = &Arc<Outbox>> {
        let own = audience.accounts().filter_map(|account| self.accounts.get(&account)).flatten();
        let administrators = match audience {
            Audience::Administrators => self.administrators.as_slice(),
            _ => &[],
        };
        own.chain(administrators).filter(move |outbox| audience.includes(&outbox.actor))
    }
}

/// The connected clients of this process.
#[derive(Debug)]
pub struct Hub {
    state: Mutex<State>,
    connected_max: usize,
    per_account_max: usize,
    outbox_bytes_max: usize,
}

/// No place for another client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Full {
    /// The process has as many clients as it takes.
    #[error("too many clients are connected")]
    Process,
    /// The account has as many clients as one may have.
    #[error("the account has too many clients connected")]
    Account,
}

/// A place in the hub, given up when dropped.
#[derive(Debug)]
pub struct Place {
    hub: Arc<Hub>,
    /// What waits to be sent.
    pub outbox: Arc<Outbox>,
    /// Everything after this position reaches the outbox; what is before is history.
    pub live_after: u64,
    /// Whether the account had no other client in this process.
    pub first_of_account: bool,
}

impl Hub {
    /// A hub that has everything up to `dispatched` behind it.
    #[must_use]
    pub fn new(dispatched: u64, settings: &LiveSettings) -> Self {
        let state = State { dispatched, ..State::default() };
        Self {
            state: Mutex::new(state),
            connected_max: settings.connected_max,
            per_account_max: settings.per_account_max,
            outbox_bytes_max: settings.outbox_bytes_max,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Connects a client that knows everything up to `floor`.
    pub fn join(self: &Arc<Self>, actor: &Actor, floor: u64, now_ms: i64) -> Result<Place, Full> {
        let outbox = Arc::new(Outbox::new(*actor, floor, self.outbox_bytes_max, now_ms));
        let mut state = self.state();
        if state.connected >= self.connected_max {
            return Err(Full::Process);
        }
        let own = state.accounts.entry(actor.account_id).or_default();
        if own.len() >= self.per_account_max {
            return Err(Full::Account);
        }
        let first_of_account = own.is_empty();
        own.push(Arc::clone(&outbox));
        if Audience::Administrators.includes(actor) {
            state.administrators.push(Arc::clone(&outbox));
        }
        if let Some(ending) = state.ending {
            outbox.end(ending);
        }
        state.connected += 1;
        metrics::gauge!("live_clients").set(count_f64(state.connected));
        let live_after = state.dispatched;
        drop(state);
        Ok(Place { hub: Arc::clone(self), outbox, live_after, first_of_account })
    }

    /// Hands rendered events to those who may see them. `dispatched` is the last position that
    /// was looked at, whether or not it led to a delivery.
    pub fn deliver(&self, deliveries: &[Delivery], dispatched: u64) {
        let mut state = self.state();
        state.dispatched = dispatched;
        for delivery in deliveries {
            for outbox in state.audience(delivery.audience) {
                outbox.push(Item::State(delivery.position, delivery.text.clone()));
            }
        }
    }

    /// Sends something passing of a conversation to every client of an account in this process.
    pub fn pass_on(&self, recipient: AccountId, text: &Utf8Bytes) {
        for outbox in self.state().accounts.get(&recipient).into_iter().flatten() {
            if outbox.converses() {
                outbox.push(Item::Passing(text.clone()));
            }
        }
    }

    /// Whether the account is connected to this process, in a role that has conversations.
    #[must_use]
    pub fn has(&self, account: AccountId) -> bool {
        self.state().accounts.get(&account).is_some_and(|own| own.iter().any(|one| one.converses()))
    }

    /// The accounts that are connected to this process, in a role that has conversations.
    #[must_use]
    pub fn accounts(&self) -> Vec<AccountId> {
        let state = self.state();
        let present =
            state.accounts.iter().filter(|(_, own)| own.iter().any(|one| one.converses()));
        present.map(|(account, _)| *account).collect()
    }

    /// The sessions that are connected to this process, each once or more.
    #[must_use]
    pub fn sessions(&self) -> Vec<Uuid> {
        self.all().iter().map(|outbox| outbox.actor.session_id).collect()
    }

    /// Ends what belongs to a session.
    pub fn end_session(&self, session_id: Uuid) {
        for outbox in self.all().iter().filter(|outbox| outbox.actor.session_id == session_id) {
            outbox.end(Ending::SessionRevoked);
        }
    }

    /// Ends every subscription, also those that come later.
    pub fn end_all(&self, ending: Ending) {
        self.state().ending = Some(ending);
        for outbox in self.all() {
            outbox.end(ending);
        }
    }

    /// Asks the clients that were not heard of since `ask_before_ms` whether they are there,
    /// and ends those that were not heard of since `end_before_ms`.
    pub fn ping(&self, ask_before_ms: i64, end_before_ms: i64) {
        for outbox in self.all() {
            let heard = outbox.heard_at_ms();
            if heard < end_before_ms {
                outbox.end(Ending::Silent);
            } else if heard < ask_before_ms {
                outbox.push(Item::Ping);
            }
        }
    }

    /// How many clients are connected.
    #[must_use]
    pub fn connected(&self) -> usize {
        self.state().connected
    }

    fn all(&self) -> Vec<Arc<Outbox>> {
        self.state().accounts.values().flatten().cloned().collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.hub.state();
        let account = self.outbox.actor.account_id;
        if let Some(own) = state.accounts.get_mut(&account) {
            own.retain(|outbox| !Arc::ptr_eq(outbox, &self.outbox));
            if own.is_empty() {
                state.accounts.remove(&account);
            }
        }
        state.administrators.retain(|outbox| !Arc::ptr_eq(outbox, &self.outbox));
        state.connected -= 1;
        metrics::gauge!("live_clients").set(count_f64(state.connected));
    }
}

fn count_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use anamnesis_domain::Role;
    use anamnesis_domain::chat_room::Participants;
    use std::collections::VecDeque;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    const SESSION: Uuid = Uuid::from_u128(9);

    fn account(number: u128) -> AccountId {
        AccountId(Uuid::from_u128(number))
    }

    fn hub(settings: LiveSettings) -> Arc<Hub> {
        Arc::new(Hub::new(10, &settings))
    }

    /// Odd ones are patients, even ones doctors.
    fn actor(number: u128) -> Actor {
        let role = if number % 2 == 1 { Role::Patient } else { Role::Doctor };
        Actor { account_id: account(number), role, session_id: SESSION }
    }

    fn join(hub: &Arc<Hub>, who: u128, now_ms: i64) -> Place {
        hub.join(&actor(who), 0, now_ms).unwrap()
    }

    fn delivery(position: u64, audience: Audience) -> Delivery {
        Delivery { position, text: position.to_string().into(), audience }
    }

    fn pair(patient: u128, doctor: u128) -> Participants {
        Participants { patient_id: account(patient), doctor_id: account(doctor) }
    }

    fn taken(place: &Place) -> (VecDeque<Item>, Option<Ending>) {
        match pin!(place.outbox.take()).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(taken) => taken,
            Poll::Pending => (VecDeque::new(), None),
        }
    }

    fn positions(place: &Place) -> Vec<u64> {
        let position = |item| match item {
            Item::State(position, _) => Some(position),
            Item::Passing(_) | Item::Ping => None,
        };
        taken(place).0.into_iter().filter_map(position).collect()
    }

    #[test]
    fn everything_after_the_position_of_joining_reaches_those_whom_it_concerns() {
        let hub = hub(LiveSettings::default());
        let one = join(&hub, 1, 0);
        hub.deliver(&[delivery(11, Audience::Pair(pair(1, 2)))], 12);
        let other = join(&hub, 1, 0);
        assert_eq!((one.live_after, other.live_after), (10, 12));
        let shared = [pair(1, 2), pair(3, 2)].map(Audience::Pair);
        hub.deliver(&[delivery(13, shared[0]), delivery(14, shared[1])], 14);
        assert_eq!(positions(&one), [11, 13]);
        assert_eq!(positions(&other), [13]);
    }

    #[test]
    fn a_draft_reaches_the_doctor_and_what_was_seen_its_account_alone() {
        let hub = hub(LiveSettings::default());
        let (patient, doctor) = (join(&hub, 1, 0), join(&hub, 2, 0));
        let audiences = [Audience::Doctor(pair(1, 2)), Audience::Own(account(1))];
        hub.deliver(&[delivery(11, audiences[0]), delivery(12, audiences[1])], 12);
        assert_eq!((positions(&patient), positions(&doctor)), (vec![12], vec![11]));
    }

    #[test]
    fn an_administrator_hears_of_accounts_and_of_no_patient_also_if_a_doctor_before() {
        let hub = hub(LiveSettings::default());
        let doctor = join(&hub, 2, 0);
        let admin = hub.join(&Actor { role: Role::Admin, ..actor(2) }, 0, 0).unwrap();
        let audiences = [Audience::Pair(pair(1, 2)), Audience::Doctor(pair(1, 2))];
        hub.deliver(&[delivery(11, audiences[0]), delivery(12, audiences[1])], 12);
        hub.deliver(&[delivery(13, Audience::Administrators)], 13);
        hub.pass_on(account(2), &"typing".into());
        assert_eq!(taken(&admin).0, [Item::State(13, "13".into())]);
        // Patients are told of doctors who are there, not of administrators.
        let other = hub.join(&Actor { role: Role::Admin, ..actor(4) }, 0, 0).unwrap();
        assert!(hub.has(account(2)) && !hub.has(account(4)));
        assert_eq!(hub.accounts(), [account(2)]);
        drop(other);
        assert_eq!(taken(&doctor).0.len(), 3);
        drop(admin);
        hub.deliver(&[delivery(14, Audience::Administrators)], 14);
        assert!(hub.state().administrators.is_empty() && taken(&doctor).0.is_empty());
    }

    #[test]
    fn what_passes_reaches_every_client_of_one_account_alone() {
        let hub = hub(LiveSettings::default());
        let (one, other, stranger) = (join(&hub, 1, 0), join(&hub, 1, 0), join(&hub, 2, 0));
        hub.pass_on(account(1), &"typing".into());
        let passing = VecDeque::from([Item::Passing("typing".into())]);
        assert_eq!([&one, &other].map(|place| taken(place).0), [passing.clone(), passing]);
        assert!(taken(&stranger).0.is_empty());
    }

    #[test]
    fn places_are_bounded_and_given_up_when_dropped() {
        let hub =
            hub(LiveSettings { connected_max: 3, per_account_max: 2, ..LiveSettings::default() });
        let first = join(&hub, 1, 0);
        let second = join(&hub, 1, 0);
        assert!(first.first_of_account && !second.first_of_account);
        let refused = |who| hub.join(&actor(who), 0, 0).err();
        assert_eq!(refused(1), Some(Full::Account));
        let third = join(&hub, 2, 0);
        assert_eq!(refused(3), Some(Full::Process));
        drop((first, third));
        assert!(hub.has(account(1)) && !hub.has(account(2)));
        drop(second);
        assert_eq!((hub.connected(), hub.accounts()), (0, Vec::new()));
        assert!(join(&hub, 1, 0).first_of_account);
    }

    #[test]
    fn a_quiet_client_is_asked_and_a_silent_one_given_up() {
        let hub = hub(LiveSettings::default());
        let (lively, quiet, silent) = (join(&hub, 1, 0), join(&hub, 2, 0), join(&hub, 3, 0));
        lively.outbox.heard(59_000);
        quiet.outbox.heard(30_000);
        hub.ping(41_000, 1_000);
        assert_eq!(taken(&lively), (VecDeque::new(), None));
        assert_eq!(taken(&quiet), (VecDeque::from([Item::Ping]), None));
        assert_eq!(taken(&silent), (VecDeque::new(), Some(Ending::Silent)));
    }

    #[test]
    fn the_end_of_a_session_is_the_end_of_its_clients_alone() {
        let hub = hub(LiveSettings::default());
        let ended = join(&hub, 1, 0);
        let other = Actor { session_id: Uuid::from_u128(8), ..actor(1) };
        let other = hub.join(&other, 0, 0).unwrap();
        hub.end_session(SESSION);
        assert_eq!(taken(&ended).1, Some(Ending::SessionRevoked));
        assert_eq!(taken(&other).1, None);
    }

    #[test]
    fn who_comes_while_the_server_stops_is_sent_away_too() {
        let hub = hub(LiveSettings::default());
        let before = join(&hub, 1, 0);
        hub.end_all(Ending::Stopping);
        let after = join(&hub, 2, 0);
        assert_eq!([before, after].map(|place| taken(&place).1), [Some(Ending::Stopping); 2]);
    }
}
