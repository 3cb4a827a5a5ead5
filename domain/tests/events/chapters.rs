//! The chapters of the catalogue, in the order in which a patient meets them.

use crate::catalogue::{Chapter, Prose};
use anamnesis_domain::account::{Account, AccountEvent, Availability, Identity, ProfileChange};
use anamnesis_domain::appointment::{Appointment, AppointmentEvent};
use anamnesis_domain::chat_room::{ChatRoom, ChatRoomEvent, Reaction};
use anamnesis_domain::doctor_day::{DoctorDay, DoctorDayEvent};
use anamnesis_domain::login_name::{LoginName, LoginNameEvent};
use anamnesis_domain::{AccountId, AppointmentId, Role, Sealed};
use chrono::{DateTime, Utc};

/// All of them.
pub(crate) fn chapters() -> Vec<Chapter> {
    vec![account(), login_name(), appointment(), doctor_day(), chat_room()]
}

fn patient_id() -> AccountId {
    "0197c0de-0000-7000-8000-000000000001".parse().expect("an id")
}

fn doctor_id() -> AccountId {
    "0197c0de-0000-7000-8000-000000000002".parse().expect("an id")
}

fn admin_id() -> AccountId {
    "0197c0de-0000-7000-8000-000000000003".parse().expect("an id")
}

fn appointment_id() -> AppointmentId {
    "0197c0de-0000-7000-8000-00000000000a".parse().expect("an id")
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// Sealed content; the number tells the examples apart.
fn sealed(number: u8) -> Sealed {
    Sealed(format!("s1.0197c0de-0000-7000-8000-0000000000ff.q83vEjRWeJCrze8SNFZ4{number:02}"))
}

fn identity() -> Identity {
    Identity { username: sealed(1), email: sealed(2), name: sealed(3) }
}

fn account() -> Chapter {
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
            ("The account was taken out of use.", AccountEvent::AccountDeactivated { by }),
            (
                "The account is in use again, as it was before.",
                AccountEvent::AccountRestored { by },
            ),
        ],
    )
}

fn login_name() -> Chapter {
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

fn appointment() -> Chapter {
    let prose = Prose {
        title: "Appointment",
        about: "A time that a patient and a doctor agreed on. The first booking also opens the \
                pair's chat room.",
        stream: "the appointment's id",
        sealed_under: "the patient's key",
        fields: &[
            ("patient_id", "Who comes."),
            ("doctor_id", "Who sees them."),
            ("starts_at", "The first instant, in UTC."),
            ("ends_at", "The first instant after it, in UTC."),
            ("zone", "The time zone (IANA name) in which the time was agreed."),
            ("reason", "Why, in the patient's words. Absent when none was given."),
        ],
    };
    Chapter::of::<Appointment>(
        prose,
        vec![(
            "A time was agreed.",
            AppointmentEvent::AppointmentBooked {
                patient_id: patient_id(),
                doctor_id: doctor_id(),
                starts_at: instant("2031-05-06T08:30:00Z"),
                ends_at: instant("2031-05-06T09:00:00Z"),
                zone: "Europe/Athens".to_owned(),
                reason: Some(sealed(8)),
            },
        )],
    )
}

fn doctor_day() -> Chapter {
    let prose = Prose {
        title: "Doctor's day",
        about: "Which times of one doctor's day (in UTC) are taken. It makes sure that a doctor \
                never has two appointments at the same time. A time across midnight stands in \
                both days.",
        stream: "the doctor's account id and the date: `<doctor>:<year>-<month>-<day>`",
        sealed_under: "nothing is sealed here",
        fields: &[
            ("appointment_id", "The appointment that has the time."),
            ("starts_at", "The first instant, in UTC."),
            ("ends_at", "The first instant after it, in UTC."),
        ],
    };
    let appointment_id = appointment_id();
    Chapter::of::<DoctorDay>(
        prose,
        vec![
            (
                "The time belongs to this appointment. If it had another time on this day, that one \
             is free again.",
                DoctorDayEvent::TimeTaken {
                    appointment_id,
                    starts_at: instant("2031-05-06T08:30:00Z"),
                    ends_at: instant("2031-05-06T09:00:00Z"),
                },
            ),
            ("The appointment's time is free again.", DoctorDayEvent::TimeFreed { appointment_id }),
        ],
    )
}

fn chat_room() -> Chapter {
    let prose = Prose {
        title: "Chat room",
        about: "The conversation of one patient and one doctor. A pair has exactly one room.",
        stream: "the room's id, which is computed from the two account ids",
        sealed_under: "the patient's key, whoever of the two wrote",
        fields: &[
            ("patient_id", "The patient."),
            ("doctor_id", "The doctor."),
            ("author_id", "Who wrote the message."),
            ("message", "The message's number: the sequence of its `MessagePosted` in the room."),
            ("by", "Who did it."),
            ("body", "The words."),
            (
                "reaction",
                "One of a fixed set, so that it carries no text: `thumbs_up`, `heart`, `smile`, \
                 `sad`, `surprised`, `thanks`, `done` or `question`.",
            ),
            ("through", "The number of the last message that this covers."),
        ],
    };
    let (message, by, through) = (2, doctor_id(), 2);
    let author = patient_id();
    let reaction = Reaction::ThumbsUp;
    Chapter::of::<ChatRoom>(
        prose,
        vec![
            (
                "The pair can talk from this moment.",
                ChatRoomEvent::RoomOpened { patient_id: patient_id(), doctor_id: doctor_id() },
            ),
            (
                "A message was sent. Its number is this event's sequence in the room.",
                ChatRoomEvent::MessagePosted { author_id: author, body: sealed(9) },
            ),
            (
                "The author replaced the words of a message. The earlier words stay in the log.",
                ChatRoomEvent::MessageEdited { message, by: author, body: sealed(10) },
            ),
            (
                "The author took a message back. It is hidden, not erased.",
                ChatRoomEvent::MessageRetracted { message, by: author },
            ),
            (
                "An administrator made a retracted message visible again.",
                ChatRoomEvent::MessageRestored { message, by: admin_id() },
            ),
            (
                "A participant reacted to a message.",
                ChatRoomEvent::ReactionAdded { message, by, reaction },
            ),
            (
                "A participant took an own reaction away.",
                ChatRoomEvent::ReactionRemoved { message, by, reaction },
            ),
            (
                "Every message up to this one reached a device of this participant.",
                ChatRoomEvent::MessagesDelivered { by, through },
            ),
            (
                "This participant has seen every message up to this one.",
                ChatRoomEvent::MessagesRead { by, through },
            ),
            (
                "The conversation was closed: nothing can be posted until it is reopened.",
                ChatRoomEvent::RoomClosed { by },
            ),
            ("The conversation goes on.", ChatRoomEvent::RoomReopened { by }),
        ],
    )
}
