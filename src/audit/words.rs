//! Words for events: one sentence for each type. A new event has none, and so does not compile,
//! until it has its line here.
//!
//! Words are made of what stands in clear: ids, numbers, times and codes. What is sealed is said
//! to be there, and no more.

use super::changes;
use super::sentence::{SEALED, Sentence};
use anamnesis_domain::account::AccountEvent;
use anamnesis_domain::appointment::AppointmentEvent;
use anamnesis_domain::chat_room::{ChatRoomEvent, HideDecision};
use anamnesis_domain::consultation::ConsultationEvent;
use anamnesis_domain::crypto_key::CryptoKeyEvent;
use anamnesis_domain::doctor_day::DoctorDayEvent;
use anamnesis_domain::doctor_schedule::DoctorScheduleEvent;
use anamnesis_domain::inbox::InboxEvent;
use anamnesis_domain::login_name::LoginNameEvent;
use anamnesis_domain::sign_in::{FailureReason, SignInEvent};
use anamnesis_domain::{AccountId, DecodeError, Event, Sealed};
use anamnesis_projections::appointments::Interval;
use anamnesis_projections::log::{Metadata, RecordedEvent};
use chrono::{DateTime, Utc};

mod officers;
mod session;

/// An event with what it does not say itself.
#[derive(Clone, Copy, Debug)]
pub struct Told<'e> {
    /// The event.
    pub recorded: &'e RecordedEvent,
    /// Who did it.
    pub metadata: &'e Metadata,
    /// Of an appointment that was moved, the time that it had before.
    pub time_before: Option<Interval>,
    /// Of a session that ended, whose it was.
    pub session_owner: Option<AccountId>,
}

/// The event in words.
pub fn words<'e>(told: &Told<'e>) -> Result<Sentence, &'e DecodeError> {
    let sentence = match told.recorded.event()? {
        Event::Account(event) => told.account(event),
        Event::ChatRoom(event) => told.room(event),
        Event::Appointment(event) => told.appointment(event),
        Event::DoctorDay(event) => told.day(*event),
        Event::LoginName(event) => of_name(*event),
        Event::Consultation(event) => told.consultation(event),
        Event::DoctorSchedule(event) => told.schedule(event),
        Event::Inbox(InboxEvent::NoticesSeen { through }) => {
            told.actor().text(format!(" saw the notices up to {through}"))
        }
        Event::Session(event) => session::words(told, event),
        Event::SignIn(event) => of_sign_in(*event),
        Event::CryptoKey(event) => of_key(event),
        Event::AccessGrant(event) => officers::of_grant(event),
        Event::AuditDesk(event) => officers::of_desk(told, event),
    };
    Ok(match &told.metadata.reason {
        Some(reason) => sentence.text(format!(", reason: {reason}")),
        None => sentence,
    })
}

