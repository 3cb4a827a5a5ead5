//! Finding people.

use crate::support::history::identity;
use crate::support::live::Live;
use crate::support::opener::seal;
use crate::support::world::{World, person};
use anamnesis_domain::account::{
    AccountCommand as Command, Availability, Identity, ProfileChange, Specialty, Status,
};
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::accounts::{
    AccountFilter, DoctorFilter, NameCursor, account_by_id, account_by_login, accounts_by_name,
    accounts_waiting, doctors, names_of,
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
    let mut after = NameCursor::default();
    loop {
        let page = doctors(&live.pool, &DoctorFilter::default(), &after, 1).await.unwrap();
        let Some(next) = page.into_iter().next() else { break };
        names.push((next.account_id, next.name.clone()));
        after = NameCursor { name: next.name, account_id: next.account_id.0 };
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
    world.account(id, Command::ChangeProfile { change, specialty: None }).await.unwrap();
    let change = ProfileChange { name: Some(seal("Ada L.")), ..ProfileChange::default() };
    world.account(id, Command::ChangeProfile { change, specialty: None }).await.unwrap();
    let live = live(&world).await;
    let bio = account_by_id(&live.pool, id).await.unwrap().unwrap().bio.unwrap();
    assert_eq!(bio.sealed, seal("likes tea"));
    assert_eq!(bio.event_id, world.log.all().get(1).unwrap().event_id);
    let names = names_of(&live.pool, &[id, person(50)]).await.unwrap();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), [(id, "Ada L.".to_owned())]);
}

async fn found(live: &Live, filter: DoctorFilter) -> Vec<String> {
    let page = doctors(&live.pool, &filter, &NameCursor::default(), 10).await.unwrap();
    page.into_iter().map(|doctor| doctor.name).collect()
}

#[tokio::test]
async fn doctors_are_found_by_beginnings_of_names_by_specialty_and_by_availability() {
    let mut world = World::new();
    for (number, name) in [(1, "Dr. Ines Adler"), (3, "Dr. Åsa Öberg-Adler"), (5, "Dr. O'Brien")]
    {
        doctor(&mut world, number, name).await;
    }
    for (number, specialty) in [(1, Specialty::Cardiology), (5, Specialty::Neurology)] {
        let change = ProfileChange::default();
        let command = Command::ChangeProfile { change, specialty: Some(specialty) };
        world.account(person(number), command).await.unwrap();
    }
    let busy = Command::ChangeAvailability { availability: Availability::Busy };
    world.account(person(5), busy).await.unwrap();
    let live = live(&world).await;
    for (name, expected) in [
        ("adler", vec!["Dr. Ines Adler", "Dr. Åsa Öberg-Adler"]),
        ("ADL in", vec!["Dr. Ines Adler"]),
        ("öB", vec!["Dr. Åsa Öberg-Adler"]),
        ("brien o", vec!["Dr. O'Brien"]),
        ("dler", vec![]),
        ("'", vec!["Dr. Ines Adler", "Dr. O'Brien", "Dr. Åsa Öberg-Adler"]),
        ("adler & | ! :* \\", vec!["Dr. Ines Adler", "Dr. Åsa Öberg-Adler"]),
    ] {
        let mut names =
            found(&live, DoctorFilter { name: Some(name.to_owned()), ..Default::default() }).await;
        // How letters with accents are sorted is the database's to say.
        names.sort_unstable();
        assert_eq!(names, expected, "{name}");
    }
    let cardiology = DoctorFilter { specialty: Some(Specialty::Cardiology), ..Default::default() };
    assert_eq!(found(&live, cardiology.clone()).await, ["Dr. Ines Adler"]);
    let named = DoctorFilter { name: Some("brien".to_owned()), ..cardiology };
    assert!(found(&live, named).await.is_empty());
    let busy = DoctorFilter { availability: Some(Availability::Busy), ..Default::default() };
    assert_eq!(found(&live, busy).await, ["Dr. O'Brien"]);
}

#[tokio::test]
async fn administrators_list_by_status_and_role_and_those_who_wait_in_their_order() {
    let mut world = World::new();
    doctor(&mut world, 1, "Zuse").await;
    doctor(&mut world, 3, "Ada").await;
    for number in [7, 5] {
        let (identity, role) = (identity(&format!("waiting{number}")), Role::Compliance);
        let command = Command::RequestStaffAccount { identity, role };
        world.account(person(number), command).await.unwrap();
    }
    let identity = identity("patient");
    world.account(person(0), Command::RegisterPatient { identity }).await.unwrap();
    let live = live(&world).await;
    let start = NameCursor::default();
    let names = |accounts: Vec<anamnesis_projections::accounts::Account>| -> Vec<String> {
        accounts.into_iter().map(|account| account.name).collect()
    };
    let active = |role, name: Option<&str>| AccountFilter {
        status: Status::Active,
        role,
        name: name.map(str::to_owned),
    };
    let all = accounts_by_name(&live.pool, &active(None, None), &start, 10).await.unwrap();
    assert_eq!(names(all), ["Ada", "Name of patient", "Zuse"]);
    let of_role = active(Some(Role::Doctor), None);
    let doctors = accounts_by_name(&live.pool, &of_role, &start, 1).await.unwrap();
    let after = NameCursor { name: "Ada".to_owned(), account_id: person(3).0 };
    assert_eq!(names(doctors), ["Ada"]);
    let rest = accounts_by_name(&live.pool, &of_role, &after, 9).await.unwrap();
    assert_eq!(names(rest), ["Zuse"]);
    for (role, name, expected) in [
        (None, "pat na", vec!["Name of patient"]),
        (None, "a", vec!["Ada"]),
        (Some(Role::Doctor), "pat", vec![]),
        (Some(Role::Doctor), "zuse", vec!["Zuse"]),
        (None, "waiting7", vec![]),
        (Some(Role::Doctor), "' & !", vec!["Ada", "Zuse"]),
    ] {
        let filter = active(role, Some(name));
        let found = accounts_by_name(&live.pool, &filter, &start, 10).await.unwrap();
        assert_eq!(names(found), expected, "{name}");
    }
    let filter = active(None, Some("a"));
    assert!(accounts_by_name(&live.pool, &filter, &after, 10).await.unwrap().is_empty());
    let first = (chrono::DateTime::UNIX_EPOCH, AccountId(uuid::Uuid::nil()));
    let waiting = accounts_waiting(&live.pool, first, 10).await.unwrap();
    assert!(waiting.iter().all(|one| one.requested_role == Some(Role::Compliance)));
    assert_eq!(names(waiting), ["Name of waiting7", "Name of waiting5"]);
}

#[tokio::test]
async fn a_picture_is_named_until_it_is_taken_away() {
    let mut world = World::new();
    let id = person(0);
    world.account(id, Command::RegisterPatient { identity: identity("ada") }).await.unwrap();
    let picture_id = uuid::Uuid::from_u128(12);
    let picture = |text: &str| {
        let change = ProfileChange { picture: Some(seal(text)), ..ProfileChange::default() };
        Command::ChangeProfile { change, specialty: None }
    };
    world.account(id, picture(&picture_id.to_string())).await.unwrap();
    let live = live(&world).await;
    let shown = account_by_id(&live.pool, id).await.unwrap().unwrap().picture_id;
    assert_eq!(shown, Some(picture_id));
    world.account(id, picture("")).await.unwrap();
    live.caught_up().await;
    assert_eq!(account_by_id(&live.pool, id).await.unwrap().unwrap().picture_id, None);
}
