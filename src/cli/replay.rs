//! `anamnesis replay`: the story, from the log alone.

use super::{CliError, ReplayArgs, store::Store};
use crate::config::Config;
use crate::database;
use crate::log::{Log, LogSettings, PostgresLog};
use crate::replay::{Asked, Closing, Format, Pages, Written};
use chrono::Utc;
use sqlx::PgPool;
use std::io::{ErrorKind, Write};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub(super) async fn run(config: Config, args: ReplayArgs) -> Result<(), CliError> {
    let store = Store::attach(&config).await?;
    let pool = database::connect(store.owner.clone(), &config.database).await?;
    let (tasks, halt) = (TaskTracker::new(), CancellationToken::new());
    let log = PostgresLog::open(pool.clone(), LogSettings::default(), &tasks, halt.clone()).await?;
    let told = tell(log, &pool, args).await;
    halt.cancel();
    tasks.close();
    tasks.wait().await;
    pool.close().await;
    store.close().await?;
    match told {
        // The reader of the pipe has seen enough.
        Err(CliError::Io(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        told => told,
    }
}

/// Prints what is asked for. JSON says in its last line that it is complete; beside lines for
/// people that is said on standard error.
async fn tell(log: Arc<dyn Log>, pool: &PgPool, args: ReplayArgs) -> Result<(), CliError> {
    let ReplayArgs { from, to, stream, actor, json, words } = args;
    let asked = Asked { from, to, stream, actor, patient: None };
    let selection = asked.settle(&*log, Utc::now()).await?;
    let format = if json { Format::JsonLines } else { Format::Plain };
    let written = Written::new(Pages::start(log, &selection, None), &selection, format);
    let mut written = if words { written.in_words(pool.clone()) } else { written };
    let mut out = std::io::stdout().lock();
    while let Some(piece) = written.next().await {
        out.write_all(&piece?)?;
    }
    out.flush()?;
    if !json {
        eprintln!("{}", summary(written.closing()));
    }
    Ok(())
}

fn summary(closing: &Closing) -> String {
    let Closing { count, from, to, .. } = closing;
    format!("complete: {count} events, of the positions {from} to {to}")
}
