//! The private PostgreSQL of a server, and what can be done to it.

use crate::eventually;
use anamnesis_testkit::Setup;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::fs;
use std::path::Path;

/// The cluster's main process.
pub(crate) fn postmaster(setup: &Setup) -> Option<Pid> {
    let text = fs::read_to_string(setup.folder().join("postgres/postmaster.pid")).ok()?;
    text.lines().next()?.trim().parse().ok().map(Pid::from_raw)
}

/// Ends the main process as `kill -9` does.
pub(crate) fn kill_postmaster(setup: &Setup) {
    kill(postmaster(setup).unwrap(), Signal::SIGKILL).unwrap();
}

/// The URL of the server's database, for its owner.
pub(crate) fn url(setup: &Setup) -> String {
    let text = fs::read_to_string(setup.folder().join("postgres/postmaster.pid")).unwrap();
    // The fifth line is the socket's folder.
    let folder = text.lines().nth(4).unwrap().replace('/', "%2F");
    format!("postgres://anamnesis@{folder}:5432/anamnesis?sslmode=disable")
}

/// A PostgreSQL of which every process stands still until this is dropped.
pub(crate) struct Frozen(Vec<Pid>);

impl Frozen {
    /// Stops the main process first, so that no further one is born.
    pub(crate) async fn freeze(setup: &Setup) -> Self {
        let main = postmaster(setup).unwrap();
        kill(main, Signal::SIGSTOP).unwrap();
        eventually("PostgreSQL stands still", async || stands_still(main).then_some(())).await;
        let mut frozen = Self(vec![main]);
        for child in children(main) {
            if kill(child, Signal::SIGSTOP).is_ok() {
                frozen.0.push(child);
            }
        }
        frozen
    }

    /// Stops one process alone.
    pub(crate) fn freeze_one(pid: Pid) -> Self {
        kill(pid, Signal::SIGSTOP).unwrap();
        Self(vec![pid])
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        for pid in &self.0 {
            let _ = kill(*pid, Signal::SIGCONT);
        }
    }
}

fn stands_still(pid: Pid) -> bool {
    stat(&Path::new("/proc").join(pid.to_string())).is_some_and(|(state, _)| state == "T")
}

fn children(parent: Pid) -> Vec<Pid> {
    let of_parent = |entry: fs::DirEntry| {
        let pid: i32 = entry.file_name().to_str()?.parse().ok()?;
        let (_, ppid) = stat(&entry.path())?;
        (ppid == parent.as_raw()).then_some(Pid::from_raw(pid))
    };
    fs::read_dir("/proc").unwrap().flatten().filter_map(of_parent).collect()
}

/// A process's state and its parent.
fn stat(process: &Path) -> Option<(String, i32)> {
    let text = fs::read_to_string(process.join("stat")).ok()?;
    // The name, in brackets, may hold anything.
    let (_, rest) = text.rsplit_once(") ")?;
    let mut fields = rest.split(' ');
    Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?))
}
