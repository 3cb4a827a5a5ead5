//! Sealing, against a real database.
#![expect(clippy::unwrap_used, reason = "a test that can not go on has failed")]

use anamnesis::clock::{Clock, ClockHand};
use anamnesis::sealing::{
    MasterKey, MasterKeyError, OpenError, Opener, SealError, SealedAt, Sealer, SealerSettings,
    StartError,
};
use anamnesis_domain::Sealed;
use anamnesis_testkit::fresh_pool;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use sqlx::PgPool;
use std::fs;
use std::ops::Deref;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::sync::Barrier;
use uuid::Uuid;

const CANARY: &[u8] = b"canary: the patient fears needles";

struct House {
    pool: PgPool,
    folder: TempDir,
    clock: Clock,
    hand: ClockHand,
}

impl House {
    async fn new() -> Self {
        let start: DateTime<Utc> = "2025-01-31T23:59:00Z".parse().unwrap();
        let (clock, hand) = Clock::manual(start);
        let folder = TempDir::new().unwrap();
        Self { pool: fresh_pool().await, folder, clock, hand }
    }

    fn master(&self) -> MasterKey {
        MasterKey::load_or_create(&self.folder.path().join("master.key")).unwrap()
    }

    /// Another process on the same database: it shares no memory with the others.
    async fn sealer(&self) -> Process {
        let settings = SealerSettings::default();
        let master = self.master();
        let keys = Sealer::start(self.pool.clone(), &master, self.clock.clone(), settings);
        let (sealer, opener) = keys.await.unwrap();
        Process { sealer, opener }
    }
}

/// What a process seals with, and what it opens with again.
struct Process {
    sealer: Sealer,
    opener: Opener,
}

impl Deref for Process {
    type Target = Sealer;

    fn deref(&self) -> &Sealer {
        &self.sealer
    }
}

fn place(event: u128) -> SealedAt<'static> {
    SealedAt {
        event_id: Uuid::from_u128(event),
        aggregate_type: "chat_room",
        aggregate_id: "room-1",
        field: "text",
    }
}

#[tokio::test]
async fn what_is_sealed_opens_in_its_place_in_every_process() {
    let house = House::new().await;
    let sealed = house.sealer().await.seal(Uuid::new_v4(), place(1), CANARY).await.unwrap();
    let other = house.sealer().await;
    assert!(other.opener.try_open_cached(place(1), &sealed).is_none());
    assert_eq!(*other.opener.open(place(1), &sealed).await.unwrap(), CANARY);
    assert_eq!(*other.opener.try_open_cached(place(1), &sealed).unwrap().unwrap(), CANARY);
}

#[tokio::test]
async fn sealed_content_does_not_open_in_another_place() {
    let house = House::new().await;
    let sealer = house.sealer().await;
    let content = sealer.seal(Uuid::new_v4(), place(1), CANARY).await.unwrap();
    let elsewhere = [
        place(2),
        SealedAt { aggregate_type: "consultation", ..place(1) },
        SealedAt { aggregate_id: "room-2", ..place(1) },
        SealedAt { field: "title", ..place(1) },
        // The same letters, divided otherwise.
        SealedAt { aggregate_type: "chat_roomr", aggregate_id: "oom-1", ..place(1) },
    ];
    for at in elsewhere {
        assert!(
            matches!(sealer.opener.open(at, &content).await, Err(OpenError::Tampered)),
            "{at:?}"
        );
    }
}