impl Told<'_> {
    /// Who did it; without anybody, the server by itself.
    fn actor(&self) -> Sentence {
        self.metadata.actor_id.map_or_else(|| Sentence::says("The server"), Sentence::of)
    }

    /// The account whose stream it is.
    fn owner(&self) -> AccountId {
        self.recorded.stream.aggregate_id.parse().unwrap_or_default()
    }

    fn account(&self, event: &AccountEvent) -> Sentence {
        let owner = self.owner();
        match event {
            AccountEvent::PatientRegistered { .. } => {
                Sentence::of(owner).text(" registered as a patient")
            }
            AccountEvent::StaffAccountRequested { role, .. } => {
                Sentence::of(owner).text(format!(" asked for an account with the role {role}"))
            }
            AccountEvent::AccountApproved { role, .. } => {
                self.actor().text(" let ").person(owner).text(format!(" in with the role {role}"))
            }
            AccountEvent::AccountRefused { .. } => {
                self.actor().text(" turned the request of ").person(owner).text(" down")
            }
            AccountEvent::AccountRoleChanged { role, .. } => {
                self.actor().text(" gave ").person(owner).text(format!(" the role {role}"))
            }
            AccountEvent::AccountProfileChanged { change } => {
                let fields = changes::of_profile(change);
                self.actor().text(format!(" changed {fields} of the account of ")).person(owner)
            }
            AccountEvent::AccountAvailabilityChanged { availability } => {
                self.actor().text(format!(" set their availability to {}", availability.as_str()))
            }
            AccountEvent::DoctorSpecialtyChanged { specialty } => {
                self.actor().text(format!(" set their specialty to {}", specialty.as_str()))
            }
            AccountEvent::AccountDeactivated { .. } => {
                self.actor().text(" took the account of ").person(owner).text(" out of use")
            }
            AccountEvent::AccountRestored { .. } => {
                self.actor().text(" put the account of ").person(owner).text(" back into use")
            }
        }
    }

    fn room(&self, event: &ChatRoomEvent) -> Sentence {
        use ChatRoomEvent as E;
        match *event {
            E::RoomOpened { patient_id, doctor_id } => {
                let sentence = self.actor().text(" opened the conversation of ");
                sentence.person(patient_id).text(" and ").person(doctor_id)
            }
            E::MessagePosted { author_id, .. } => {
                Sentence::of(author_id).text(format!(" wrote message {}", self.recorded.sequence))
            }
            E::MessageEdited { message, by, .. } => {
                Sentence::of(by).text(format!(" changed the words of message {message}"))
            }
            E::MessageRetracted { message, by } => {
                Sentence::of(by).text(format!(" took message {message} back"))
            }
            E::MessageRestored { message, by } => {
                Sentence::of(by).text(format!(" restored message {message}"))
            }
            E::MessageHidden { message, by, author_id, .. } => Sentence::of(by)
                .text(format!(" reported message {message} of "))
                .person(author_id)
                .text(" as sent to the wrong patient: it is hidden"),
            E::HiddenMessageDecided { message, by, decision, ref note, .. } => {
                let becomes = match decision {
                    HideDecision::ShownAgain => "is shown again",
                    HideDecision::StaysHidden => "stays hidden",
                };
                let words = format!(" decided that message {message} {becomes}");
                because(Sentence::of(by).text(words), Some(note))
            }
            E::ReactionAdded { message, by, reaction } => {
                let reaction = reaction.as_str();
                Sentence::of(by).text(format!(" reacted to message {message} with {reaction}"))
            }
            E::ReactionRemoved { message, by, reaction } => {
                let reaction = reaction.as_str();
                let words = format!(" took the reaction {reaction} to message {message} away");
                Sentence::of(by).text(words)
            }
            E::MessagesDelivered { by, through } => {
                Sentence::of(by).text(format!(" received the messages up to {through}"))
            }
            E::MessagesRead { by, through } => {
                Sentence::of(by).text(format!(" marked the messages up to {through} as read"))
            }
            E::RoomClosed { by } => Sentence::of(by).text(" closed the conversation"),
            E::RoomReopened { by } => Sentence::of(by).text(" reopened the conversation"),
        }
    }

    fn appointment(&self, event: &AppointmentEvent) -> Sentence {
        use AppointmentEvent as E;
        match event {
            E::AppointmentBooked { patient_id, doctor_id, starts_at, ends_at, reason, .. } => {
                let sentence = Sentence::of(*patient_id).text(" booked ").person(*doctor_id);
                let sentence = sentence.text(format!(" for {}", time(*starts_at, *ends_at)));
                because(sentence, reason.as_ref())
            }
            E::AppointmentRescheduled { by, starts_at, ends_at, .. } => {
                let sentence = Sentence::of(*by).text(" moved the appointment");
                let sentence = match self.time_before {
                    Some(old) => {
                        sentence.text(format!(" from {}", time(old.starts_at, old.ends_at)))
                    }
                    None => sentence,
                };
                sentence.text(format!(" to {}", time(*starts_at, *ends_at)))
            }
            E::AppointmentCancelled { by, reason } => {
                because(Sentence::of(*by).text(" called the appointment off"), reason.as_ref())
            }
            E::AppointmentCompleted { by } => {
                Sentence::of(*by).text(" recorded that the appointment took place")
            }
            E::AppointmentNoShowRecorded { by } => {
                Sentence::of(*by).text(" recorded that the patient did not come")
            }
            E::AppointmentDeleted { by } => Sentence::of(*by).text(" deleted the appointment"),
            E::AppointmentRestored { by } => Sentence::of(*by).text(" restored the appointment"),
        }
    }

    fn day(&self, event: DoctorDayEvent) -> Sentence {
        match event {
            DoctorDayEvent::TimeTaken { starts_at, ends_at, .. } => self.actor().text(format!(
                " took {} of the doctor's day for the appointment",
                time(starts_at, ends_at)
            )),
            DoctorDayEvent::TimeFreed { .. } => {
                self.actor().text(" gave the appointment's time in the doctor's day back")
            }
        }
    }

    fn consultation(&self, event: &ConsultationEvent) -> Sentence {
        use ConsultationEvent as E;
        match event {
            E::ConsultationOpened { patient_id, doctor_id, .. } => Sentence::of(*doctor_id)
                .text(" began the record of a consultation of ")
                .person(*patient_id),
            E::DraftSaved { changes } => {
                self.actor().text(format!(" wrote {}", changes::of_consultation(changes)))
            }
            E::ConsultationSigned { by } => Sentence::of(*by).text(" signed the consultation"),
            E::ConsultationAmended { by, changes, reason } => {
                let fields = changes::of_consultation(changes);
                because(Sentence::of(*by).text(format!(" amended {fields}")), Some(reason))
            }
            E::CorrectionRequested { number, by, .. } => {
                Sentence::of(*by).text(format!(" asked for correction {number}: {SEALED}"))
            }
            E::CorrectionAccepted { number, by, amendment } => Sentence::of(*by)
                .text(format!(" accepted correction {number}, amended as version {amendment}")),
            E::CorrectionDeclined { number, by, .. } => {
                Sentence::of(*by).text(format!(" declined correction {number}: {SEALED}"))
            }
            E::ReviewDue { on } => {
                self.actor().text(format!(" noted that the review of {on} is due"))
            }
            E::ConsultationDeleted { by } => Sentence::of(*by).text(" deleted the consultation"),
            E::ConsultationRestored { by } => Sentence::of(*by).text(" restored the consultation"),
        }
    }

    fn schedule(&self, event: &DoctorScheduleEvent) -> Sentence {
        let owner = self.owner();
        match event {
            DoctorScheduleEvent::WorkingHoursSet { zone, week, .. } => {
                let words = format!(": {} spans a week in {zone}", week.len());
                self.actor().text(" set the working hours of ").person(owner).text(words)
            }
            DoctorScheduleEvent::ScheduleExceptionSet { date, spans, .. } => {
                let what = if spans.is_empty() { "no hours" } else { "other hours" };
                self.actor().text(format!(" set {what} on {date} for ")).person(owner)
            }
            DoctorScheduleEvent::ScheduleExceptionCleared { date } => {
                self.actor().text(format!(" set the usual hours on {date} for ")).person(owner)
            }
        }
    }
}

