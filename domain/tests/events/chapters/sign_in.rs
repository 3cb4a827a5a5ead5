//! The chapter of failed attempts to sign in.

use crate::catalogue::{Chapter, Prose};
use anamnesis_domain::sign_in::{FailureReason, SignIn, SignInEvent};

pub(super) fn chapter() -> Chapter {
    let prose = Prose {
        title: "Attempts to sign in",
        about: "What did not succeed. What did is a session.",
        stream: "the blind index of the name that was typed",
        sealed_under: "nothing is sealed here",
        fields: &[
            ("account_id", "Whose name it is; absent when nobody has it."),
            ("reason", "`unknown_name`, `wrong_password` or `account_not_active`."),
        ],
    };
    Chapter::of::<SignIn>(
        prose,
        vec![(
            "Somebody tried to sign in and was not let in.",
            SignInEvent::SignInFailed {
                account_id: Some(super::patient_id()),
                reason: FailureReason::WrongPassword,
            },
        )],
    )
}