#[tokio::test]
async fn a_destroyed_key_erases_the_subject_and_nobody_else() {
    let house = House::new().await;
    let sealer = house.sealer().await;
    let (erased, kept) = (Uuid::new_v4(), Uuid::new_v4());
    let january = sealer.seal(erased, place(1), CANARY).await.unwrap();
    house.hand.advance(TimeDelta::minutes(2));
    let february = sealer.seal(erased, place(2), CANARY).await.unwrap();
    let other = sealer.seal(kept, place(3), CANARY).await.unwrap();

    assert_eq!(sealer.destroy(erased).await.unwrap(), 2);

    for process in [sealer, house.sealer().await] {
        let gone = process.opener.open(place(1), &january).await;
        assert!(matches!(gone, Err(OpenError::Erased)));
        let gone = process.opener.open(place(2), &february).await;
        assert!(matches!(gone, Err(OpenError::Erased)));
        assert_eq!(*process.opener.open(place(3), &other).await.unwrap(), CANARY);
        let refused = process.seal(erased, place(4), CANARY).await;
        assert!(matches!(refused, Err(SealError::KeyDestroyed)));
        assert_eq!(process.destroy(erased).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn the_database_refuses_to_bring_a_destroyed_key_back() {
    let house = House::new().await;
    let sealer = house.sealer().await;
    let subject = Uuid::new_v4();
    sealer.seal(subject, place(1), CANARY).await.unwrap();
    sealer.destroy(subject).await.unwrap();
    let revived = sqlx::query("UPDATE keys.data_keys SET wrapped = '\\x00', destroyed_at = NULL")
        .execute(&house.pool)
        .await;
    assert!(revived.unwrap_err().to_string().contains("may be destroyed, nothing else"));
    sqlx::query("DELETE FROM keys.data_keys").execute(&house.pool).await.unwrap_err();
}

#[tokio::test]
async fn a_wrapped_key_moved_to_another_subject_is_refused() {
    let house = House::new().await;
    let sealer = house.sealer().await;
    let (from, to) = (Uuid::new_v4(), Uuid::new_v4());
    sealer.seal(from, place(1), CANARY).await.unwrap();
    sqlx::query(
        "INSERT INTO keys.data_keys (key_id, subject_id, period, wrapped)
         SELECT gen_random_uuid(), $2, period, wrapped FROM keys.data_keys WHERE subject_id = $1",
    )
    .bind(from)
    .bind(to)
    .execute(&house.pool)
    .await
    .unwrap();
    let refused = sealer.seal(to, place(2), CANARY).await;
    assert!(matches!(refused, Err(SealError::KeyDamaged)));
}

#[tokio::test]
async fn a_page_opens_in_order_with_each_failure_in_its_own_row() {
    let house = House::new().await;
    let sealer = house.sealer().await;
    let (erased, kept) = (Uuid::new_v4(), Uuid::new_v4());
    let lost = sealer.seal(erased, place(1), b"lost").await.unwrap();
    let first = sealer.seal(kept, place(2), b"first").await.unwrap();
    let second = sealer.seal(kept, place(3), b"second").await.unwrap();
    let unknown = Sealed(format!("s1.{}.AAAA", Uuid::new_v4().simple()));
    let garbage = Sealed("plain text".to_owned());
    sealer.destroy(erased).await.unwrap();

    let cold = house.sealer().await;
    let page = [
        (place(3), &second),
        (place(1), &lost),
        (place(2), &first),
        (place(9), &second),
        (place(4), &unknown),
        (place(5), &garbage),
    ];
    let opened: Vec<_> = cold
        .opener
        .open_many(&page)
        .await
        .into_iter()
        .map(|row| match row {
            Ok(text) => String::from_utf8(text.to_vec()).unwrap(),
            Err(error) => error.code().to_owned(),
        })
        .collect();
    let tampered = "content_tampered";
    assert_eq!(opened, ["second", "content_erased", "first", tampered, tampered, tampered]);
}

#[tokio::test]
async fn two_processes_racing_for_the_first_key_make_one() {
    let house = House::new().await;
    let subject = Uuid::new_v4();
    let sealers = [house.sealer().await, house.sealer().await];
    let start = Arc::new(Barrier::new(32));
    let tasks: Vec<_> = (0..32_u128)
        .map(|n| {
            let (sealer, start) = (sealers[usize::from(n % 2 == 0)].clone(), Arc::clone(&start));
            tokio::spawn(async move {
                start.wait().await;
                (n, sealer.seal(subject, place(n), CANARY).await.unwrap())
            })
        })
        .collect();
    let reader = house.sealer().await;
    for task in tasks {
        let (n, sealed) = task.await.unwrap();
        assert_eq!(*reader.opener.open(place(n), &sealed).await.unwrap(), CANARY);
    }
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM keys.data_keys")
        .fetch_one(&house.pool)
        .await
        .unwrap();
    assert_eq!(rows, 1);
}

#[tokio::test]
async fn neither_content_nor_an_unwrapped_key_stands_in_the_database() {
    let house = House::new().await;
    let sealed = house.sealer().await.seal(Uuid::new_v4(), place(1), CANARY).await.unwrap();
    let wrapped: Vec<u8> = sqlx::query_scalar("SELECT wrapped FROM keys.data_keys")
        .fetch_one(&house.pool)
        .await
        .unwrap();
    // Nonce, 32 bytes of encrypted key, tag.
    assert_eq!(wrapped.len(), 12 + 32 + 16);
    let bytes = sealed.as_str().rsplit('.').next().unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(bytes).unwrap();
    assert_eq!(bytes.len(), 12 + CANARY.len() + 16);
    for stored in [&bytes, &wrapped] {
        assert!(!stored.windows(6).any(|window| window == b"canary"));
    }
}

#[tokio::test]
async fn a_server_with_another_master_key_does_not_start() {
    let house = House::new().await;
    house.sealer().await;
    let other = TempDir::new().unwrap();
    let other = MasterKey::load_or_create(&other.path().join("master.key")).unwrap();
    let settings = SealerSettings::default();
    let refused = Sealer::start(house.pool.clone(), &other, Clock::system(), settings).await;
    assert!(matches!(refused, Err(StartError::WrongMasterKey)));
}

#[tokio::test]
async fn a_fingerprint_is_stable_across_months_and_dies_with_the_subject() {
    let house = House::new().await;
    let sealer = house.sealer().await;
    let (subject, other) = (Uuid::new_v4(), Uuid::new_v4());
    let before = sealer.fingerprint(subject, b"request").await.unwrap();
    house.hand.advance(TimeDelta::days(40));
    let again = house.sealer().await.fingerprint(subject, b"request").await.unwrap();
    assert_eq!(before, again);
    assert_eq!(before.len(), 22);
    assert_ne!(before, sealer.fingerprint(subject, b"request.").await.unwrap());
    assert_ne!(before, sealer.fingerprint(other, b"request").await.unwrap());
    sealer.destroy(subject).await.unwrap();
    let refused = sealer.fingerprint(subject, b"request").await;
    assert!(matches!(refused, Err(SealError::KeyDestroyed)));
}

#[tokio::test]
async fn a_blind_index_is_the_same_everywhere_and_differs_by_kind() {
    let house = House::new().await;
    let (one, two) = (house.sealer().await, house.sealer().await);
    let index = one.blind_index("email", "ann@example.org");
    assert_eq!(index, two.blind_index("email", "ann@example.org"));
    assert_eq!(index.len(), 64);
    assert_ne!(index, one.blind_index("login", "ann@example.org"));
    assert_ne!(one.blind_index("ab", "c"), one.blind_index("a", "bc"));
}

#[test]
fn a_master_key_file_that_others_may_read_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("master.key");
    MasterKey::load_or_create(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let refused = MasterKey::load(&path).unwrap_err();
    assert!(matches!(refused, MasterKeyError::Exposed { mode: 0o640, .. }), "{refused}");
}

#[test]
fn a_master_key_file_of_the_wrong_length_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("master.key");
    for text in ["", "c2hvcnQ=", &"QUFB".repeat(11), &"QUFB".repeat(12), "not base64 at all"] {
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        let refused = MasterKey::load_or_create(&path).unwrap_err();
        assert!(matches!(refused, MasterKeyError::Malformed { .. }), "{text:?}: {refused}");
    }
}

#[test]
fn a_missing_master_key_is_an_error_unless_it_may_be_created() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("master.key");
    assert!(matches!(MasterKey::load(&path), Err(MasterKeyError::File { .. })));
    assert!(!path.exists());
}

#[tokio::test]
async fn processes_that_create_the_master_key_at_once_get_the_same() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("master.key");
    let start = Arc::new(std::sync::Barrier::new(8));
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (path, start) = (path.clone(), Arc::clone(&start));
            std::thread::spawn(move || {
                start.wait();
                let key = MasterKey::load_or_create(&path).unwrap();
                *key.derive(anamnesis::sealing::Purpose::Check).unwrap()
            })
        })
        .collect();
    let keys: Vec<_> = tasks.into_iter().map(|task| task.join().unwrap()).collect();
    assert!(keys.iter().all(|key| *key == keys[0]));
    // No temporary file is left behind.
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn any_content_round_trips_and_any_flipped_bit_is_noticed() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let house = runtime.block_on(House::new());
    let sealer = runtime.block_on(house.sealer());
    let subject = Uuid::new_v4();
    let content = proptest::collection::vec(any::<u8>(), 0..300);
    proptest!(|(content in content, field in ".{0,20}", bit in any::<prop::sample::Index>())| {
        let at = SealedAt { field: &field, ..place(7) };
        let text = runtime.block_on(sealer.seal(subject, at, &content)).unwrap();
        prop_assert_eq!(&*runtime.block_on(sealer.opener.open(at, &text)).unwrap(), &content);

        let mut bytes = text.as_str().as_bytes().to_vec();
        let bit = bit.index(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        if let Ok(altered) = String::from_utf8(bytes) {
            let opened = runtime.block_on(sealer.opener.open(at, &Sealed(altered)));
            prop_assert!(matches!(opened, Err(OpenError::Tampered)));
        }
    });
}
