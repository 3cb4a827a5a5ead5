//! The chapter of keys.

use crate::catalogue::{Chapter, Prose};
use anamnesis_domain::crypto_key::{CryptoKey, CryptoKeyEvent};

pub(super) fn chapter() -> Chapter {
    let prose = Prose {
        title: "Keys",
        about: "What was done with the keys of the installation, by whatever way. Data keys have \
                no event when they are made: whatever is sealed names its key.",
        stream: "the thumbprint of a signing key (RFC 7638), or the id of a data key",
        sealed_under: "nothing is sealed here",
        fields: &[
            ("subject_id", "Whose content the key sealed."),
            ("period", "The month whose content it sealed, or `fingerprint`."),
        ],
    };
    Chapter::of::<CryptoKey>(
        prose,
        vec![
            (
                "A key pair was made, and signs access tokens from now on.",
                CryptoKeyEvent::SigningKeyMade {},
            ),
            (
                "A key pair signs no more; its private half is gone.",
                CryptoKeyEvent::SigningKeyRetired {},
            ),
            (
                "A data key was destroyed: what it sealed can never be read again.",
                CryptoKeyEvent::DataKeyDestroyed {
                    subject_id: super::patient_id(),
                    period: "2031-05".to_owned(),
                },
            ),
        ],
    )
}
