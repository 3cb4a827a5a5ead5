//! Random histories: whatever people may try, in whatever order.

use super::consulting::{Consult, consult, consulting};
use super::looking::{Look, look, looking};
use super::officers::{Work, officers, work};
use super::opener::seal;
use super::scheduling::{at, change_of, hours_of};
use super::world::{World, person};
use anamnesis_domain::account::{AccountCommand, Availability, Identity, ProfileChange, Specialty};
use anamnesis_domain::appointment::AppointmentCommand;
use anamnesis_domain::chat_room::{ChatRoomCommand, HideDecision, HideReason, Reaction};
use anamnesis_domain::consultation::ConsultationCommand;
use anamnesis_domain::{AccountId, AppointmentId, ConsultationId, Role, RoomId};
use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;

/// One try. Numbers pick from what there is, so that most tries succeed.
#[derive(Clone, Debug)]
pub(crate) enum Try {
    Post { room: u8, doctor: bool },
    Edit { room: u8, message: usize, words: u8 },
    Retract { room: u8, message: usize },
    Restore { room: u8, message: usize },
    Report { room: u8, message: usize },
    DecideReport { room: u8, message: usize, show: bool },
    React { room: u8, doctor: bool, message: usize, heart: bool, add: bool },
    Receipt { room: u8, doctor: bool, message: usize, read: bool },
    Close { room: u8, reopen: bool },
    Register { person: u8, role: Option<Role> },
    Decide { person: u8, approve: bool },
    Profile { person: u8, fields: u8 },
    Manage { person: u8, action: u8 },
    Book { appointment: u8, patient: u8, hour: u8 },
    See { person: u8 },
    Consult(Consult),
    Change { appointment: u8, patient: u8, hour: u8, change: u8 },
    Hours { doctor: u8, day: u8, what: u8 },
    Hide { appointment: u8, consultation: bool, restore: bool },
    Look(Look),
    Work(Work),
}

pub(crate) fn tries(most: usize) -> impl Strategy<Value = Vec<Try>> {
    prop::collection::vec(
        prop_oneof![
            12 => chat(),
            4 => account(),
            4 => calendar(),
            1 => seeing(),
            1 => hiding(),
            6 => consulting().prop_map(Try::Consult),
            3 => looking().prop_map(Try::Look),
            3 => officers().prop_map(Try::Work),
        ],
        1..most,
    )
}

fn chat() -> impl Strategy<Value = Try> {
    let room = 0..3_u8;
    let message = any::<usize>();
    prop_oneof![
        4 => (room.clone(), any::<bool>()).prop_map(|(room, doctor)| Try::Post { room, doctor }),
        2 => (room.clone(), message, any::<u8>())
            .prop_map(|(room, message, words)| Try::Edit { room, message, words }),
        1 => (room.clone(), message).prop_map(|(room, message)| Try::Retract { room, message }),
        1 => (room.clone(), message).prop_map(|(room, message)| Try::Restore { room, message }),
        1 => (room.clone(), message).prop_map(|(room, message)| Try::Report { room, message }),
        1 => (room.clone(), message, any::<bool>())
            .prop_map(|(room, message, show)| Try::DecideReport { room, message, show }),
        2 => (room.clone(), any::<bool>(), message, any::<bool>(), any::<bool>()).prop_map(
            |(room, doctor, message, heart, add)| Try::React { room, doctor, message, heart, add }
        ),
        2 => (room.clone(), any::<bool>(), message, any::<bool>()).prop_map(
            |(room, doctor, message, read)| Try::Receipt { room, doctor, message, read }
        ),
        1 => (room, any::<bool>()).prop_map(|(room, reopen)| Try::Close { room, reopen }),
    ]
}

fn account() -> impl Strategy<Value = Try> {
    let person = 0..6_u8;
    let role = prop_oneof![
        Just(None),
        Just(Some(Role::Doctor)),
        Just(Some(Role::Admin)),
        Just(Some(Role::Compliance))
    ];
    prop_oneof![
        (person.clone(), role).prop_map(|(person, role)| Try::Register { person, role }),
        (person.clone(), prop::bool::weighted(0.8))
            .prop_map(|(person, approve)| Try::Decide { person, approve }),
        (person.clone(), any::<u8>()).prop_map(|(person, fields)| Try::Profile { person, fields }),
        (person, any::<u8>()).prop_map(|(person, action)| Try::Manage { person, action }),
    ]
}

fn calendar() -> impl Strategy<Value = Try> {
    let (appointment, patient, hour) = (0..4_u8, 0..3_u8, 1..40_u8);
    let three = (appointment, patient, hour);
    prop_oneof![
        2 => three
            .clone()
            .prop_map(|(appointment, patient, hour)| Try::Book { appointment, patient, hour }),
        4 => (three, any::<u8>()).prop_map(|((appointment, patient, hour), change)| {
            Try::Change { appointment, patient, hour, change }
        }),
        1 => (0..2_u8, 0..30_u8, any::<u8>())
            .prop_map(|(doctor, day, what)| Try::Hours { doctor, day, what }),
    ]
}

