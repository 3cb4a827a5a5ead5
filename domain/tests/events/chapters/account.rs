//! The chapter of accounts.

use super::{admin_id, sealed};
use crate::catalogue::{Chapter, Prose};
use anamnesis_domain::Role;
use anamnesis_domain::account::{
    Account, AccountEvent, Availability, Identity, ProfileChange, Specialty,
};

fn identity() -> Identity {
    Identity { username: sealed(1), email: sealed(2), name: sealed(3) }
}

pub(super) fn chapter() -> Chapter {
    let prose = Prose {
        title: "Account",
        about: "A person who can sign in: patient, doctor, administrator or compliance officer. \
                Passwords and one-time-code secrets are never in events.",
        stream: "the account's id",
        sealed_under: "the account's own key",
        fields: &[
            ("identity.username", "The name to sign in with, as it was typed."),
            ("identity.email", "The e-mail address."),
            ("identity.name", "The person's name, as others see it."),
            (
                "by",
                "The administrator who did it. Absent in `AccountApproved` when the installation \
                 itself did, for its first administrator.",
            ),
            ("role", "`patient`, `doctor`, `admin` or `compliance`."),
            ("change.name", "The new name, as others see it."),
            ("change.bio", "The new words about the person."),
            ("change.picture", "A reference to the new picture."),
            ("change.phone", "The new telephone number."),
            ("availability", "`available`, `busy` or `off_duty`."),
            ("specialty", "One of a fixed list, such as `cardiology`."),
        ],
    };
    let by = admin_id();
    let role = Role::Doctor;
    let change = ProfileChange {
        name: Some(sealed(4)),
        bio: Some(sealed(5)),
        picture: Some(sealed(6)),
        phone: Some(sealed(7)),
    };
    Chapter::of::<Account>(
        prose,
        vec![
            (
                "A patient registered. The account is in use from this moment.",
                AccountEvent::PatientRegistered { identity: identity() },
            ),
            (
                "Somebody asked for a staff account. It can do nothing until it is approved.",
                AccountEvent::StaffAccountRequested { identity: identity(), role },
            ),
            (
                "The requested account was let in, with this role, which may differ from the one \
             that was asked for.",
                AccountEvent::AccountApproved { by: Some(by), role },
            ),
            (
                "The requested account was turned down, for good.",
                AccountEvent::AccountRefused { by },
            ),
            (
                "A member of staff has another role from this moment. Patients are never given one.",
                AccountEvent::AccountRoleChanged { by, role: Role::Admin },
            ),
            (
                "The person changed what the account says of them. Fields that are absent stayed as \
             they were.",
                AccountEvent::AccountProfileChanged { change },
            ),
            (
                "A doctor said whether they can be reached.",
                AccountEvent::AccountAvailabilityChanged { availability: Availability::OffDuty },
            ),
            (
                "A doctor said what they are a specialist in.",
                AccountEvent::DoctorSpecialtyChanged { specialty: Specialty::Cardiology },
            ),
            ("The account was taken out of use.", AccountEvent::AccountDeactivated { by }),
            (
                "The account is in use again, as it was before.",
                AccountEvent::AccountRestored { by },
            ),
        ],
    )
}
