//! The rules of accounts.

use super::{
    AccountCommand as Command, AccountError as Error, AccountEvent as Event, Availability,
    ProfileChange, Specialty,
};
use crate::{AccountId, Role, Root, record};
use cqrs_es::{Aggregate, event_sink::EventSink};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where an account stands in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AccountStatus")]
pub enum Status {
    /// Never registered or requested.
    #[default]
    Missing,
    /// Requested; waits for an administrator.
    Pending,
    /// In use.
    Active,
    /// Turned down.
    Refused,
    /// Out of use; can be restored.
    Deactivated,
}

/// An account's state. Identity and profile are not needed to decide, so they are not here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    status: Status,
    role: Option<Role>,
    availability: Availability,
    specialty: Option<Specialty>,
}

impl Root for Account {
    const STATE_VERSION: i32 = 2;
}

impl Aggregate for Account {
    const TYPE: &'static str = "account";
    type Command = Command;
    type Event = Event;
    type Error = Error;
    type Services = ();

    async fn handle(
        &mut self,
        command: Command,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), Error> {
        let events = self.decide(command)?;
        record(self, events, sink).await;
        Ok(())
    }

    fn apply(&mut self, event: Event) {
        match event {
            Event::PatientRegistered { .. } => {
                self.status = Status::Active;
                self.role = Some(Role::Patient);
            }
            Event::StaffAccountRequested { role, .. } => {
                self.status = Status::Pending;
                self.role = Some(role);
            }
            Event::AccountApproved { role, .. } => {
                self.status = Status::Active;
                self.role = Some(role);
            }
            Event::AccountRefused { .. } => self.status = Status::Refused,
            Event::AccountRoleChanged { role, .. } => self.role = Some(role),
            Event::AccountProfileChanged { .. } => {}
            Event::AccountAvailabilityChanged { availability } => self.availability = availability,
            Event::DoctorSpecialtyChanged { specialty } => self.specialty = Some(specialty),
            Event::AccountDeactivated { .. } => self.status = Status::Deactivated,
            Event::AccountRestored { .. } => self.status = Status::Active,
        }
    }
}

impl Account {
    /// Where the account stands.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status
    }

    /// Its role; while it waits for approval, the role that was asked for.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.role
    }

    /// At most one event about the person, and one about the specialty.
    fn change_profile(
        &self,
        change: ProfileChange,
        specialty: Option<Specialty>,
    ) -> Result<Vec<Event>, Error> {
        self.require_active()?;
        let mut events = Vec::new();
        if change.is_empty() && specialty.is_none() {
            return Err(Error::NothingToChange);
        }
        if !change.is_empty() {
            events.push(Event::AccountProfileChanged { change });
        }
        if let Some(specialty) = specialty {
            self.require_doctor()?;
            if self.specialty != Some(specialty) {
                events.push(Event::DoctorSpecialtyChanged { specialty });
            }
        }
        Ok(events)
    }

    /// No event means that it was already so.
    fn decide(&self, command: Command) -> Result<Vec<Event>, Error> {
        let event = match command {
            Command::RegisterPatient { identity } => {
                self.require_missing()?;
                Ok(Some(Event::PatientRegistered { identity }))
            }
            Command::RequestStaffAccount { identity, role } => {
                self.require_missing()?;
                require_staff(role)?;
                Ok(Some(Event::StaffAccountRequested { identity, role }))
            }
            Command::ApproveAccount { by, role } => self.approve(by, role),
            Command::RefuseAccount { account_id, by } => {
                require_another(account_id, by)?;
                self.refuse(by)
            }
            Command::ChangeRole { account_id, by, role } => {
                require_another(account_id, by)?;
                self.require_active()?;
                if self.role == Some(Role::Patient) {
                    return Err(Error::PatientStaysPatient);
                }
                require_staff(role)?;
                let news = self.role != Some(role);
                Ok(news.then_some(Event::AccountRoleChanged { by, role }))
            }
            Command::ChangeProfile { change, specialty } => {
                return self.change_profile(change, specialty);
            }
            Command::ChangeAvailability { availability } => {
                self.require_doctor()?;
                let news = self.availability != availability;
                Ok(news.then_some(Event::AccountAvailabilityChanged { availability }))
            }
            Command::DeactivateAccount { account_id, by } => {
                require_another(account_id, by)?;
                match self.status {
                    Status::Deactivated => Ok(None),
                    _ => self.require_active().map(|()| Some(Event::AccountDeactivated { by })),
                }
            }
            Command::RestoreAccount { by } => match self.status {
                Status::Active => Ok(None),
                Status::Deactivated => Ok(Some(Event::AccountRestored { by })),
                Status::Missing => Err(Error::NotFound),
                Status::Pending => Err(Error::Pending),
                Status::Refused => Err(Error::Refused),
            },
            Command::CheckAdministrator => {
                let decides = self.status == Status::Active && self.role == Some(Role::Admin);
                if decides { Ok(None) } else { Err(Error::NotAnAdministrator) }
            }
            Command::CheckInUse => self.require_active().map(|()| None),
            Command::CheckDoctor => self.require_doctor().map(|()| None),
        };
        Ok(event?.into_iter().collect())
    }

    fn approve(&self, by: Option<AccountId>, role: Role) -> Result<Option<Event>, Error> {
        require_staff(role)?;
        match self.status {
            Status::Missing => Err(Error::NotFound),
            Status::Pending => Ok(Some(Event::AccountApproved { by, role })),
            Status::Active if self.role == Some(role) => Ok(None),
            Status::Active | Status::Deactivated => Err(Error::AlreadyApproved),
            Status::Refused => Err(Error::Refused),
        }
    }

    fn refuse(&self, by: AccountId) -> Result<Option<Event>, Error> {
        match self.status {
            Status::Missing => Err(Error::NotFound),
            Status::Pending => Ok(Some(Event::AccountRefused { by })),
            Status::Refused => Ok(None),
            Status::Active | Status::Deactivated => Err(Error::AlreadyApproved),
        }
    }

    fn require_missing(&self) -> Result<(), Error> {
        if self.status == Status::Missing { Ok(()) } else { Err(Error::AlreadyExists) }
    }

    fn require_doctor(&self) -> Result<(), Error> {
        self.require_active()?;
        if self.role == Some(Role::Doctor) { Ok(()) } else { Err(Error::NotADoctor) }
    }

    fn require_active(&self) -> Result<(), Error> {
        match self.status {
            Status::Active => Ok(()),
            Status::Missing => Err(Error::NotFound),
            Status::Pending => Err(Error::Pending),
            Status::Refused => Err(Error::Refused),
            Status::Deactivated => Err(Error::Deactivated),
        }
    }
}

fn require_staff(role: Role) -> Result<(), Error> {
    if role == Role::Patient { Err(Error::NotAStaffRole) } else { Ok(()) }
}

fn require_another(account_id: AccountId, by: AccountId) -> Result<(), Error> {
    if account_id == by { Err(Error::OwnAccount) } else { Ok(()) }
}
