//! What people say of themselves.

use crate::support::given;
use crate::support::step::step;
use crate::words::{become_busy, change_profile, new_phone, patient, specialise, staff, with};
use anamnesis_domain::Role;
use anamnesis_domain::account::{
    Account, AccountCommand as Command, AccountError as Error, AccountEvent as Event, Availability,
    Specialty,
};
use cqrs_es::Aggregate;

#[test]
fn everybody_in_use_can_change_their_profile() {
    for history in [patient(), staff(Role::Doctor), staff(Role::Compliance)] {
        given::<Account>(history)
            .when(change_profile())
            .then(Event::AccountProfileChanged { change: new_phone() });
    }
}

#[test]
fn a_doctor_can_say_whether_they_can_be_reached() {
    given::<Account>(staff(Role::Doctor))
        .when(become_busy())
        .then(Event::AccountAvailabilityChanged { availability: Availability::Busy });
}

#[test]
fn saying_the_same_availability_again_writes_nothing() {
    let busy = Event::AccountAvailabilityChanged { availability: Availability::Busy };
    given::<Account>(with(staff(Role::Doctor), busy)).when(become_busy()).then_nothing();
    given::<Account>(staff(Role::Doctor))
        .when(Command::ChangeAvailability { availability: Availability::Available })
        .then_nothing();
}

#[test]
fn only_a_doctor_has_an_availability() {
    for history in [patient(), staff(Role::Admin), staff(Role::Compliance)] {
        given::<Account>(history).when(become_busy()).then_refused(Error::NotADoctor);
    }
}

#[test]
fn a_doctor_says_what_they_are_a_specialist_in() {
    let cardiology = Event::DoctorSpecialtyChanged { specialty: Specialty::Cardiology };
    given::<Account>(staff(Role::Doctor))
        .when(specialise(Specialty::Cardiology))
        .then(cardiology.clone());
    given::<Account>(with(staff(Role::Doctor), cardiology.clone()))
        .when(specialise(Specialty::Cardiology))
        .then_nothing();
    given::<Account>(with(staff(Role::Doctor), cardiology))
        .when(specialise(Specialty::Neurology))
        .then(Event::DoctorSpecialtyChanged { specialty: Specialty::Neurology });
}

#[test]
fn only_a_doctor_has_a_specialty() {
    for history in [patient(), staff(Role::Admin), staff(Role::Compliance)] {
        given::<Account>(history)
            .when(specialise(Specialty::Cardiology))
            .then_refused(Error::NotADoctor);
    }
}

#[test]
fn profile_and_specialty_change_together_or_not_at_all() {
    let both =
        Command::ChangeProfile { change: new_phone(), specialty: Some(Specialty::Cardiology) };
    let mut doctor = Account::default();
    for event in staff(Role::Doctor) {
        doctor.apply(event);
    }
    let expected = vec![
        Event::AccountProfileChanged { change: new_phone() },
        Event::DoctorSpecialtyChanged { specialty: Specialty::Cardiology },
    ];
    assert_eq!(step(&mut doctor, &both), Ok(expected));
    given::<Account>(patient()).when(both).then_refused(Error::NotADoctor);
}
