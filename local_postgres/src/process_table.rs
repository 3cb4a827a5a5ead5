//! Who is running, by the name that PostgreSQL shows in the process table.
//!
//! The command line is used, not the working directory, because it can be read of other
//! users' processes too, also in containers where root is not all-powerful.

use std::{fs, path::Path};

use nix::unistd::Pid;

const PROC: &str = "/proc";

/// Whether process `pid` carries `tag`. Where there is no `/proc` the answer is yes: to take
/// a stranger for PostgreSQL delays a start, the opposite could start a second one.
pub(crate) fn shows(pid: Pid, tag: &str) -> bool {
    !Path::new(PROC).join("self").exists() || command_line_has(&pid.to_string(), tag)
}

/// Whether it is certain that no process carries `tag`.
pub(crate) fn nobody_has(tag: &str) -> bool {
    let Ok(entries) = fs::read_dir(PROC) else { return false };
    !entries.flatten().any(|entry| command_line_has(&entry.file_name().to_string_lossy(), tag))
}

fn command_line_has(process: &str, tag: &str) -> bool {
    fs::read(Path::new(PROC).join(process).join("cmdline"))
        .is_ok_and(|line| line.windows(tag.len()).any(|part| part == tag.as_bytes()))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::{nobody_has, shows};
    use std::io::Read;

    #[test]
    fn a_process_is_known_by_its_command_line() -> std::io::Result<()> {
        let tag = format!("tag-{}", uuid::Uuid::new_v4());
        assert!(nobody_has(&tag));
        // A shell that waits for its input, named after the tag. A command line can be read
        // only a moment after the start, so it says when it is there.
        let mut child = std::process::Command::new("sh")
            .args(["-c", "echo here; read line", &tag])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()?;
        if let Some(said) = &mut child.stdout {
            said.read_exact(&mut [0; 5])?;
        }
        let pid = nix::unistd::Pid::from_raw(i32::try_from(child.id()).unwrap_or_default());
        let seen = shows(pid, &tag) && !nobody_has(&tag);
        drop(child.stdin.take());
        child.wait()?;
        assert!(seen);
        assert!(nobody_has(&tag));
        Ok(())
    }
}
