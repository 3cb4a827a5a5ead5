//! People who are made up, for trying things out.

use super::CliError;
use crate::app::App;
use crate::commands::Request;
use crate::commands::people::Profile;
use crate::commands::registration::Applicant;
use crate::policy::Actor;
use anamnesis_domain::account::Specialty;
use anamnesis_domain::doctor_schedule::{Weekday, WeeklySpan};
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::accounts::account_by_login;
use anamnesis_projections::schedules::schedule;
use std::net::SocketAddr;
use std::time::Duration;
use uuid::Uuid;

/// The password of all of them. Everyone knows it, so they exist on loopback addresses only.
const PASSWORD: &str = "anamnesis-demo";
/// How long the accounts may take to show.
const SETTLE_MAX: Duration = Duration::from_secs(30);

const PEOPLE: [(&str, &str, Role); 5] = [
    ("paula", "Paula Moreno", Role::Patient),
    ("dr.adler", "Dr. Ines Adler", Role::Doctor),
    ("dr.okafor", "Dr. Chidi Okafor", Role::Doctor),
    ("admin", "Ada Lindqvist", Role::Admin),
    ("compliance", "Carl Compton", Role::Compliance),
];

const DOCTORS: [(&str, Specialty, &str); 2] = [
    (
        "dr.adler",
        Specialty::Cardiology,
        "Looks after hearts, and after the people around them. In the house since 2009.",
    ),
    (
        "dr.okafor",
        Specialty::GeneralPractice,
        "Family doctor. Speaks English, German and Igbo, and takes the time that it takes.",
    ),
];

/// Makes those of the people who do not exist yet, and hours for the doctors who have none.
pub(super) async fn seed(app: &App) -> Result<(), CliError> {
    if !app.config.http.listen.ip().is_loopback() {
        return Err(CliError::Refused(
            "--demo makes accounts whose password everyone knows, so it needs http.listen to be \
             a loopback address"
                .to_owned(),
        ));
    }
    let head = *app.log.head().borrow();
    app.runner.wait_until(head, SETTLE_MAX).await;
    for (username, name, role) in PEOPLE {
        let account_id = match account_by_login(&app.pool, username).await? {
            Some(account) => account.account_id,
            None => make(app, username, name, role).await?,
        };
        if role == Role::Doctor && schedule(&app.pool, account_id).await?.version == 0 {
            set_hours(app, account_id).await?;
        }
    }
    Ok(())
}

async fn make(app: &App, username: &str, name: &str, role: Role) -> Result<AccountId, CliError> {
    let applicant = Applicant {
        username: username.to_owned(),
        email: format!("{username}@example.org"),
        name: name.to_owned(),
        password: PASSWORD.to_owned().into(),
    };
    let registered = match role {
        Role::Patient => {
            app.registrations.register_patient(Uuid::now_v7(), None, applicant).await?
        }
        staff => app.registrations.create_staff(applicant, staff).await?,
    };
    app.settle(&registered.executed).await;
    introduce(app, username, registered.account_id).await?;
    Ok(registered.account_id)
}

/// Every day from seven to eight in the evening, so that there is something to book whenever
/// somebody tries.
async fn set_hours(app: &App, doctor: AccountId) -> Result<(), CliError> {
    let day = |weekday| WeeklySpan { weekday, from: 7 * 60, to: 20 * 60 };
    let week = Weekday::ALL.map(day).to_vec();
    let executed = app.schedules.seed(doctor, "Europe/Berlin", 30, week).await?;
    app.settle(&executed).await;
    Ok(())
}

/// Doctors say what they do, as they would themselves.
async fn introduce(app: &App, username: &str, account_id: AccountId) -> Result<(), CliError> {
    let Some((_, specialty, bio)) = DOCTORS.into_iter().find(|(name, ..)| *name == username) else {
        return Ok(());
    };
    let actor = Actor { account_id, role: Role::Doctor, session_id: Uuid::nil() };
    let request = Request { actor, request_id: Uuid::now_v7(), client_id: None };
    let (bio, specialty) = (Some(bio.to_owned()), Some(specialty));
    let profile = Profile { bio, specialty, ..Profile::default() };
    let executed = app.people.change_profile(&request, None, profile).await?;
    app.settle(&executed).await;
    Ok(())
}

/// Says who there is and what to try.
pub(super) fn greet(address: SocketAddr) {
    println!("Anamnesis is at http://{address}\n");
    println!("  username     role         (every password: {PASSWORD})");
    for (username, _, role) in PEOPLE {
        println!("  {username:<12} {role}");
    }
    println!(
        "\nTry next:\n  \
         make demo                          a day at the hospital, played through the real API\n  \
         docs/API.md                        the same by hand, with curl\n  \
         target/release/anamnesis replay    the log, as it grows\n"
    );
}
