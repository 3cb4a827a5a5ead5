//! Finding people.

use crate::support::history::identity;
use crate::support::live::Live;
use crate::support::opener::seal;
use crate::support::world::{World, person};
use anamnesis_domain::account::{AccountCommand as Command, Identity, ProfileChange, Status};
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::accounts::{
    DoctorCursor, account_by_id, account_by_login, doctors, names_of,
};

async fn live(world: &World) -> Live {
    let live = Live::start(&world.log).await;
    live.caught_up().await;
    live
}

async fn doctor(world: &mut World, number: u8, name: &str) {
    let identity = Identity { name: seal(name), ..identity(&format!("user{number}")) };
    let (id, role) = (person(number), Role::Doctor);
    world.account(id, Command::RequestStaffAccount { identity, role }).await.unwrap();
    world.account(id, Command::ApproveAccount { by: None, role }).await.unwrap();
}

#[tokio::test]
async fn an_account_is_found_by_username_or_address_however_it_is_written() {
    let mut world = World::new();
    let identity = identity("Ada");
    world.account(person(0), Command::RegisterPatient { identity }).await.unwrap();
    let live = live(&world).await;
    for login in ["ada", " ADA ", "ada@example.ORG"] {
        let found = account_by_login(&live.pool, login).await.unwrap().unwrap();
        assert_eq!(found.account_id, person(0));
    }
    let found = account_by_id(&live.pool, person(0)).await.unwrap().unwrap();
    assert_eq!(found.username.as_deref(), Some("Ada"));
    assert_eq!((found.role, found.status), (Role::Patient, Status::Active));
    assert_eq!(account_by_login(&live.pool, "name of ada").await.unwrap(), None);
}

#[tokio::test]
async fn what_was_erased_is_empty_and_can_not_be_looked_up() {
    let mut world = World::new();
    let erased = || seal("erased");
    let identity = Identity { username: erased(), email: erased(), name: erased() };
    world.account(person(0), Command::RegisterPatient { identity }).await.unwrap();
    let live = live(&world).await;
    let found = account_by_id(&live.pool, person(0)).await.unwrap().unwrap();
    assert_eq!((found.username, found.email, found.name.as_str()), (None, None, ""));
    assert_eq!(account_by_login(&live.pool, "erased").await.unwrap(), None);
}

#[tokio::test]
async fn only_active_doctors_are_listed_page_by_page() {
    let mut world = World::new();
    doctor(&mut world, 1, "Zuse").await;
    doctor(&mut world, 3, "Ada").await;
    doctor(&mut world, 5, "Ada").await;
    doctor(&mut world, 7, "Gone").await;
    let deactivate = Command::DeactivateAccount { account_id: person(7), by: person(9) };
    world.account(person(7), deactivate).await.unwrap();
    let identity = identity("patient");
    world.account(person(0), Command::RegisterPatient { identity }).await.unwrap();
    let live = live(&world).await;
    let mut names: Vec<(AccountId, String)> = Vec::new();
    let mut after = None;
    loop {
        let page = doctors(&live.pool, after.as_ref(), 1).await.unwrap();
        let Some(next) = page.into_iter().next() else { break };
        names.push((next.account_id, next.name.clone()));
        after = Some(DoctorCursor { name: next.name, account_id: next.account_id });
    }
    let listed = [(person(3), "Ada"), (person(5), "Ada"), (person(1), "Zuse")];
    assert_eq!(names, listed.map(|(id, name)| (id, name.to_owned())));
}

#[tokio::test]
async fn a_profile_is_kept_sealed_with_the_event_that_sealed_it() {
    let mut world = World::new();
    let id = person(0);
    world.account(id, Command::RegisterPatient { identity: identity("ada") }).await.unwrap();
    let change = ProfileChange { bio: Some(seal("likes tea")), ..ProfileChange::default() };
    world.account(id, Command::ChangeProfile { change }).await.unwrap();
    let change = ProfileChange { name: Some(seal("Ada L.")), ..ProfileChange::default() };
    world.account(id, Command::ChangeProfile { change }).await.unwrap();
    let live = live(&world).await;
    let bio = account_by_id(&live.pool, id).await.unwrap().unwrap().bio.unwrap();
    assert_eq!(bio.sealed, seal("likes tea"));
    assert_eq!(bio.event_id, world.log.all().get(1).unwrap().event_id);
    let names = names_of(&live.pool, &[id, person(50)]).await.unwrap();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), [(id, "Ada L.".to_owned())]);
}
