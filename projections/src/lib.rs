//! Read models: how each is built from the log, and the queries that read it.

pub mod log;
