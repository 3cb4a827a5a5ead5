//! `anamnesis projections`.

use super::{CliError, ProjectionsCommand, store::Store};
use crate::clock::Clock;
use crate::config::Config;
use crate::disclosure::Identities;
use crate::log::{LogSettings, PostgresLog};
use crate::sealing::{Sealer, SealerSettings};
use crate::{database, reactors, read_models};
use anamnesis_projections::log::EventLog;
use anamnesis_projections::shadow::{self, Report};
use anamnesis_projections::{Projection, checkpoint};
use sqlx::PgPool;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub(super) async fn run(config: Config, command: ProjectionsCommand) -> Result<(), CliError> {
    let store = Store::attach(&config).await?;
    let pool = database::connect(store.owner.clone(), &config.database).await?;
    let outcome = carry_out(&config, &pool, command).await;
    pool.close().await;
    store.close().await?;
    outcome
}

async fn carry_out(
    config: &Config,
    pool: &PgPool,
    command: ProjectionsCommand,
) -> Result<(), CliError> {
    let master = super::master_key(config)?;
    let settings = SealerSettings::default();
    let keys = Sealer::start(pool.clone(), &master, Clock::system(), settings).await;
    let (_, opener) = keys.map_err(|error| CliError::Refused(error.to_string()))?;
    let (tasks, halt) = (TaskTracker::new(), CancellationToken::new());
    let log = PostgresLog::open(pool.clone(), LogSettings::default(), &tasks, halt.clone()).await?;
    let all = read_models::all(Identities::new(Arc::new(opener)));
    let done = match command {
        ProjectionsCommand::List => list(pool, &*log, &all).await,
        ProjectionsCommand::Rebuild { name } => {
            let report = shadow::rebuild(pool, &*log, &*named(&all, &name)?).await?;
            print(&report, "the table before");
            Ok(())
        }
        ProjectionsCommand::Check { name } => check(pool, &*log, &all, name.as_deref()).await,
    };
    halt.cancel();
    tasks.close();
    tasks.wait().await;
    done
}

/// How far each reader of the log has come: the read models, then the reactors.
async fn list(
    pool: &PgPool,
    log: &dyn EventLog,
    all: &[Arc<dyn Projection>],
) -> Result<(), CliError> {
    let head = *log.head().borrow();
    println!("{:<16} {:>12} {:>8}  state", "name", "position", "behind");
    let models = all.iter().map(|projection| projection.name());
    for name in models.chain(reactors::NAMES.iter().copied()) {
        let Some(found) = checkpoint::load(pool, name).await? else {
            println!("{name:<16} {:>12} {head:>8}  has never run", "-");
            continue;
        };
        let state = match &found.stopped {
            Some(stopped) => format!("stopped at {}: {}", stopped.position, stopped.reason),
            None => "ok".to_owned(),
        };
        let behind = head.saturating_sub(found.position);
        println!("{name:<16} {:>12} {behind:>8}  {state}", found.position);
    }
    Ok(())
}

/// Compares with what the log says; a difference is a failure.
async fn check(
    pool: &PgPool,
    log: &dyn EventLog,
    all: &[Arc<dyn Projection>],
    name: Option<&str>,
) -> Result<(), CliError> {
    let chosen = match name {
        Some(name) => vec![named(all, name)?],
        None => all.to_vec(),
    };
    let mut equal = true;
    for projection in chosen {
        let report = shadow::check(pool, log, &*projection).await?;
        print(&report, "the live table");
        equal &= report.is_equal();
    }
    if equal { Ok(()) } else { Err(CliError::Refused("a read model differs from the log".into())) }
}

fn named(all: &[Arc<dyn Projection>], name: &str) -> Result<Arc<dyn Projection>, CliError> {
    all.iter().find(|projection| projection.name() == name).cloned().ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|projection| projection.name()).collect();
        CliError::Refused(format!("no read model `{name}`: there are {}", names.join(", ")))
    })
}

fn print(report: &Report, live: &str) {
    println!("{} at position {}", report.projection, report.position);
    for table in &report.tables {
        let verdict = match table.differing {
            0 => "equal".to_owned(),
            count => format!("{count} rows differ: {}", table.keys.join(", ")),
        };
        println!(
            "  {:<16} {live} {:>9} rows, rebuilt {:>9} rows: {verdict}",
            table.table, table.live_rows, table.rebuilt_rows
        );
    }
}
