//! The rule that what was done with a key is written down once.

mod support;

use anamnesis_domain::crypto_key::{
    CryptoKey, CryptoKeyCommand as Command, CryptoKeyEvent as Event,
};
use support::{account, given};

const ANA: u128 = 1;

fn destroy() -> Command {
    Command::RecordDataKeyDestroyed { subject_id: account(ANA), period: "2031-05".to_owned() }
}

fn destroyed() -> Event {
    Event::DataKeyDestroyed { subject_id: account(ANA), period: "2031-05".to_owned() }
}

#[test]
fn a_signing_key_is_made_once_and_retired_once() {
    let (made, retired) = (Event::SigningKeyMade {}, Event::SigningKeyRetired {});
    given::<CryptoKey>([]).when(Command::RecordSigningKeyMade).then(made.clone());
    given::<CryptoKey>([made.clone()]).when(Command::RecordSigningKeyMade).then_nothing();
    given::<CryptoKey>([made.clone()]).when(Command::RecordSigningKeyRetired).then(retired.clone());
    given::<CryptoKey>([made, retired]).when(Command::RecordSigningKeyRetired).then_nothing();
}

#[test]
fn a_data_key_is_destroyed_once() {
    given::<CryptoKey>([]).when(destroy()).then(destroyed());
    given::<CryptoKey>([destroyed()]).when(destroy()).then_nothing();
}
