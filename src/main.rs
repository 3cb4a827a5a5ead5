//! The server's program; see `anamnesis --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    anamnesis::cli::main()
}
