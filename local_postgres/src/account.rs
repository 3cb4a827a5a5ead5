//! The operating-system account that PostgreSQL runs as.

use std::{
    os::unix::fs::{MetadataExt, chown},
    path::Path,
};

use nix::unistd::{User, getegid, geteuid};
use tokio::process::Command;

use crate::LocalPostgresError;

/// Accounts tried, in this order, when the server itself is root.
const UNPRIVILEGED: [&str; 2] = ["postgres", "nobody"];

#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) name: String,
    uid: u32,
    gid: u32,
    /// The server is root and PostgreSQL must not be.
    dropped: bool,
}

impl Account {
    /// The server's own account, or an unprivileged one if the server is root.
    pub(crate) fn choose() -> Result<Self, LocalPostgresError> {
        let own = geteuid();
        if !own.is_root() {
            return Ok(Self {
                name: own.to_string(),
                uid: own.as_raw(),
                gid: getegid().as_raw(),
                dropped: false,
            });
        }
        UNPRIVILEGED
            .iter()
            .find_map(|name| User::from_name(name).ok().flatten())
            .filter(|user| !user.uid.is_root())
            .map(|user| Self {
                name: user.name,
                uid: user.uid.as_raw(),
                gid: user.gid.as_raw(),
                dropped: true,
            })
            .ok_or(LocalPostgresError::NoAccount)
    }

    /// Makes `command` run as this account. The standard library also drops root's
    /// supplementary groups when a user id is set.
    pub(crate) fn apply(&self, command: &mut Command) {
        if self.dropped {
            command.uid(self.uid).gid(self.gid);
        }
    }

    pub(crate) fn owns(&self, path: &Path) -> std::io::Result<bool> {
        Ok(path.symlink_metadata()?.uid() == self.uid)
    }

    /// Gives a file or folder that the server has made to this account.
    pub(crate) fn give(&self, path: &Path) -> Result<(), LocalPostgresError> {
        if !self.dropped {
            return Ok(());
        }
        chown(path, Some(self.uid), Some(self.gid))
            .map_err(LocalPostgresError::io("cannot hand over", path))
    }

    /// Refuses a folder that this account cannot get to, naming the ancestor that is closed.
    pub(crate) fn check_reach(&self, data_dir: &Path) -> Result<(), LocalPostgresError> {
        if !self.dropped {
            return Ok(());
        }
        let mut ancestors: Vec<&Path> = data_dir.ancestors().collect();
        ancestors.reverse();
        for ancestor in ancestors {
            let meta =
                ancestor.metadata().map_err(LocalPostgresError::io("cannot look at", ancestor))?;
            if !may_enter(meta.mode(), meta.uid() == self.uid, meta.gid() == self.gid) {
                return Err(LocalPostgresError::Unreachable {
                    data_dir: data_dir.to_owned(),
                    ancestor: ancestor.to_owned(),
                    user: self.name.clone(),
                });
            }
        }
        Ok(())
    }
}

/// Whether a folder's mode lets somebody through; the first class that fits decides alone.
fn may_enter(mode: u32, is_owner: bool, is_group: bool) -> bool {
    let bit = match (is_owner, is_group) {
        (true, _) => 0o100,
        (false, true) => 0o010,
        (false, false) => 0o001,
    };
    mode & bit != 0
}

#[cfg(test)]
mod tests {
    use super::may_enter;

    #[test]
    fn the_first_class_that_fits_decides() {
        assert!(may_enter(0o701, false, false));
        assert!(!may_enter(0o770, false, false));
        assert!(!may_enter(0o707, false, true));
        assert!(!may_enter(0o077, true, true));
    }
}
