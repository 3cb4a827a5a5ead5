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

    /// Ends every subscription.
    pub fn end_all(&self, ending: Ending) {
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

impl Place {
    /// Whether no other client of the account is left in this process once this one goes.
    #[must_use]
    pub fn is_last_of_account(&self) -> bool {
        self.hub.state().accounts.get(&self.outbox.account_id).is_none_or(|own| own.len() <= 1)
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
