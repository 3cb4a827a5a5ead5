//! Who is connected to this process, and what each is to be told.

use super::LiveSettings;
use super::outbox::{Ending, Item, Outbox};
use anamnesis_domain::AccountId;
use axum::extract::ws::Utf8Bytes;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// A rendered event on its way to those who may see it.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The event's position.
    pub position: u64,
    /// The frame, serialised once.
    pub text: Utf8Bytes,
    /// Who may see it.
    pub recipients: [AccountId; 2],
}

#[derive(Debug, Default)]
struct State {
    /// Everything up to here has been handed to the outboxes.
    dispatched: u64,
    accounts: HashMap<AccountId, Vec<Arc<Outbox>>>,
    connected: usize,
    /// Set once everybody was sent away: who comes later goes the same way.
    ending: Option<Ending>,
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
    pub fn join(
        self: &Arc<Self>,
        account_id: AccountId,
        session_id: Uuid,
        floor: u64,
        now_ms: i64,
    ) -> Result<Place, Full> {
        let bytes = self.outbox_bytes_max;
        let outbox = Arc::new(Outbox::new(account_id, session_id, floor, bytes, now_ms));
        let mut state = self.state();
        if state.connected >= self.connected_max {
            return Err(Full::Process);
        }
        let own = state.accounts.entry(account_id).or_default();
        if own.len() >= self.per_account_max {
            return Err(Full::Account);
        }
        let first_of_account = own.is_empty();
        own.push(Arc::clone(&outbox));
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
            for recipient in &delivery.recipients {
                for outbox in state.accounts.get(recipient).into_iter().flatten() {
                    outbox.push(Item::State(delivery.position, delivery.text.clone()));
                }
            }
        }
    }

    /// Sends something passing to every client of an account in this process.
    pub fn pass_on(&self, recipient: AccountId, text: &Utf8Bytes) {
        for outbox in self.state().accounts.get(&recipient).into_iter().flatten() {
            outbox.push(Item::Passing(text.clone()));
        }
    }

    /// Whether the account is connected to this process.
    #[must_use]
    pub fn has(&self, account: AccountId) -> bool {
        self.state().accounts.contains_key(&account)
    }

    /// The accounts that are connected to this process.
    #[must_use]
    pub fn accounts(&self) -> Vec<AccountId> {
        self.state().accounts.keys().copied().collect()
    }

    /// The sessions that are connected to this process, each once or more.
    #[must_use]
    pub fn sessions(&self) -> Vec<Uuid> {
        self.all().iter().map(|outbox| outbox.session_id).collect()
    }

    /// Ends what belongs to a session.
    pub fn end_session(&self, session_id: Uuid) {
        for outbox in self.all().iter().filter(|outbox| outbox.session_id == session_id) {
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
        let account = self.outbox.account_id;
        if let Some(own) = state.accounts.get_mut(&account) {
            own.retain(|outbox| !Arc::ptr_eq(outbox, &self.outbox));
            if own.is_empty() {
                state.accounts.remove(&account);
            }
        }
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

    fn join(hub: &Arc<Hub>, who: u128, now_ms: i64) -> Place {
        hub.join(account(who), SESSION, 0, now_ms).unwrap()
    }

    fn delivery(position: u64, to: [u128; 2]) -> Delivery {
        Delivery { position, text: position.to_string().into(), recipients: to.map(account) }
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
        hub.deliver(&[delivery(11, [1, 2])], 12);
        let other = join(&hub, 1, 0);
        assert_eq!((one.live_after, other.live_after), (10, 12));
        hub.deliver(&[delivery(13, [1, 2]), delivery(14, [2, 3])], 14);
        assert_eq!(positions(&one), [11, 13]);
        assert_eq!(positions(&other), [13]);
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
        let refused = |who| hub.join(account(who), SESSION, 0, 0).err();
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
        let other = hub.join(account(1), Uuid::from_u128(8), 0, 0).unwrap();
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
