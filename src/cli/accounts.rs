//! `anamnesis accounts`.

use super::{AccountsCommand, CliError, store::Store};
use crate::app::App;
use crate::commands::registration::Applicant;
use crate::config::Config;
use crate::database;
use std::io::BufRead;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Creates an account. The password is the first line of standard input.
pub(super) async fn run(config: Config, command: AccountsCommand) -> Result<(), CliError> {
    let AccountsCommand::Create { username, email, name, role } = command;
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned().into();
    let applicant = Applicant { username, email, name, password };

    let store = Store::open(&config).await?;
    let pool = database::connect(store.owner.clone(), &config.database).await?;
    let master = super::master_key(&config)?;
    let (tasks, halt) = (TaskTracker::new(), CancellationToken::new());
    let app = App::start(config, pool.clone(), &master, &tasks, &halt, &halt).await?;
    let created = app.registrations.create_staff(applicant, role).await;
    if let Ok(registered) = &created {
        // Whoever runs this may sign in next.
        app.settle(&registered.executed).await;
    }
    halt.cancel();
    tasks.close();
    tasks.wait().await;
    app.runner.join().await;
    pool.close().await;
    store.close().await?;
    println!("{}", created?.account_id);
    Ok(())
}
