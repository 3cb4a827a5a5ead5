//! How often somebody may try to sign in: per name, and per network address.
//!
//! Names and addresses are thrown into a fixed number of buckets by a hash that differs from
//! process to process. So memory is bounded whatever is tried, and nobody can aim at the bucket
//! of somebody else. The limits are per process.

use crate::clock::Clock;
use governor::clock::Clock as GovernorClock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use std::hash::{BuildHasher, Hash, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

const BUCKETS: u64 = 1 << 16;

/// How many tries are allowed.
#[derive(Clone, Copy, Debug)]
pub struct SignInLimits {
    /// Tries for one name in a row.
    pub per_name_burst: NonZeroU32,
    /// Time after which a name has one more try.
    pub per_name_refill: Duration,
    /// Tries from one address in a row. High, because a whole ward may share one.
    pub per_ip_burst: NonZeroU32,
    /// Time after which an address has one more try.
    pub per_ip_refill: Duration,
}

impl SignInLimits {
    /// So many tries for each address in a row and again within each minute, and for each name in
    /// a row.
    #[must_use]
    pub fn new(per_address: NonZeroU32, per_name: NonZeroU32) -> Self {
        Self {
            per_name_burst: per_name,
            per_ip_burst: per_address,
            per_ip_refill: Duration::from_mins(1) / per_address.get(),
            ..Self::default()
        }
    }
}

impl Default for SignInLimits {
    fn default() -> Self {
        Self {
            per_name_burst: NonZeroU32::MIN.saturating_add(9),
            per_name_refill: Duration::from_mins(1),
            per_ip_burst: NonZeroU32::MIN.saturating_add(99),
            per_ip_refill: Duration::from_secs(1),
        }
    }
}

/// Too many tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many attempts, try again in {retry_after_s} s")]
pub struct Limited {
    /// After how many whole seconds a try is allowed again.
    pub retry_after_s: u64,
}

type Limiter = RateLimiter<u64, DefaultKeyedStateStore<u64>, Ticks, NoOpMiddleware<Duration>>;

/// Our clock, as governor wants it.
#[derive(Clone)]
struct Ticks(Clock);

impl GovernorClock for Ticks {
    type Instant = Duration;
    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Counts the tries to sign in. Cheap to clone; all clones count together.
#[derive(Clone)]
pub struct SignInLimiter {
    shared: Arc<Shared>,
}

struct Shared {
    per_name: Limiter,
    per_ip: Limiter,
    hasher: RandomState,
    clock: Clock,
}

impl SignInLimiter {
    /// A limiter that has seen nobody yet.
    #[must_use]
    pub fn new(clock: Clock, limits: SignInLimits) -> Self {
        let limiter = |refill, burst| {
            // A zero interval means no limit in all but name.
            let quota = Quota::with_period(refill).unwrap_or(Quota::per_second(NonZeroU32::MAX));
            RateLimiter::dashmap_with_clock(quota.allow_burst(burst), Ticks(clock.clone()))
        };
        let shared = Shared {
            per_name: limiter(limits.per_name_refill, limits.per_name_burst),
            per_ip: limiter(limits.per_ip_refill, limits.per_ip_burst),
            hasher: RandomState::new(),
            clock,
        };
        Self { shared: Arc::new(shared) }
    }

    /// Counts one try from `ip` for the name with this blind index. A try that the address is
    /// not allowed does not count against the name.
    pub fn check(&self, ip: IpAddr, name_index: &str) -> Result<(), Limited> {
        self.check_address(ip)?;
        self.check_one(&self.shared.per_name, name_index)
    }

    /// Counts one try from `ip` for no name in particular.
    pub fn check_address(&self, ip: IpAddr) -> Result<(), Limited> {
        self.check_one(&self.shared.per_ip, network_of(ip))
    }

    /// Frees the memory of those who have all their tries again. Worth calling every few
    /// minutes.
    pub fn forget_idle(&self) {
        for limiter in [&self.shared.per_name, &self.shared.per_ip] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }

    fn check_one(&self, limiter: &Limiter, key: impl Hash) -> Result<(), Limited> {
        let bucket = self.shared.hasher.hash_one(key) % BUCKETS;
        limiter.check_key(&bucket).map_err(|refused| {
            let wait = refused.wait_time_from(self.shared.clock.elapsed());
            Limited { retry_after_s: wait.as_secs() + 1 }
        })
    }
}

/// What counts as one address. With IPv6, a subscriber has at least a /64 to choose from.
fn network_of(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) => IpAddr::V6(Ipv6Addr::from_bits(ip.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}
