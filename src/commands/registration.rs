//! New accounts: the account, its names and its password.

use super::error::CommandError;
use super::text;
use super::{Command, Context, ExecuteError, Executed, Executor};
use crate::auth::{Credentials, PasswordError, Passwords, Verdict};
use crate::sealing::{SealedAt, Sealer};
use anamnesis_domain::account::{Account, AccountCommand, Identity};
use anamnesis_domain::login_name::LoginNameCommand;
use anamnesis_domain::{AccountId, Role, Sealed};
use anamnesis_projections::log::Metadata;
use cqrs_es::Aggregate;
use secrecy::SecretString;
use std::sync::Arc;
use uuid::Uuid;

/// Who wants an account.
#[derive(Clone, Debug)]
pub struct Applicant {
    /// What to sign in with.
    pub username: String,
    /// What else to sign in with.
    pub email: String,
    /// The name that others see.
    pub name: String,
    /// The password.
    pub password: SecretString,
}

/// A registered account.
#[derive(Clone, Debug)]
pub struct Registered {
    /// Its id.
    pub account_id: AccountId,
    /// The events.
    pub executed: Executed,
}

/// Carries registrations out.
#[derive(Clone)]
pub struct Registrations {
    executor: Arc<Executor>,
    sealer: Sealer,
    passwords: Passwords,
    credentials: Credentials,
}

impl Registrations {
    /// Over these parts.
    #[must_use]
    pub fn new(
        executor: Arc<Executor>,
        sealer: Sealer,
        passwords: Passwords,
        credentials: Credentials,
    ) -> Self {
        Self { executor, sealer, passwords, credentials }
    }

    /// Registers a patient, who can sign in at once.
    pub async fn register_patient(
        &self,
        request_id: Uuid,
        client_id: Option<Uuid>,
        applicant: Applicant,
    ) -> Result<Registered, CommandError> {
        let metadata = Metadata {
            request_id: Some(request_id),
            correlation_id: Some(request_id),
            client_id,
            ..Metadata::default()
        };
        let register = |identity| AccountCommand::RegisterPatient { identity };
        self.register(metadata, applicant, None, register).await
    }

    /// Asks for a staff account, which can do nothing until an administrator approves it.
    pub async fn request_staff(
        &self,
        request_id: Uuid,
        client_id: Option<Uuid>,
        applicant: Applicant,
        role: Role,
    ) -> Result<Registered, CommandError> {
        let metadata = Metadata {
            request_id: Some(request_id),
            correlation_id: Some(request_id),
            client_id,
            ..Metadata::default()
        };
        let request = |identity| AccountCommand::RequestStaffAccount { identity, role };
        self.register(metadata, applicant, Some(role), request).await
    }

    /// Creates a member of staff, approved by the installation itself: for the first
    /// administrator, who has nobody to be approved by, and for demonstrations.
    pub async fn create_staff(
        &self,
        applicant: Applicant,
        role: Role,
    ) -> Result<Registered, CommandError> {
        let request = |identity| AccountCommand::RequestStaffAccount { identity, role };
        let registered = self.register(Metadata::default(), applicant, Some(role), request).await?;
        let approve = AccountCommand::ApproveAccount { by: None, role };
        let context = Context::new(Metadata::default());
        let command = Command::Account(registered.account_id, approve);
        let executed = self.executor.execute(&context, vec![command]).await?;
        Ok(Registered { executed, ..registered })
    }

    async fn register(
        &self,
        metadata: Metadata,
        applicant: Applicant,
        role: Option<Role>,
        command: impl FnOnce(Identity) -> AccountCommand,
    ) -> Result<Registered, CommandError> {
        let username = text::username(&applicant.username)?;
        let email = text::email(&applicant.email)?;
        let name = text::person_name(&applicant.name)?;
        let hash = self.passwords.hash(applicant.password.clone()).await?;
        let (username_key, email_key) = (text::login_key(username), text::login_key(email));
        let mut context = Context::new(metadata);
        let account_id = AccountId(context.event_id);
        if context.metadata.client_id.is_some() {
            let asked = role.map(|role| format!("{role} ")).unwrap_or_default();
            let content = format!("{asked}{username_key} {email_key} {name}");
            let print = self.sealer.fingerprint(account_id.0, content.as_bytes()).await?;
            context.metadata.fingerprint = Some(print);
        }
        let identity = Identity {
            username: self.seal(account_id, "username", username).await?,
            email: self.seal(account_id, "email", email).await?,
            name: self.seal(account_id, "name", name).await?,
        };
        // First the password: an account that nobody could sign in to would keep its names.
        self.credentials.set_if_absent(account_id, &hash).await?;
        let mut names = [
            self.sealer.blind_index("login_name", &username_key),
            self.sealer.blind_index("login_name", &email_key),
        ];
        names.sort_unstable();
        let mut commands = vec![Command::Account(account_id, command(identity))];
        commands.extend(
            names
                .into_iter()
                .map(|name| Command::LoginName(name, LoginNameCommand::ClaimName { account_id })),
        );
        match self.executor.execute(&context, commands).await {
            Ok(executed) => {
                if executed.replayed {
                    self.require_same_password(account_id, applicant.password).await?;
                }
                Ok(Registered { account_id, executed })
            }
            Err(error) => {
                if matches!(error, ExecuteError::Refused(_)) {
                    // Only ours: another attempt with the same id may be succeeding.
                    self.credentials.delete_exactly(account_id, &hash).await?;
                }
                Err(error.into())
            }
        }
    }

    /// A retry asks for the same password too. (Of a password there is no fingerprint: that
    /// would be one more thing to guess it by.)
    async fn require_same_password(
        &self,
        account_id: AccountId,
        password: SecretString,
    ) -> Result<(), CommandError> {
        let stored = self.credentials.get(account_id).await?;
        let verdict = match self.passwords.verify(stored, password).await {
            // The account is there; only whether this is its owner is not known.
            Err(PasswordError::Busy) => return Err(ExecuteError::OutcomeUnknown.into()),
            verdict => verdict?,
        };
        match verdict {
            Verdict::Match { .. } => Ok(()),
            Verdict::Mismatch => Err(ExecuteError::ClientIdReused.into()),
        }
    }

    async fn seal(
        &self,
        account_id: AccountId,
        field: &'static str,
        text: &str,
    ) -> Result<Sealed, CommandError> {
        let at = SealedAt {
            event_id: account_id.0,
            aggregate_type: Account::TYPE,
            aggregate_id: &account_id.to_string(),
            field,
        };
        Ok(self.sealer.seal(account_id.0, at, text.as_bytes()).await?)
    }
}
