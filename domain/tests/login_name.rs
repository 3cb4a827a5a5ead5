//! The rule that a name belongs to one account at a time.

mod support;

use anamnesis_domain::login_name::{
    LoginName, LoginNameCommand as Command, LoginNameError as Error, LoginNameEvent as Event,
};
use support::{account, given, refusals};

const ANA: u128 = 1;
const BEN: u128 = 2;

fn claim(who: u128) -> Command {
    Command::ClaimName { account_id: account(who) }
}

fn release(who: u128) -> Command {
    Command::ReleaseName { account_id: account(who) }
}

fn claimed(who: u128) -> Event {
    Event::NameClaimed { account_id: account(who) }
}

fn released(who: u128) -> Event {
    Event::NameReleased { account_id: account(who) }
}

refusals!(LoginName, Error {
    Taken "login_name_taken": [claimed(ANA)] => claim(BEN);
});

#[test]
fn a_free_name_can_be_claimed() {
    given::<LoginName>([]).when(claim(ANA)).then(claimed(ANA));
}

#[test]
fn claiming_an_own_name_again_writes_nothing() {
    given::<LoginName>([claimed(ANA)]).when(claim(ANA)).then_nothing();
}

#[test]
fn a_released_name_can_be_claimed_by_anybody() {
    let history = [claimed(ANA), released(ANA)];
    given::<LoginName>(history).when(claim(BEN)).then(claimed(BEN));
    given::<LoginName>(history).when(claim(ANA)).then(claimed(ANA));
}

#[test]
fn its_holder_can_release_a_name() {
    given::<LoginName>([claimed(ANA)]).when(release(ANA)).then(released(ANA));
}

#[test]
fn releasing_what_one_does_not_hold_writes_nothing() {
    given::<LoginName>([]).when(release(ANA)).then_nothing();
    given::<LoginName>([claimed(ANA)]).when(release(BEN)).then_nothing();
    given::<LoginName>([claimed(ANA), released(ANA)]).when(release(ANA)).then_nothing();
}
