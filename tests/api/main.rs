//! Black-box tests of the API: the real server, a real PostgreSQL, real clients.

mod conversation;

/// The server's program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_anamnesis");
