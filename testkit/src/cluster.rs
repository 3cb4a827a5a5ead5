//! The one cluster that all tests share.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use anamnesis_local_postgres::{LocalPostgres, LocalPostgresError, Settings};
use uuid::Uuid;

use crate::TestkitError;

/// Enough for as many tests at once as a large machine runs.
const CONNECTIONS_MAX: u16 = 400;

pub(crate) async fn start() -> Result<LocalPostgres, TestkitError> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let folder = workspace.join("target/test-postgres");
    match start_in(&folder).await {
        // Root's home is closed to the user that PostgreSQL runs as.
        Err(TestkitError::Cluster(LocalPostgresError::Unreachable { .. })) => {
            start_in(&elsewhere(&workspace)).await
        }
        result => result,
    }
}

fn elsewhere(workspace: &Path) -> PathBuf {
    let hash = Uuid::new_v5(&Uuid::NAMESPACE_URL, workspace.as_os_str().as_encoded_bytes());
    std::env::temp_dir().join(format!("anamnesis-test-{}", hash.simple()))
}

/// A cluster that cannot be started (spoilt, or made by a PostgreSQL that is gone) is thrown
/// away once: it holds nothing but tests.
async fn start_in(folder: &Path) -> Result<LocalPostgres, TestkitError> {
    let settings = Settings { connections_max: CONNECTIONS_MAX, ..Settings::default() };
    match LocalPostgres::start(folder, settings.clone()).await {
        Err(LocalPostgresError::DidNotStart { .. } | LocalPostgresError::MissingVersion { .. }) => {
        }
        result => return Ok(result?),
    }
    let lock = File::create(folder.join("throwing-away.lock"))?;
    lock.lock()?;
    // Another test may have done so while this one waited.
    if let Ok(cluster) = LocalPostgres::start(folder, settings.clone()).await {
        return Ok(cluster);
    }
    fs::remove_dir_all(folder.join("postgres"))?;
    Ok(LocalPostgres::start(folder, settings).await?)
}
