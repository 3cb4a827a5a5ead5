//! The command line.

mod accounts;
mod demo;
mod error;
mod keys;
mod migrate;
mod postgres;
mod projections;
mod replay;
mod serve;
mod store;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

use crate::config::{self, Config};
use crate::logging;
use crate::replay::{Point, StreamName};
use crate::sealing::MasterKey;
use anamnesis_domain::{AccountId, Role};

pub use self::error::CliError;

/// A hospital messaging backend that never forgets and can prove it.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    /// A TOML file with the configuration; the environment (ANAMNESIS_…) overrides it.
    #[arg(long, global = true, env = "ANAMNESIS_CONFIG", value_name = "PATH")]
    pub config: Option<PathBuf>,
    /// What to do; without it: serve.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API and the web client until asked to stop (the default).
    Serve(ServeArgs),
    /// Bring the database to this version's schema and stop.
    Migrate,
    /// Print the events of the log, in order.
    Replay(ReplayArgs),
    /// Look after the read models.
    #[command(subcommand)]
    Projections(ProjectionsCommand),
    /// Look after accounts.
    #[command(subcommand)]
    Accounts(AccountsCommand),
    /// Look after keys.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Run only the private PostgreSQL; prints its URL.
    #[command(hide = true)]
    Postgres,
}

/// How to serve.
#[derive(Debug, Default, Args)]
pub struct ServeArgs {
    /// Fill an empty server with people and conversations that are made up.
    #[arg(long)]
    pub demo: bool,
}

/// Which events to print. A place in the log is a position, or an instant in RFC 3339.
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// The first event, by its position or by when it was recorded; without it: the first of all.
    #[arg(long, value_name = "POSITION|INSTANT")]
    pub from: Option<Point>,
    /// The last event, by its position or by when it was recorded; without it: the last of all.
    #[arg(long, value_name = "POSITION|INSTANT")]
    pub to: Option<Point>,
    /// Only events of this stream, as `chat_room/ID`.
    #[arg(long, value_name = "TYPE/ID")]
    pub stream: Option<StreamName>,
    /// Only what this account did.
    #[arg(long, value_name = "ACCOUNT_ID")]
    pub actor: Option<AccountId>,
    /// As JSON Lines, of which the last one says that it is complete.
    #[arg(long)]
    pub json: bool,
    /// A sentence for each event, with the names of today.
    #[arg(long)]
    pub words: bool,
}

/// What can be done with read models.
#[derive(Debug, Subcommand)]
pub enum ProjectionsCommand {
    /// Print each with its position and how far that is behind the log.
    List,
    /// Build one anew beside the old one, compare, and swap, while the server goes on.
    Rebuild {
        /// Its name, as `list` prints it.
        name: String,
    },
    /// Compare what is stored with what the log says.
    Check {
        /// Its name, as `list` prints it; without it: all.
        name: Option<String>,
    },
}

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Make a new key pair for access tokens and retire the old one. Nobody is signed out: tokens
    /// that the old one signed are good for their ten minutes.
    RotateSigning,
}

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum AccountsCommand {
    /// Make an account with a role, such as the first administrator; the password is read
    /// from standard input.
    Create {
        /// The username to sign in with.
        #[arg(long)]
        username: String,
        /// The e-mail address to sign in with.
        #[arg(long)]
        email: String,
        /// The person's name.
        #[arg(long)]
        name: String,
        /// doctor, admin or compliance; patients register by themselves.
        #[arg(long)]
        role: Role,
    },
}

/// Runs the program. What went wrong is one line on standard error.
#[must_use]
pub fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("anamnesis: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<(), CliError> {
    let mut config = Config::load(cli.config.as_deref(), std::env::vars())?;
    logging::init(&config.log)?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async move {
        match cli.command.unwrap_or_else(|| Command::Serve(ServeArgs::default())) {
            Command::Serve(args) => {
                config.demo |= args.demo;
                serve::run(config).await
            }
            Command::Migrate => migrate::run(config).await,
            Command::Postgres => postgres::run(config).await,
            Command::Replay(args) => Box::pin(replay::run(config, args)).await,
            Command::Projections(command) => projections::run(config, command).await,
            Command::Keys(command) => keys::run(config, command).await,
            Command::Accounts(command) => accounts::run(config, command).await,
        }
    })
}

/// The key that the configuration names; made on the first start of the private database.
fn master_key(config: &Config) -> Result<MasterKey, CliError> {
    Ok(match config.master_key()? {
        config::MasterKey::Given(path) => MasterKey::load(&path)?,
        config::MasterKey::MadeIfMissing(path) => MasterKey::load_or_create(&path)?,
    })
}
