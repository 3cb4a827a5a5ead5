//! Finding PostgreSQL's programs.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use tokio::process::Command;

use crate::LocalPostgresError;

/// The oldest major version whose behaviour the server relies on.
const OLDEST: u32 = 14;

/// Where packages put a folder per version: the parent, and how the folder's name begins.
const INSTALLED: [(&str, &str); 4] = [
    ("/usr/lib/postgresql", ""),
    ("/usr", "pgsql-"),
    ("/opt/homebrew/opt", "postgresql"),
    ("/usr/local/opt", "postgresql"),
];

#[derive(Debug, Clone)]
pub(crate) struct Programs {
    pub(crate) initdb: PathBuf,
    pub(crate) postgres: PathBuf,
    major: u32,
}

impl Programs {
    /// The programs for the cluster in `cluster`: of the very version that made it, or, if
    /// there is none yet, the first found. `only` replaces the search.
    pub(crate) async fn find(
        cluster: &Path,
        only: Option<&Path>,
    ) -> Result<Self, LocalPostgresError> {
        let made_by = made_by(cluster);
        let folders = match only {
            Some(folder) => vec![folder.to_owned()],
            None => candidates().await,
        };
        let mut found_any = false;
        for folder in folders {
            let Some(programs) = Self::in_folder(&folder).await else { continue };
            found_any = true;
            if made_by.is_none_or(|major| major == programs.major) {
                return Ok(programs);
            }
        }
        match made_by {
            Some(major) if found_any => {
                Err(LocalPostgresError::MissingVersion { cluster: cluster.to_owned(), major })
            }
            _ => Err(LocalPostgresError::MissingPrograms),
        }
    }

    async fn in_folder(folder: &Path) -> Option<Self> {
        // A link on the PATH is followed, because PostgreSQL finds its libraries from there.
        let postgres = folder.join("postgres").canonicalize().ok()?;
        let initdb = postgres.with_file_name("initdb");
        if !initdb.is_file() {
            return None;
        }
        let output = Command::new(&postgres).arg("--version").output().await.ok()?;
        let major = major_of(&String::from_utf8_lossy(&output.stdout))?;
        (major >= OLDEST).then_some(Self { initdb, postgres, major })
    }
}

fn made_by(cluster: &Path) -> Option<u32> {
    fs::read_to_string(cluster.join("PG_VERSION")).ok()?.trim().parse().ok()
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` is 15; `17beta1` is 17.
fn major_of(version: &str) -> Option<u32> {
    let number = version.split("(PostgreSQL)").nth(1)?.trim_start();
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    number[..end].parse().ok()
}

async fn candidates() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let mut installed: Vec<(u32, PathBuf)> = INSTALLED
        .iter()
        .flat_map(|(parent, prefix)| versions_in(Path::new(parent), prefix))
        .collect();
    installed.sort_by_key(|(major, _)| std::cmp::Reverse(*major));
    folders.extend(installed.into_iter().map(|(_, folder)| folder));
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output().await {
        folders.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    folders
}

fn versions_in(parent: &Path, prefix: &str) -> Vec<(u32, PathBuf)> {
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let major = name.strip_prefix(prefix)?.trim_start_matches('@').parse().ok()?;
            Some((major, entry.path().join("bin")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{major_of, versions_in};

    #[test]
    fn the_major_version_is_read_from_what_postgres_prints() {
        assert_eq!(major_of("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_of("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major_of("something else"), None);
    }

    #[test]
    fn folders_are_recognised_by_their_version() -> std::io::Result<()> {
        let parent = tempfile::tempdir()?;
        for name in ["pgsql-16", "pgsql-x", "other"] {
            std::fs::create_dir(parent.path().join(name))?;
        }
        assert_eq!(
            versions_in(parent.path(), "pgsql-"),
            [(16, parent.path().join("pgsql-16/bin"))]
        );
        Ok(())
    }
}
