//! The rule that what was done with a key is written down once.

#[path = "support/step.rs"]
mod step;

use anamnesis_domain::AccountId;
use anamnesis_domain::crypto_key::{
    CryptoKey, CryptoKeyCommand as Command, CryptoKeyEvent as Event,
};
use step::step;
use uuid::Uuid;

#[test]
fn a_signing_key_is_made_once_and_retired_once() {
    let mut key = CryptoKey::default();
    let made = Ok(vec![Event::SigningKeyMade {}]);
    assert_eq!(step(&mut key, &Command::RecordSigningKeyMade), made);
    assert_eq!(step(&mut key, &Command::RecordSigningKeyMade), Ok(vec![]));
    let retired = Ok(vec![Event::SigningKeyRetired {}]);
    assert_eq!(step(&mut key, &Command::RecordSigningKeyRetired), retired);
    assert_eq!(step(&mut key, &Command::RecordSigningKeyRetired), Ok(vec![]));
}

#[test]
fn a_data_key_is_destroyed_once() {
    let (subject_id, period) = (AccountId(Uuid::from_u128(1)), "2031-05".to_owned());
    let destroy = Command::RecordDataKeyDestroyed { subject_id, period: period.clone() };
    let mut key = CryptoKey::default();
    let destroyed = Ok(vec![Event::DataKeyDestroyed { subject_id, period }]);
    assert_eq!(step(&mut key, &destroy), destroyed);
    assert_eq!(step(&mut key, &destroy), Ok(vec![]));
}