fn seeing() -> impl Strategy<Value = Try> {
    (0..6_u8).prop_map(|person| Try::See { person })
}

fn hiding() -> impl Strategy<Value = Try> {
    (0..4_u8, any::<bool>(), any::<bool>()).prop_map(|(appointment, consultation, restore)| {
        Try::Hide { appointment, consultation, restore }
    })
}

/// The pair of the room with this number.
pub(crate) fn pair(room: u8) -> (AccountId, AccountId) {
    (person(room * 2), person(1))
}

pub(crate) fn room_id(room: u8) -> RoomId {
    let (patient, doctor) = pair(room);
    RoomId::of_pair(patient, doctor)
}

/// A world with its messages remembered, as the server's look-up of authors would.
pub(crate) struct Story {
    pub(crate) world: World,
    messages: HashMap<u8, Vec<(u64, AccountId)>>,
}

impl Story {
    pub(crate) fn new() -> Self {
        Self { world: World::new(), messages: HashMap::new() }
    }

    /// So many messages, round the rooms, by both sides.
    pub(crate) async fn talk(&mut self, messages: usize) {
        let turns = [(0, true), (1, false), (2, true), (0, false), (1, true), (2, false)];
        for (room, doctor) in turns.into_iter().cycle().take(messages) {
            self.perform(&Try::Post { room, doctor }).await;
        }
    }

    pub(crate) async fn perform(&mut self, what: &Try) {
        match *what {
            Try::Register { .. }
            | Try::Decide { .. }
            | Try::Profile { .. }
            | Try::Manage { .. } => {
                let (id, command) = account_command(what);
                self.world.account(id, command).await;
            }
            Try::Book { appointment, patient, hour } => self.book(appointment, patient, hour).await,
            Try::Consult(what) => consult(&mut self.world, what).await,
            Try::Look(what) => look(&mut self.world, what).await,
            Try::Work(what) => work(&mut self.world, what).await,
            Try::Change { appointment, patient, hour, change } => {
                let command = change_of(patient, hour, change);
                self.world.appointment(appointment_id(appointment), command).await;
            }
            Try::Hours { doctor, day, what } => {
                self.world.schedule(person(doctor * 2 + 1), hours_of(day, what)).await;
            }
            Try::Hide { appointment, consultation: false, restore } => {
                self.hide_appointment(appointment, restore).await;
            }
            Try::Hide { appointment, restore, .. } => {
                self.hide_consultation(appointment, restore).await;
            }
            Try::Post { room, doctor } => self.post(room, doctor).await,
            Try::See { person: number } => {
                let through = self.world.log.last_position();
                self.world.see_notices(person(number), through).await;
            }
            _ => self.change(what).await,
        }
    }

    async fn post(&mut self, room: u8, doctor: bool) {
        let (patient_id, doctor_id) = pair(room);
        let id = room_id(room);
        self.world.chat(id, ChatRoomCommand::OpenRoom { patient_id, doctor_id }).await;
        let by = if doctor { doctor_id } else { patient_id };
        let body = seal(&format!("words {}", self.world.log.last_position()));
        if self.world.chat(id, ChatRoomCommand::PostMessage { by, body }).await.is_some() {
            let sequence = self.world.log.last().unwrap().sequence;
            self.messages.entry(room).or_default().push((sequence, by));
        }
    }

    async fn change(&mut self, what: &Try) {
        let Some((room, command)) = self.room_command(what) else { return };
        self.world.chat(room_id(room), command).await;
    }

    fn room_command(&self, what: &Try) -> Option<(u8, ChatRoomCommand)> {
        use ChatRoomCommand as Command;
        let reaction = |heart| if heart { Reaction::Heart } else { Reaction::Done };
        let command = match *what {
            Try::Edit { room, message, words } => {
                let (message, author) = self.pick(room, message)?;
                let body = seal(&format!("better words {words}"));
                (room, Command::EditMessage { by: author, message, author, body, based_on: None })
            }
            Try::Retract { room, message } => {
                let (message, author) = self.pick(room, message)?;
                (room, Command::RetractMessage { by: author, message, author })
            }
            Try::Restore { room, message } => {
                let (message, _) = self.pick(room, message)?;
                (room, Command::RestoreMessage { by: person(99), message })
            }
            Try::Report { room, message } => {
                let (message, author) = self.pick(room, message)?;
                let (by, reason) = (person(99), HideReason::WrongPatient);
                (room, Command::HideMessage { by, message, author, reason })
            }
            Try::DecideReport { room, message, show } => {
                let (message, _) = self.pick(room, message)?;
                let decision =
                    if show { HideDecision::ShownAgain } else { HideDecision::StaysHidden };
                let (by, note) = (person(98), seal("two windows"));
                (room, Command::DecideHiddenMessage { by, message, decision, note })
            }
            Try::React { room, doctor, message, heart, add } => {
                let (message, _) = self.pick(room, message)?;
                let (by, reaction) = (side(room, doctor), reaction(heart));
                let command = if add {
                    Command::AddReaction { by, message, reaction }
                } else {
                    Command::RemoveReaction { by, message, reaction }
                };
                (room, command)
            }
            Try::Receipt { room, doctor, message, read } => {
                let (through, _) = self.pick(room, message)?;
                let by = side(room, doctor);
                let command = if read {
                    Command::MarkRead { by, through }
                } else {
                    Command::MarkDelivered { by, through }
                };
                (room, command)
            }
            Try::Close { room, reopen: true } => (room, Command::ReopenRoom { by: person(1) }),
            Try::Close { room, reopen: false } => (room, Command::CloseRoom { by: person(1) }),
            _ => return None,
        };
        Some(command)
    }

