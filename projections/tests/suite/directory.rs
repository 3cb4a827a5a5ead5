//! The directory where many doctors share a word of their names.

use crate::support::history::identity;
use crate::support::live::Live;
use crate::support::opener::seal;
use crate::support::world::World;
use anamnesis_domain::account::{
    AccountCommand as Command, Availability, Identity, ProfileChange, Specialty,
};
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::accounts::{DoctorFilter, NameCursor, doctors};
use uuid::Uuid;

/// More than are ever sorted.
const DOCTORS: usize = 620;

/// Every third is a cardiologist, every fourth is busy, one in a hundred has a rare name.
async fn hospital() -> Live {
    let mut world = World::new();
    for number in 0..DOCTORS {
        let id = AccountId(Uuid::from_u128(0xD0C0_0000 + number as u128));
        let role = Role::Doctor;
        let identity =
            Identity { name: seal(&name(number)), ..identity(&format!("doctor{number}")) };
        world.account(id, Command::RequestStaffAccount { identity, role }).await.unwrap();
        world.account(id, Command::ApproveAccount { by: None, role }).await.unwrap();
        if number.is_multiple_of(3) {
            let (change, specialty) = (ProfileChange::default(), Some(Specialty::Cardiology));
            world.account(id, Command::ChangeProfile { change, specialty }).await.unwrap();
        }
        if number.is_multiple_of(4) {
            let busy = Command::ChangeAvailability { availability: Availability::Busy };
            world.account(id, busy).await.unwrap();
        }
    }
    let live = Live::start(&world.log).await;
    live.caught_up().await;
    live
}

/// Unlike in the order of their numbers.
fn name(number: usize) -> String {
    let place = number * 37 % DOCTORS;
    let last = if number.is_multiple_of(100) { "Rare" } else { "Common" };
    format!("Dr. N{place:03} {last}")
}

/// All pages.
async fn listed(live: &Live, filter: &DoctorFilter) -> Vec<String> {
    let (mut names, mut after) = (Vec::new(), NameCursor::default());
    loop {
        let page = doctors(&live.pool, filter, &after, 50).await.unwrap();
        names.extend(page.iter().map(|doctor| doctor.name.clone()));
        match page.last() {
            Some(last) if page.len() == 50 => {
                after = NameCursor { name: last.name.clone(), account_id: last.account_id.0 };
            }
            _ => return names,
        }
    }
}

#[tokio::test]
async fn common_and_rare_words_find_the_same_doctors_in_the_same_order() {
    let live = hospital().await;
    let (cardiology, busy) = (Some(Specialty::Cardiology), Some(Availability::Busy));
    for word in [None, Some("dr"), Some("comm n"), Some("rare"), Some("nobody")] {
        for specialty in [None, cardiology] {
            for availability in [None, busy] {
                let filter =
                    DoctorFilter { name: word.map(str::to_owned), specialty, availability };
                let wanted = |number: &usize| {
                    let rare = number.is_multiple_of(100);
                    let named = match word {
                        Some("rare") => rare,
                        Some("comm n") => !rare,
                        Some("nobody") => false,
                        _ => true,
                    };
                    named
                        && (specialty.is_none() || number.is_multiple_of(3))
                        && (availability.is_none() || number.is_multiple_of(4))
                };
                let mut expected: Vec<_> = (0..DOCTORS).filter(wanted).map(name).collect();
                expected.sort_unstable();
                assert_eq!(listed(&live, &filter).await, expected, "{filter:?}");
            }
        }
    }
}
