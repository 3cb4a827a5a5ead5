//! The chapter of login names.

use super::patient_id;
use crate::catalogue::{Chapter, Prose};
use anamnesis_domain::login_name::{LoginName, LoginNameEvent};

pub(super) fn chapter() -> Chapter {
    let prose = Prose {
        title: "Login name",
        about: "A username or an e-mail address, held by one account at a time. The name itself \
                is not in these events, sealed or otherwise.",
        stream: "a keyed hash of the name, from which the name can not be computed",
        sealed_under: "nothing is sealed here",
        fields: &[("account_id", "The account that holds, or held, the name.")],
    };
    let account_id = patient_id();
    Chapter::of::<LoginName>(
        prose,
        vec![
            (
                "The name belongs to this account; no other can have it.",
                LoginNameEvent::NameClaimed { account_id },
            ),
            ("The account gave the name up.", LoginNameEvent::NameReleased { account_id }),
        ],
    )
}