    fn pick(&self, room: u8, message: usize) -> Option<(u64, AccountId)> {
        let messages = self.messages.get(&room)?;
        messages.get(message % messages.len()).copied()
    }

    async fn book(&mut self, appointment: u8, patient: u8, hour: u8) {
        let id = appointment_id(appointment);
        let starts_at = at(hour);
        let command = AppointmentCommand::BookAppointment {
            patient_id: person(patient * 2),
            doctor_id: person(1),
            starts_at,
            ends_at: starts_at + TimeDelta::minutes(30),
            zone: "Europe/Berlin".to_owned(),
            reason: (hour.is_multiple_of(2)).then(|| seal("a cough")),
            now: DateTime::UNIX_EPOCH,
        };
        self.world.appointment(id, command).await;
    }

    async fn hide_appointment(&mut self, appointment: u8, restore: bool) {
        let by = person(99);
        let command = if restore {
            AppointmentCommand::RestoreAppointment { by, as_cancelled: false }
        } else {
            AppointmentCommand::DeleteAppointment { by }
        };
        self.world.appointment(appointment_id(appointment), command).await;
    }

    /// Opened first, as there is nothing else to be told of a consultation here.
    async fn hide_consultation(&mut self, appointment: u8, restore: bool) {
        let appointment_id = appointment_id(appointment);
        let id = ConsultationId::of_appointment(appointment_id);
        let (patient_id, doctor_id) = pair(appointment % 3);
        let by = doctor_id;
        let open =
            ConsultationCommand::OpenConsultation { appointment_id, patient_id, doctor_id, by };
        self.world.consultation(id, open).await;
        let by = person(99);
        let command = if restore {
            ConsultationCommand::RestoreConsultation { by }
        } else {
            ConsultationCommand::DeleteConsultation { by }
        };
        self.world.consultation(id, command).await;
    }
}

pub(crate) fn appointment_id(number: u8) -> AppointmentId {
    AppointmentId(Uuid::from_u128(0xA990 + u128::from(number)))
}

fn side(room: u8, doctor: bool) -> AccountId {
    let (patient_id, doctor_id) = pair(room);
    if doctor { doctor_id } else { patient_id }
}

pub(crate) fn identity(name: &str) -> Identity {
    Identity {
        username: seal(name),
        email: seal(&format!("{name}@Example.org")),
        name: seal(&format!("Name of {name}")),
    }
}

fn account_command(what: &Try) -> (AccountId, AccountCommand) {
    use AccountCommand as Command;
    let by = person(99);
    match *what {
        Try::Register { person: number, role } => {
            let identity = identity(&format!("User{number}"));
            let command = match role {
                None => Command::RegisterPatient { identity },
                Some(role) => Command::RequestStaffAccount { identity, role },
            };
            (person(number), command)
        }
        Try::Decide { person: number, approve: true } => {
            (person(number), Command::ApproveAccount { by: Some(by), role: Role::Doctor })
        }
        Try::Profile { person: number, fields } => {
            let field = |bit: u8, text: &str| (fields & bit != 0).then(|| seal(text));
            let change = ProfileChange {
                name: field(1, &format!("New name {fields}")),
                bio: field(2, &format!("bio {fields}")),
                picture: field(
                    4,
                    ["", "0197c0de-0000-7000-8000-00000000000c"][usize::from(fields % 2)],
                ),
                phone: field(8, ""),
            };
            let specialty = (fields & 16 != 0).then_some(Specialty::Neurology);
            (person(number), Command::ChangeProfile { change, specialty })
        }
        Try::Manage { person: number, action } => {
            let account_id = person(number);
            let command = match action % 5 {
                0 => Command::DeactivateAccount { account_id, by },
                1 | 2 => Command::RestoreAccount { by },
                3 => Command::ChangeAvailability { availability: Availability::Busy },
                _ => Command::ChangeRole { account_id, by, role: Role::Admin },
            };
            (account_id, command)
        }
        Try::Decide { person: number, .. } => {
            let account_id = person(number);
            (account_id, Command::RefuseAccount { account_id, by })
        }
        _ => unreachable!("only tries of accounts come here"),
    }
}