fn of_name(event: LoginNameEvent) -> Sentence {
    match event {
        LoginNameEvent::NameClaimed { account_id } => {
            Sentence::of(account_id).text(" took a name to sign in with")
        }
        LoginNameEvent::NameReleased { account_id } => {
            Sentence::of(account_id).text(" gave a name to sign in with up")
        }
    }
}

fn of_sign_in(event: SignInEvent) -> Sentence {
    let SignInEvent::SignInFailed { account_id, reason } = event;
    let why = match reason {
        FailureReason::UnknownName => "nobody has that name",
        FailureReason::WrongPassword => "the password was wrong",
        FailureReason::AccountNotActive => "the account is not in use",
    };
    let sentence = Sentence::says("Somebody tried to sign in");
    let sentence = match account_id {
        Some(account) => sentence.text(" as ").person(account),
        None => sentence,
    };
    sentence.text(format!(" and was not let in: {why}"))
}

/// What somebody wrote as their reason is sealed; that they gave one is not.
fn because(sentence: Sentence, reason: Option<&Sealed>) -> Sentence {
    match reason {
        Some(_) => sentence.text(format!(", reason: {SEALED}")),
        None => sentence,
    }
}

/// "2031-05-09 08:00 to 08:30 UTC".
fn time(starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> String {
    let same_day = starts_at.date_naive() == ends_at.date_naive();
    let end = if same_day { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    format!("{} to {} UTC", starts_at.format("%Y-%m-%d %H:%M"), ends_at.format(end))
}

fn of_key(event: &CryptoKeyEvent) -> Sentence {
    match event {
        CryptoKeyEvent::SigningKeyMade {} => {
            Sentence::says("A key that signs access tokens was made")
        }
        CryptoKeyEvent::SigningKeyRetired {} => {
            Sentence::says("A key that signed access tokens was retired")
        }
        CryptoKeyEvent::DataKeyDestroyed { subject_id, period } => {
            Sentence::says(format!("The key to the sealed content ({period}) of "))
                .person(*subject_id)
                .text(" was destroyed")
        }
    }
}
